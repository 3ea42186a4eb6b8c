import { createMiddleware } from "hono/factory";
import type { Logger } from "../log.ts";
import type { AppEnv } from "./types.ts";

/** A request id that may be taken over from a caller: it goes into logs and headers. */
const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;

const QUIET_PATHS = new Set(["/healthz", "/health", "/health/ready"]);

/** Gives each request its id, answers it as `X-Request-ID`, and writes one log entry when it is done. */
export function requestContext({ log }: { log: Logger }) {
  return createMiddleware<AppEnv>(async function requestContext(c, next) {
    const begin_ms = performance.now();
    const given = c.env?.requestId ?? c.req.header("X-Request-ID");
    const requestId = given !== undefined && SANE_REQUEST_ID.test(given)
      ? given
      : crypto.randomUUID();
    c.set("requestId", requestId);
    c.set("logFields", {});
    await next();
    c.res.headers.set("X-Request-ID", requestId);
    const { status } = c.res;
    const level = status >= 500 ? "warn" : QUIET_PATHS.has(c.req.path) ? "debug" : "info";
    log[level]("request", {
      request_id: requestId,
      method: c.req.method,
      path: c.req.path,
      status,
      duration_ms: Math.round((performance.now() - begin_ms) * 100) / 100,
      ...c.get("logFields"),
    });
  });
}
