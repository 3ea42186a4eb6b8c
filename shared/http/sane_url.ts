import type { Context } from "hono";
import { DomainError } from "../errors/mod.ts";
import { assertQueryIsText } from "./query_text.ts";
import type { AppEnv } from "./types.ts";

/** `host[:port]`: a name, an IPv4 address, or an IPv6 address in brackets; no user, no path (RFC 9110, 7.2). */
const AUTHORITY = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const URL_PARTS = /^https?:\/\/([^/?#]*)(?:\/|$)/;

/**
 * Checks that the host of a request is only a host. The server concatenates `Host` and the request's target without
 * checking either, so a `Host` with a slash, a question mark or a user would become another part of the URL.
 */
export function hasSaneHost(request: Request): boolean {
  const host = request.headers.get("Host");
  // Without a Host the server uses its own address, as in HTTP/1.0.
  if (host && !isSane(host)) return false;
  const authority = URL_PARTS.exec(request.url)?.[1];
  return authority !== undefined && isSane(authority);
}

function isSane(authority: string): boolean {
  return AUTHORITY.test(authority) && URL.canParse(`http://${authority}/`);
}

/**
 * Refuses a request whose host or query is malformed, before a route looks at its URL.
 *
 * @throws {DomainError} `INVALID_HOST`, `VALIDATION_FAILED`
 */
export function assertSaneUrl(c: Context<AppEnv>): void {
  // A request with a path was checked by the gateway.
  if (c.env?.path === undefined && !hasSaneHost(c.req.raw)) {
    throw new DomainError("INVALID_HOST");
  }
  assertQueryIsText(c.req.url);
}
