import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import { Deadlines } from "./deadlines.ts";
import { decodeUtf8, payloadTooLarge, readStream } from "./read_body.ts";
import { assertSaneUrl } from "./sane_url.ts";
import type { AppEnv } from "./types.ts";

/** The type that `curl -d` sends for any body, so it means nothing. */
const UNSPECIFIC = /^application\/x-www-form-urlencoded\b/i;

/** Limits of a body. */
export interface BodyLimits {
  maxBytes: number;
  /** How long to wait for the whole body. */
  timeoutMs: number;
}

/**
 * Checks the URL of every request and reads its body before a route sees it.
 *
 * Larger bodies are refused with 413, bodies that do not arrive with 408. A body with a length (RFC 9112, 6.2) is
 * checked by its length, because the server hands over a whole body only while its stream is untouched.
 *
 * A body without a type is taken as JSON, as in the old system, whose scripts post without a header. Bodies of other
 * types are refused later. All must be UTF-8 (RFC 8259, 8.1): otherwise different texts would be read as one.
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
    // RFC 9112, 6.3: one of these headers announces a body.
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
      // `c.req.json()` and `c.req.text()` look here first, and expect a promise despite the type.
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
  // A new Request would take over the body's stream and abort signal; only the header changes.
  Object.defineProperty(request, "headers", { value: headers });
}
