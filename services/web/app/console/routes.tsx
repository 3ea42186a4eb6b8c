import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "../root.ts";
import { ConsoleFrame } from "./frame/console_frame.tsx";
import { DoorFrame } from "./frame/door_frame.tsx";
import { NotFoundInConsole } from "./frame/not_found_in_console.tsx";

/** The way back after a log-in, where the address has one. */
function wayBack({ to }: Record<string, unknown>): { to?: string } {
  return typeof to === "string" ? { to } : {};
}

const consoleRoot = createRoute({
  getParentRoute: () => root,
  path: "/console",
  component: ConsoleFrame,
  notFoundComponent: NotFoundInConsole,
});

const door = createRoute({
  getParentRoute: () => root,
  id: "/console-door",
  component: DoorFrame,
});

const login = createRoute({
  getParentRoute: () => door,
  path: "/console/login",
  staticData: { source: "app/console/login/console_login_page.tsx" },
  validateSearch: wayBack,
  component: lazyRouteComponent(
    () => import("./login/console_login_page.tsx"),
    "ConsoleLoginPage",
  ),
});

const register = createRoute({
  getParentRoute: () => door,
  path: "/console/register",
  staticData: { source: "app/console/login/console_register_page.tsx" },
  validateSearch: wayBack,
  component: lazyRouteComponent(
    () => import("./login/console_register_page.tsx"),
    "ConsoleRegisterPage",
  ),
});

const overview = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/",
  staticData: { source: "app/console/overview/overview_page.tsx" },
  component: lazyRouteComponent(() => import("./overview/overview_page.tsx"), "OverviewPage"),
});

/** The routes of the console, which its pages add to those of the storefront. */
export const consoleRoutes = [
  door.addChildren([login, register]),
  consoleRoot.addChildren([overview]),
] as const;

export type ConsoleRoutes = typeof consoleRoutes;
