import type { Context, Next } from "hono";
import { createMiddleware } from "hono/factory";
import type { Logger } from "../log.ts";
import { type Count, type Distribution, REQUEST_DURATION, REQUESTS } from "../metrics/mod.ts";
import { isTracing, type Span } from "../tracing/mod.ts";
import { endRequest, inRequestSpan } from "./request_span.ts";
import { setResponseHeaders } from "./response_headers.ts";
import { routeOf } from "./route_of.ts";
import type { AppEnv } from "./types.ts";

/** A request id that may be taken over from a caller: it goes into logs and headers. */
const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;

const HEALTH_PATHS = new Set(["/healthz", "/health", "/health/ready"]);
const INTERNAL_PREFIX = "/internal/";
const FIRST_REFUSAL = 400;
const FIRST_SERVER_ERROR = 500;

/** The id that a caller gave a request, if it is sane, or else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && SANE_REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

/**
 * Gives each request an id, returns it as `X-Request-ID` with the common headers, and writes one log entry at the end.
 * The entry names the route and never the path: paths carry secrets, such as ticket codes. So do metrics and span.
 *
 * @param service what answers: `booking`, `gateway`
 */
export function requestContext(
  { log, origins, service }: { log: Logger; origins: readonly string[] | "any"; service: string },
) {
  const count = requestCounts(service);
  return createMiddleware<AppEnv>(function requestContext(c, next) {
    if (!isTracing) return answer(c, next, undefined);
    return inRequestSpan(
      { request: c.req.raw, service },
      (span) => answer(c, next, span),
    );
  });

  async function answer(c: Context<AppEnv>, next: Next, span: Span | undefined): Promise<void> {
    const beginMs = performance.now();
    const requestId = requestIdOf(c.env?.requestId ?? c.req.header("X-Request-ID"));
    c.set("requestId", requestId);
    c.set("logFields", {});
    await next();
    setResponseHeaders(c.res.headers, { request: c.req.raw, hop: c.env, origins });
    c.res.headers.set("X-Request-ID", requestId);
    const { status } = c.res;
    const { method } = c.req;
    const fields = c.get("logFields");
    const route = typeof fields.route === "string" ? fields.route : routeOf(c);
    const tookMs = performance.now() - beginMs;
    count(route, { status, tookMs });
    endRequest(span, { method, route, status });
    log[levelOf(c.req.path, status)]("request", () => ({
      request_id: requestId,
      method,
      route,
      status,
      duration_ms: Math.round(tookMs * 100) / 100,
      ...fields,
    }));
  }
}

/** Counts requests of a service; routes keep their series, as these are looked up for each request. */
function requestCounts(service: string) {
  const routes = new Map<string, { counts: Map<number, Count>; durations: Distribution }>();

  function seriesOf(route: string) {
    const made = {
      counts: new Map<number, Count>(),
      durations: REQUEST_DURATION.series({ service, route }),
    };
    // Routes are patterns of ours, and there is one more for what has none.
    routes.set(route, made);
    return made;
  }

  return function count(
    route: string,
    { status, tookMs }: { status: number; tookMs: number },
  ): void {
    const { counts, durations } = routes.get(route) ?? seriesOf(route);
    REQUEST_DURATION.recordIn(durations, tookMs / 1_000, { service, route });
    const digit = Math.floor(status / 100);
    let found = counts.get(digit);
    if (!found) {
      found = REQUESTS.series({ service, route, status: `${digit}xx` });
      counts.set(digit, found);
    }
    found.value++;
  };
}

/** Probes and internal requests are constant, so only their failures are logged. */
function levelOf(path: string, status: number): "debug" | "info" | "warn" {
  if (status >= FIRST_SERVER_ERROR) return "warn";
  const routine = HEALTH_PATHS.has(path) || path.startsWith(INTERNAL_PREFIX);
  return routine && status < FIRST_REFUSAL ? "debug" : "info";
}
