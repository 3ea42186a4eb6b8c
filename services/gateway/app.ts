import {
  addressOf,
  Admission,
  type AppEnv,
  createServiceApp,
  EarlyRefusals,
  endRequest,
  GATEWAY,
  hasSaneHost,
  type Hop,
  inRequestSpan,
  type LaneBounds,
  LoadLimit,
  LocalRateLimiter,
  type RateDecision,
  RateLimited,
  type Refusal,
  type Servable,
  setRateLimitHeaders,
  TOO_MANY_AT_ONCE,
} from "@evently/shared/http";
import type { ServiceName } from "@evently/shared/config";
import { isTracing } from "@evently/shared/tracing";
import { renderPages, type WebDeps, webRoutes } from "@evently/web";
import type { Context, MiddlewareHandler } from "hono";
import type { GatewayDeps } from "./deps.ts";
import { forwardRemote } from "./forward/remote.ts";
import { mayArriveTwice, rawPathOf, type Target, targetOf } from "./forward/target.ts";
import { mailboxRoutes } from "./dev/mailbox_routes.ts";
import { docsRoutes } from "./pages/docs.ts";
import { faviconRoutes } from "./pages/favicon.ts";
import { healthRoutes } from "./pages/health.ts";
import { indexRoutes } from "./pages/index.ts";
import { openApiRoutes } from "./openapi/route.ts";

const MINUTE_MS = 60_000;
const OVER_LIMIT = "Too many requests. Please try again later.";

/** Requests of a slow moment, such as while memory is cleaned up; amid bookings a quarter, for half a second. */
const WAITING = 512;

/** Lanes of requests that yield to bookings. So many at once keep each service busy. */
const LANES = {
  /** Wide, as log-ins wait for their hash in a line of their own, and must not hold up who is logged in. */
  user: { inFlight: 2_048, waiting: WAITING },
  event: { inFlight: 64, waiting: WAITING },
  search: { inFlight: 64, waiting: WAITING },
  /** Reads of bookings and of what can be booked. */
  booking: { inFlight: 64, waiting: WAITING },
  pages: { inFlight: 32, waiting: WAITING },
} as const satisfies Record<ServiceName | "pages", LaneBounds>;

/** Reservations under way, and people who join waitlists; see {@link LoadLimit}. The first rush of a sale finds the least. */
const NEW_WISHES = { least: 1_024, most: 8_192 };
/** All other changes of bookings, which mostly pay or give back: some wait for a provider, none is to be refused. */
const OTHER_CHANGES = { least: 8_192, most: 8_192 };
const WISHES: ReadonlySet<string> = new Set([
  "/api/v1/bookings/reserve",
  "/api/v1/waitlist/join",
]);

type GatewayAdmission = Admission<keyof typeof LANES>;

/** Of one address. A provider sends what it has from few, and stops sending to whoever refuses it for long. */
export const WEBHOOKS_PER_MINUTE = 60_000;
const WEBHOOK_PATH = "/api/v1/payments/webhooks/";

/** What {@link createGatewayApp} has found out before the gateway's own app takes the request. */
interface GatewayHop extends Hop {
  rate?: RateDecision;
  target?: Target;
}

/**
 * The platform's one address.
 *
 * A request for a service in this process goes straight to it, untouched: that service gives it an id,
 * a log entry and its headers. All else, also what is refused, goes through the gateway's own app.
 * The rate limit counts in this process alone: n instances allow n times as much. Webhooks of the payment provider have
 * one of their own.
 */
export function createGatewayApp(deps: GatewayDeps): Servable {
  const limiter = new LocalRateLimiter(
    { limit: deps.limits.requestsPerMinute, windowMs: MINUTE_MS },
    deps.clock,
  );
  const webhookLimiter = new LocalRateLimiter(
    { limit: WEBHOOKS_PER_MINUTE, windowMs: MINUTE_MS },
    deps.clock,
  );
  const admission = new Admission({ lanes: LANES, urgent: deps.urgent });
  const wishes = new LoadLimit(NEW_WISHES);
  const otherChanges = new LoadLimit(OTHER_CHANGES);
  const refusals = new EarlyRefusals(deps);
  const ownApp = createOwnApp(deps, { limiter, admission });

  return {
    async fetch(request, hop) {
      const target = hasSaneHost(request) ? targetOf(rawPathOf(request.url)) : undefined;
      if (!target) return await ownApp.fetch(request, hop);
      const ofTarget = takesWebhook(target) ? webhookLimiter : limiter;
      const rate = ofTarget.count(addressOf(request, hop));
      const { service } = target;
      const binding = deps.bindings[service];
      const yields = yieldsToBookings(service, request.method);
      if (!rate.allowed) return withRateLimit(refusals.refuse(request, hop, overLimit(rate)), rate);
      const limit = yields ? undefined : WISHES.has(target.path) ? wishes : otherChanges;
      if (limit ? !limit.enter() : !admission.hasRoom(service)) {
        return withRateLimit(refusals.refuse(request, hop, TOO_MANY_AT_ONCE), rate);
      }
      try {
        if (!binding.local) return await ownApp.fetch(request, { ...hop, rate, target });
        const forward = () => binding.fetch(request, { ...hop, path: decodedPath(target.path) });
        const admitted = () => yields ? admission.run(service, forward) : forward();
        const response = await (isTracing ? traced(request, service, admitted) : admitted());
        return withRateLimit(response, rate);
      } finally {
        limit?.leave();
      }
    },
  };
}

