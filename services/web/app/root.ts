import { createRootRouteWithContext } from "@tanstack/react-router";
import type { AppContext } from "./context.ts";
import { Frame } from "./frame.tsx";
import { BrokenPage } from "./storefront/broken_page.tsx";
import { NotFoundPage } from "./storefront/not_found_page.tsx";

/** The route above all pages. */
export const root = createRootRouteWithContext<AppContext>()({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: BrokenPage,
});
