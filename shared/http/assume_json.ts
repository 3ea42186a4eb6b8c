import type { HonoRequest } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./types.ts";

/** What `curl -d` says of any body, so it says nothing. */
const UNSPECIFIC = /^application\/x-www-form-urlencoded\b/i;

/**
 * Takes a body whose type is not said for JSON, as the old system did: its scripts post without a header.
 * A body that says it is something else is refused later.
 */
export function assumeJson() {
  return createMiddleware<AppEnv>(async function assumeJson(c, next) {
    if (announcesBody(c.req)) {
      const type = c.req.header("Content-Type");
      if (type === undefined || UNSPECIFIC.test(type)) {
        const headers = new Headers(c.req.raw.headers);
        headers.set("Content-Type", "application/json");
        // A new Request would take over the body's stream and its abort signal; the header is all that changes.
        Object.defineProperty(c.req.raw, "headers", { value: headers });
      }
    }
    await next();
  });
}

/** RFC 9112, 6.3: a request has a body when one of these says so. */
function announcesBody(request: HonoRequest): boolean {
  const length = request.header("Content-Length");
  return length === undefined ? request.header("Transfer-Encoding") !== undefined : length !== "0";
}
