import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "../root.ts";
import { consoleRoot } from "./console_root.tsx";
import { accountRoutes } from "./account/routes.tsx";
import { eventRoutes } from "./event/routes.tsx";
import { consoleEventsSearch } from "./events/events_search.ts";
import { DoorFrame } from "./frame/door_frame.tsx";
import { teamRoutes } from "./team/routes.tsx";
import { venuesSearch } from "./venues/venues_search.ts";
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
  validateSearch: ({ period }: Record<string, unknown>): { period?: "7" | "all" } =>
    String(period) === "7" ? { period: "7" } : period === "all" ? { period } : {},
  component: lazyRouteComponent(() => import("./overview/overview_page.tsx"), "OverviewPage"),
});

const events = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events",
  staticData: { source: "app/console/events/console_events_page.tsx" },
  validateSearch: consoleEventsSearch,
  component: lazyRouteComponent(
    () => import("./events/console_events_page.tsx"),
    "ConsoleEventsPage",
  ),
});

const newEvent = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/new",
  staticData: { source: "app/console/editor/new_event_page.tsx" },
  component: lazyRouteComponent(() => import("./editor/new_event_page.tsx"), "NewEventPage"),
});

const editEvent = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/edit",
  staticData: { source: "app/console/editor/edit_event_page.tsx" },
  component: lazyRouteComponent(() => import("./editor/edit_event_page.tsx"), "EditEventPage"),
});

const venues = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/venues",
  staticData: { source: "app/console/venues/venues_page.tsx" },
  validateSearch: venuesSearch,
  component: lazyRouteComponent(() => import("./venues/venues_page.tsx"), "VenuesPage"),
});

const newVenue = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/venues/new",
  staticData: { source: "app/console/venues/new_venue_page.tsx" },
  component: lazyRouteComponent(() => import("./venues/new_venue_page.tsx"), "NewVenuePage"),
});

const editVenue = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/venues/$venueId/edit",
  staticData: { source: "app/console/venues/edit_venue_page.tsx" },
  component: lazyRouteComponent(() => import("./venues/edit_venue_page.tsx"), "EditVenuePage"),
});

/** The routes of the console, which its pages add to those of the storefront. */
export const consoleRoutes = [
  door.addChildren([login, register, invitation]),
  consoleRoot.addChildren([
    overview,
    events,
    newEvent,
    editEvent,
    venues,
    newVenue,
    editVenue,
    ...eventRoutes,
    ...webhookRoutes,
    ...teamRoutes,
    ...accountRoutes,
  ]),
] as const;

export type ConsoleRoutes = typeof consoleRoutes;
