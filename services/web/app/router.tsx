import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { eventQuery, proofQuery, searchQuery, trendingQuery } from "./api/events.ts";
import type { AppContext } from "./context.ts";
import { alsoIn } from "./storefront/event/queries.ts";
import { HOME_SOONEST, HOME_TRENDING } from "./storefront/home/queries.ts";
import { NotFoundPage } from "./storefront/not_found_page.tsx";
import { Frame } from "./frame.tsx";

/** What the server must know about a route's answer. */
export interface RouteTraits {
  /** Rendered on the server with its content, the same for everybody. All other pages are shells. */
  rendered?: boolean;
  /** Neither cached nor indexed, and its address is told to nobody. */
  secretAddress?: boolean;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption extends RouteTraits {}
  interface HistoryState {
    /** Whether a ticket is shown because it was just paid for. */
    paid?: boolean;
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

const root = createRootRouteWithContext<AppContext>()({
  component: Frame,
  notFoundComponent: NotFoundPage,
});

const checkout = createRoute({
  getParentRoute: () => root,
  path: "/checkout/$bookingId",
  component: lazyRouteComponent(
    () => import("./storefront/checkout/checkout_page.tsx"),
    "CheckoutPage",
  ),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  staticData: { rendered: true },
  loader: async ({ context: { api, load } }) => {
    await Promise.all([
      load(trendingQuery(api, HOME_TRENDING)),
      load(searchQuery(api, HOME_SOONEST)),
    ]);
  },
  component: lazyRouteComponent(() => import("./storefront/home/home_page.tsx"), "HomePage"),
});

const event = createRoute({
  getParentRoute: () => root,
  path: "/events/$eventId",
  staticData: { rendered: true },
  loader: async ({ context: { api, load, loadExtra }, params: { eventId } }) => {
    const [found] = await Promise.all([
      load(eventQuery(api, eventId)),
      loadExtra(proofQuery(api, eventId)),
    ]);
    if (found) await loadExtra(searchQuery(api, alsoIn(found)));
  },
  component: lazyRouteComponent(() => import("./storefront/event/event_page.tsx"), "EventPage"),
});

const ticket = createRoute({
  getParentRoute: () => root,
  path: "/tickets/$code",
  staticData: { secretAddress: true },
  component: lazyRouteComponent(() => import("./storefront/ticket/ticket_page.tsx"), "TicketPage"),
});

const eventProof = createRoute({
  getParentRoute: () => root,
  path: "/events/$eventId/proof",
  staticData: { rendered: true },
  loader: async ({ context: { api, load }, params: { eventId } }) => {
    await Promise.all([load(eventQuery(api, eventId)), load(proofQuery(api, eventId))]);
  },
  component: lazyRouteComponent(() => import("./storefront/proof/proof_page.tsx"), "ProofPage"),
});

const routeTree = root.addChildren([checkout, ticket, home, event, eventProof]);

/** The routes of every page. `history` is the server's; the browser's is its own. */
export function createAppRouter(context: AppContext, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context,
    // On the server it would write an inline script.
    scrollRestoration: typeof document !== "undefined",
    defaultPreload: "intent",
    ...(history ? { history } : {}),
  });
}