/** The gateway's own pages, the way to services elsewhere, and refusals. */
function createOwnApp(
  deps: GatewayDeps,
  { limiter, admission }: { limiter: LocalRateLimiter; admission: GatewayAdmission },
) {
  const app = createServiceApp(deps, GATEWAY);
  app.use(async function forwardOrRefuse(c, next) {
    const { rate, target, ...hop } = c.env as GatewayHop;
    if (!rate || !target) return await next();
    const { service, path } = target;
    c.get("logFields").route = routeOf(service);
    const text = await bodyOf(c);
    const forward = () =>
      forwardRemote(deps.bindings[service], {
        request: c.req.raw,
        text,
        path,
        isIdempotent: mayArriveTwice(target, c.req.method),
        requestId: c.get("requestId"),
        hop,
        stopping: deps.stopping,
      });
    const yields = yieldsToBookings(service, c.req.method);
    return withRateLimit(await (yields ? admission.run(service, forward) : forward()), rate);
  });
  app.route("/", healthRoutes(deps));
  app.route("/", indexRoutes(deps));
  app.route("/", openApiRoutes(deps));
  app.route("/", docsRoutes());
  app.route("/", faviconRoutes());
  if (deps.mailbox) app.route("/", mailboxRoutes(deps.mailbox));
  const web = webDepsOf(deps);
  app.use("/auth/*", limitPages(limiter), admit(admission, "user"));
  app.route("/", webRoutes(web));
  app.use(limitPages(limiter), admit(admission, "pages"), renderPages(web));
  return app;
}

/** Answers a request to a service of this process as part of its trace. */
function traced(
  request: Request,
  service: ServiceName,
  forward: () => Promise<Response>,
): Promise<Response> {
  return inRequestSpan({ request, service: GATEWAY }, async (span) => {
    const response = await forward();
    endRequest(span, {
      method: request.method,
      route: routeOf(service),
      status: response.status,
    });
    return response;
  });
}

/** What the gateway says of requests to a service, whose routes it does not know. */
function routeOf(service: ServiceName): string {
  return `/api/${service}/*`;
}

function takesWebhook({ service, path }: Target): boolean {
  return service === "booking" && path.startsWith(WEBHOOK_PATH);
}

function overLimit({ resetS }: RateDecision): Refusal {
  return { code: "RATE_LIMITED", message: OVER_LIMIT, retryAfterS: resetS };
}

/** Counts pages and their log-in as requests of the API are counted: each costs as much as several of them. */
function limitPages(limiter: LocalRateLimiter): MiddlewareHandler<AppEnv> {
  return async function limitPages(c, next) {
    const rate = limiter.count(addressOf(c.req.raw, c.env));
    if (!rate.allowed) throw new RateLimited(rate, OVER_LIMIT);
    await next();
  };
}

/** Has pages and their log-in wait for their turn. */
function admit(admission: GatewayAdmission, lane: keyof typeof LANES): MiddlewareHandler<AppEnv> {
  return async function admit(_c, next) {
    await admission.run(lane, next);
  };
}

/**
 * Whether requests wait for their turn and may be refused: all but those that change bookings. `OPTIONS` of those asks
 * whether a browser may send them.
 */
function yieldsToBookings(service: ServiceName, method: string): boolean {
  return service !== "booking" || method === "GET" || method === "HEAD";
}

/** What the web application needs: its pages ask the services as clients do, without the way over the network. */
function webDepsOf(
  { bindings, clock, environment, publicUrl, reloadsPages, stripePublishableKey }: GatewayDeps,
): WebDeps {
  return {
    clock,
    environment,
    publicUrl,
    reloadsPages,
    stripePublishableKey,
    async fetchApi(request, { requestId, hop }) {
      const target = targetOf(rawPathOf(request.url));
      if (!target) throw new Error(`no service has ${request.url}`);
      const binding = bindings[target.service];
      if (binding.local) {
        return await binding.fetch(request, { ...hop, path: decodedPath(target.path), requestId });
      }
      const text = request.body ? await request.text() : undefined;
      return await forwardRemote(binding, {
        request,
        text,
        path: target.path,
        isIdempotent: mayArriveTwice(target, request.method),
        requestId,
        hop: hop ?? {},
      });
    },
  };
}

/** The body, which has been read already: the service gets it whole, however slowly it came. */
async function bodyOf(c: Context<AppEnv>): Promise<string | undefined> {
  return c.req.bodyCache.text === undefined ? undefined : await c.req.text();
}

/** Says what is left of our limit, unless one of the service's has refused the request or leaves less. */
function withRateLimit(response: Response, rate: RateDecision): Response {
  if (rate.limit === 0) return response;
  const { headers } = response;
  const left = headers.get("RateLimit-Remaining");
  if (left !== null && (response.status === 429 || Number(left) <= rate.remaining)) return response;
  setRateLimitHeaders({ header: (name, value) => headers.set(name, value) }, rate);
  return response;
}

/** Apps route by decoded paths. */
function decodedPath(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
