import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "../root.ts";
import { consoleRoot } from "./console_root.tsx";
import { eventRoutes } from "./event/routes.tsx";
import { DoorFrame } from "./frame/door_frame.tsx";
import { teamRoutes } from "./team/routes.tsx";
import { webhookRoutes } from "./webhooks/routes.tsx";

/** The way back after a log-in, where the address has one. */
function wayBack({ to }: Record<string, unknown>): { to?: string } {
  return typeof to === "string" ? { to } : {};
}

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

const invitation = createRoute({
  getParentRoute: () => door,
  path: "/console/invitations/$invitationId",
  staticData: { source: "app/console/invitation/invitation_page.tsx", secretAddress: true },
  component: lazyRouteComponent(
    () => import("./invitation/invitation_page.tsx"),
    "InvitationPage",
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
  door.addChildren([login, register, invitation]),
  consoleRoot.addChildren([overview, ...eventRoutes, ...webhookRoutes, ...teamRoutes]),
] as const;

export type ConsoleRoutes = typeof consoleRoutes;
