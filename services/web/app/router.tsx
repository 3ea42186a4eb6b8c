import { languagePath } from "@evently/shared/languages";
import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { bookingQuery } from "./api/bookings.ts";
import { eventQuery, inCityQuery, overviewQuery, proofQuery, trendingQuery } from "./api/events.ts";
import type { AppContext } from "./context.ts";
import { alsoIn } from "./storefront/event/queries.ts";
import { rangeOf, today } from "./storefront/events/days.ts";
import { validateEventsSearch } from "./storefront/events/events_search.ts";
import { loadEvents } from "./storefront/events/load_events.ts";
import { HOME_SOONEST, HOME_TRENDING } from "./storefront/home/queries.ts";
import type { ConsoleRoutes } from "./console/routes.tsx";
import { root } from "./root.ts";
import { BrokenPage } from "./storefront/broken_page.tsx";
import { waitlistSearch } from "./storefront/waitlist/search.ts";
import { whenIn } from "./session/when_in.ts";
import { withPaymentPolicy } from "./storefront/checkout/payment_policy.ts";
import { parseSearch, stringifySearch } from "./search_text.ts";

/** What the server must know about a route's answer. */
export interface RouteTraits {
  /** Rendered on the server with its content, the same for everybody. All other pages are shells. */
  rendered?: boolean;
  /** Source of a shell's page, whose scripts the browser fetches along with the document. */
  source?: string;
  /** Neither cached nor indexed, and its address is told to nobody. */
  secretAddress?: boolean;
  /** Takes payments: its policy lets the provider's script load. */
  pays?: boolean;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption extends RouteTraits {}
  interface HistoryState {
    /** Whether a ticket is shown because it was just paid for. */
    paid?: boolean;
    /** E-mail that was typed into the log-in, for the page that sends a mail to it. */
    email?: string | undefined;
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  staticData: { source: "app/storefront/account/account_page.tsx" },
  component: lazyRouteComponent(
    () => import("./storefront/account/account_page.tsx"),
    "AccountPage",
  ),
});

const bookings = createRoute({
  getParentRoute: () => root,
  path: "/account/bookings",
  staticData: { source: "app/storefront/account/bookings_page.tsx" },
  validateSearch: ({ show }: Record<string, unknown>): { show?: "past" } =>
    show === "past" ? { show } : {},
  component: lazyRouteComponent(
    () => import("./storefront/account/bookings_page.tsx"),
    "BookingsPage",
  ),
});

const booking = createRoute({
  getParentRoute: () => root,
  path: "/account/bookings/$bookingId",
  staticData: { source: "app/storefront/account/booking_page.tsx" },
  component: lazyRouteComponent(
    () => import("./storefront/account/booking_page.tsx"),
    "BookingPage",
  ),
});

const checkout = createRoute({
  getParentRoute: () => root,
  path: "/checkout/$bookingId",
  staticData: { source: "app/storefront/checkout/checkout_page.tsx", pays: true },
  beforeLoad: async ({ context: { payments }, location, preload }) => {
    if (!preload) await withPaymentPolicy(payments, location.publicHref);
  },
  loader({ context: { api, load, session }, params: { bookingId } }) {
    whenIn(session, () => void load(bookingQuery(api, bookingId)));
  },
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
      load(overviewQuery(api, HOME_SOONEST)),
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
    if (found) await loadExtra(inCityQuery(api, alsoIn(found)));
  },
  component: lazyRouteComponent(() => import("./storefront/event/event_page.tsx"), "EventPage"),
});

/** The way back after a log-in, where the address has one. */
function wayBack({ to }: Record<string, unknown>): { to?: string } {
  return typeof to === "string" ? { to } : {};
}

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  staticData: { source: "app/storefront/login/login_page.tsx" },
  validateSearch: wayBack,
  component: lazyRouteComponent(() => import("./storefront/login/login_page.tsx"), "LoginPage"),
});

const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  staticData: { source: "app/storefront/login/register_page.tsx" },
  validateSearch: wayBack,
  component: lazyRouteComponent(
    () => import("./storefront/login/register_page.tsx"),
    "RegisterPage",
  ),
});

