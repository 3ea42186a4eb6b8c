import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./types.ts";

/** What `curl -d` says of any body, so it says nothing. */
const UNSPECIFIC = /^application\/x-www-form-urlencoded\b/i;

/**
 * What is done about every body before a route sees it.
 *
 * Larger ones are refused with 413. One that tells its length (RFC 9112, 6.2) is judged by that and not touched:
 * only as long as nobody has asked for its stream can the server hand it over whole.
 *
 * One whose type is not said is taken for JSON, as the old system did: its scripts post without a header. A body
 * that says it is something else is refused later.
 */
export function acceptBody({ max_bytes }: { max_bytes: number }) {
  const countBytes = bodyLimit({ maxSize: max_bytes });
  return createMiddleware<AppEnv>(function acceptBody(c, next): Promise<Response | void> {
    const length = c.req.header("Content-Length");
    const isStreamed = c.req.header("Transfer-Encoding") !== undefined;
    // RFC 9112, 6.3: a request has a body when one of these says so.
    if (isStreamed || (length !== undefined && length !== "0")) assumeJson(c.req.raw);
    if (length === undefined || isStreamed) return countBytes(c, next);
    return Number(length) <= max_bytes ? next() : countBytes(c, next);
  });
}

function assumeJson(request: Request): void {
  const type = request.headers.get("Content-Type");
  if (type !== null && !UNSPECIFIC.test(type)) return;
  const headers = new Headers(request.headers);
  headers.set("Content-Type", "application/json");
  // A new Request would take over the body's stream and its abort signal; the header is all that changes.
  Object.defineProperty(request, "headers", { value: headers });
}
