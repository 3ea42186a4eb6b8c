import {
  addressOf,
  type AppEnv,
  createServiceApp,
  hasSaneHost,
  type Hop,
  LocalRateLimiter,
  type RateDecision,
  RateLimited,
  type Servable,
  setRateLimitHeaders,
} from "@evently/shared/http";
import { renderPages, type WebDeps, webRoutes } from "@evently/web";
import type { Context, MiddlewareHandler } from "hono";
import type { GatewayDeps } from "./deps.ts";
import { forwardRemote } from "./forward/remote.ts";
import { rawPathOf, type Target, targetOf } from "./forward/target.ts";
import { docsRoutes } from "./pages/docs.ts";
import { faviconRoutes } from "./pages/favicon.ts";
import { healthRoutes } from "./pages/health.ts";
import { indexRoutes } from "./pages/index.ts";
import { openApiRoutes } from "./openapi/route.ts";

const MINUTE_MS = 60_000;

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
 * The rate limit counts in this process alone: n instances allow n times as much.
 */
export function createGatewayApp(deps: GatewayDeps): Servable {
  const limiter = new LocalRateLimiter(
    { limit: deps.limits.requestsPerMinute, windowMs: MINUTE_MS },
    deps.clock,
  );
  const ownApp = createOwnApp(deps, limiter);

  return {
    async fetch(request, hop) {
      const target = hasSaneHost(request) ? targetOf(rawPathOf(request.url)) : undefined;
      if (!target) return await ownApp.fetch(request, hop);
      const rate = limiter.count(addressOf(request, hop));
      const binding = deps.bindings[target.service];
      if (!rate.allowed || !binding.local) {
        return await ownApp.fetch(request, { ...hop, rate, target });
      }
      const response = await binding.fetch(request, { ...hop, path: decodedPath(target.path) });
      return withRateLimit(response, rate);
    },
  };
}

/** The gateway's own pages, the way to services elsewhere, and refusals. */
function createOwnApp(deps: GatewayDeps, limiter: LocalRateLimiter) {
  const app = createServiceApp(deps);
  app.use(async function forwardOrRefuse(c, next) {
    const { rate, target, ...hop } = c.env as GatewayHop;
    if (!rate || !target) return await next();
    c.get("logFields").route = `/api/${target.service}/*`;
    if (!rate.allowed) throw new RateLimited(rate, "Too many requests. Please try again later.");
    const response = await forwardRemote(deps.bindings[target.service], {
      request: c.req.raw,
      body: await bodyOf(c),
      path: target.path,
      requestId: c.get("requestId"),
      hop,
      stopping: deps.stopping,
    });
    return withRateLimit(response, rate);
  });
  app.route("/", healthRoutes(deps));
  app.route("/", indexRoutes(deps));
  app.route("/", openApiRoutes(deps));
  app.route("/", docsRoutes());
  app.route("/", faviconRoutes());
  const web = webDepsOf(deps);
  app.use("/auth/*", limitPages(limiter));
  app.route("/", webRoutes(web));
  app.use(limitPages(limiter), renderPages(web));
  return app;
}

/** Counts pages and their log-in as requests of the API are counted: each costs as much as several of them. */
function limitPages(limiter: LocalRateLimiter): MiddlewareHandler<AppEnv> {
  return async function limitPages(c, next) {
    const rate = limiter.count(addressOf(c.req.raw, c.env));
    if (!rate.allowed) throw new RateLimited(rate, "Too many requests. Please try again later.");
    await next();
  };
}

/** What the web application needs: its pages ask the services as clients do, without the way over the network. */
function webDepsOf(
  { bindings, clock, environment, publicUrl, reloadsPages }: GatewayDeps,
): WebDeps {
  return {
    clock,
    environment,
    publicUrl,
    reloadsPages,
    async fetchApi(request, { requestId, hop }) {
      const target = targetOf(rawPathOf(request.url));
      if (!target) throw new Error(`no service has ${request.url}`);
      const binding = bindings[target.service];
      if (binding.local) {
        return await binding.fetch(request, { ...hop, path: decodedPath(target.path), requestId });
      }
      const body = request.body && await request.text();
      return await forwardRemote(binding, {
        request,
        body,
        path: target.path,
        requestId,
        hop: hop ?? {},
      });
    },
  };
}

/** The body, which has been read already: the service gets it whole, however slowly it came. */
async function bodyOf(c: Context<AppEnv>): Promise<string | null> {
  return c.req.bodyCache.text === undefined ? null : await c.req.text();
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
