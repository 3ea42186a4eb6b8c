import { createRoute } from "@tanstack/react-router";
import { root } from "../root.ts";
import { ConsoleFrame } from "./frame/console_frame.tsx";
import { NotFoundInConsole } from "./frame/not_found_in_console.tsx";

/** The route above all pages of the console that need an organiser. */
export const consoleRoot = createRoute({
  getParentRoute: () => root,
  path: "/console",
  component: ConsoleFrame,
  notFoundComponent: NotFoundInConsole,
});
