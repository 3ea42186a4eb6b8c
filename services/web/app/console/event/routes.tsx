import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { consoleRoot } from "../console_root.tsx";
import { pageSearch } from "../parts/page_search.ts";
import { bookingsSearch } from "./bookings/bookings_search.ts";

const sales = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId",
  staticData: { source: "app/console/event/sales/event_sales_page.tsx" },
  component: lazyRouteComponent(() => import("./sales/event_sales_page.tsx"), "EventSalesPage"),
});

const bookings = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/bookings",
  staticData: { source: "app/console/event/bookings/bookings_page.tsx" },
  validateSearch: bookingsSearch,
  component: lazyRouteComponent(
    () => import("./bookings/bookings_page.tsx"),
    "EventBookingsPage",
  ),
});

const booking = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/bookings/$bookingId",
  staticData: { source: "app/console/event/bookings/booking_page.tsx" },
  component: lazyRouteComponent(() => import("./bookings/booking_page.tsx"), "EventBookingPage"),
});

const waitlist = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/waitlist",
  staticData: { source: "app/console/event/waitlist/waitlist_page.tsx" },
  validateSearch: pageSearch,
  component: lazyRouteComponent(
    () => import("./waitlist/waitlist_page.tsx"),
    "EventWaitlistPage",
  ),
});

const holds = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/holds",
  staticData: { source: "app/console/event/holds/holds_page.tsx" },
  component: lazyRouteComponent(() => import("./holds/holds_page.tsx"), "EventHoldsPage"),
});

const ledger = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/ledger",
  staticData: { source: "app/console/event/ledger/ledger_page.tsx" },
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("./ledger/ledger_page.tsx"), "EventLedgerPage"),
});

const wall = createRoute({
  getParentRoute: () => consoleRoot,
  path: "/events/$eventId/live",
  staticData: { source: "app/console/event/wall/wall_page.tsx" },
  component: lazyRouteComponent(() => import("./wall/wall_page.tsx"), "EventWallPage"),
});

/** The pages of one event. */
export const eventRoutes = [sales, bookings, booking, waitlist, holds, ledger, wall] as const;
