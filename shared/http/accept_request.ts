import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import { Deadlines } from "./deadlines.ts";
import { decodeUtf8, payloadTooLarge, readStream } from "./read_body.ts";
import { assertSaneUrl } from "./sane_url.ts";
import type { AppEnv } from "./types.ts";

/** What `curl -d` says of any body, so it says nothing. */
const UNSPECIFIC = /^application\/x-www-form-urlencoded\b/i;

/** What a body may be. */
export interface BodyLimits {
  maxBytes: number;
  /** A body that has not come by then is not waited for. */
  timeoutMs: number;
}

/**
 * Looks at the URL of every request, and reads its body, before a route sees it.
 *
 * Larger ones are refused with 413, those that do not come with 408. One that tells its length (RFC 9112, 6.2) is
 * judged by that: only as long as nobody has asked for its stream can the server hand it over whole.
 *
 * One whose type is not said is taken for JSON, as the old system did: its scripts post without a header. A body
 * that says it is something else is refused later. All must be UTF-8 (RFC 8259, 8.1): otherwise different texts
 * would be read as one.
 */
export function acceptRequest({ maxBytes, timeoutMs }: BodyLimits) {
  const deadlines = new Deadlines(
    timeoutMs,
    () => new DomainError("REQUEST_TIMEOUT"),
  );
  return createMiddleware<AppEnv>(async function acceptRequest(c, next) {
    assertSaneUrl(c);
    const request = c.req.raw;
    const length = c.req.header("Content-Length");
    const isStreamed = c.req.header("Transfer-Encoding") !== undefined;
    // RFC 9112, 6.3: a request has a body when one of these says so.
    const saysSo = isStreamed || (length !== undefined && length !== "0");
    if (saysSo) assumeJson(request);
    if (!isStreamed && Number(length) > maxBytes) throw payloadTooLarge();

    async function read(): Promise<string> {
      try {
        if (length !== undefined && !isStreamed) return decodeUtf8(await request.bytes());
        return request.body ? await readStream(request.body, { maxBytes }) : "";
      } catch (error) {
        if (error instanceof DomainError) throw error;
        throw new DomainError("INVALID_JSON", "The request body did not come whole", {
          cause: error,
        });
      }
    }

    if (saysSo || (length !== "0" && request.body)) {
      const text = await deadlines.within(read());
      // Where `c.req.json()` and `c.req.text()` look first; they expect a promise there, whatever its type says.
      Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
      c.set("hasBody", text !== "");
    }
    await next();
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