/** Whose account a page is for: a user's, unless the address says otherwise. */
function accountKind({ account }: Record<string, unknown>): { account?: "organiser" } {
  return account === "organiser" ? { account } : {};
}

const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  staticData: { source: "app/storefront/recovery/forgot_page.tsx" },
  validateSearch: (search: Record<string, unknown>) => ({
    ...accountKind(search),
    ...wayBack(search),
  }),
  component: lazyRouteComponent(
    () => import("./storefront/recovery/forgot_page.tsx"),
    "ForgotPage",
  ),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset",
  staticData: { secretAddress: true, source: "app/storefront/recovery/reset_page.tsx" },
  validateSearch: accountKind,
  component: lazyRouteComponent(() => import("./storefront/recovery/reset_page.tsx"), "ResetPage"),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  staticData: { secretAddress: true, source: "app/storefront/recovery/verify_page.tsx" },
  validateSearch: accountKind,
  component: lazyRouteComponent(
    () => import("./storefront/recovery/verify_page.tsx"),
    "VerifyPage",
  ),
});

const events = createRoute({
  getParentRoute: () => root,
  path: "/events",
  staticData: { rendered: true },
  validateSearch: validateEventsSearch,
  beforeLoad({ search: { when, ...search } }) {
    if (!when) return;
    throw redirect({
      to: "/events",
      search: { ...search, ...rangeOf(when, today()) },
      replace: true,
    });
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => loadEvents(context, deps),
  component: lazyRouteComponent(() => import("./storefront/events/events_page.tsx"), "EventsPage"),
});

const helpAccessibility = createRoute({
  getParentRoute: () => root,
  path: "/help/accessibility",
  staticData: { rendered: true },
  component: lazyRouteComponent(
    () => import("./storefront/help/accessibility_page.tsx"),
    "AccessibilityPage",
  ),
});

const helpProof = createRoute({
  getParentRoute: () => root,
  path: "/help/proof",
  staticData: { rendered: true },
  component: lazyRouteComponent(
    () => import("./storefront/help/proof_help_page.tsx"),
    "ProofHelpPage",
  ),
});

const helpRefunds = createRoute({
  getParentRoute: () => root,
  path: "/help/refunds",
  staticData: { rendered: true },
  component: lazyRouteComponent(() => import("./storefront/help/refunds_page.tsx"), "RefundsPage"),
});

const ticket = createRoute({
  getParentRoute: () => root,
  path: "/tickets/$code",
  staticData: { secretAddress: true, source: "app/storefront/ticket/ticket_page.tsx" },
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

const waitlist = createRoute({
  getParentRoute: () => root,
  path: "/waitlist/$eventId",
  staticData: { source: "app/storefront/waitlist/waitlist_page.tsx" },
  validateSearch: waitlistSearch,
  loader: ({ context: { api, load }, params }) => load(eventQuery(api, params.eventId)),
  component: lazyRouteComponent(
    () => import("./storefront/waitlist/waitlist_page.tsx"),
    "WaitlistPage",
  ),
});

const storefrontRoutes = [
  account,
  booking,
  bookings,
  checkout,
  ticket,
  home,
  event,
  eventProof,
  events,
  forgot,
  helpAccessibility,
  helpProof,
  helpRefunds,
  login,
  register,
  reset,
  verify,
  waitlist,
] as const;

/** The routes of every page, in the language of the texts: its paths begin with the like of `/hi`. `history` is the server's; the browser's is its own. The console's routes are there on its own pages alone, so that no page of the storefront loads them. */
export function createAppRouter(
  context: AppContext,
  { consoleRoutes, history }: {
    consoleRoutes?: ConsoleRoutes | undefined;
    history?: RouterHistory;
  } = {},
) {
  const routes = [...storefrontRoutes, ...(consoleRoutes ?? []) as ConsoleRoutes] as const;
  const routeTree = root.addChildren(routes);
  return createRouter({
    routeTree,
    context,
    basepath: languagePath(context.messages.language) || "/",
    parseSearch,
    stringifySearch,
    // On the server it would write an inline script.
    scrollRestoration: typeof document !== "undefined",
    defaultPreload: "intent",
    defaultErrorComponent: BrokenPage,
    ...(history ? { history } : {}),
  });
}
