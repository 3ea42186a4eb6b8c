import type { Context } from "hono";
import { DomainError } from "../errors/mod.ts";
import { assertQueryIsText } from "./query_text.ts";
import type { AppEnv } from "./types.ts";

/** `host[:port]`: a name, an IPv4 address, or an IPv6 address in brackets; no user, no path (RFC 9110, 7.2). */
const AUTHORITY = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const URL_PARTS = /^https?:\/\/([^/?#]*)(?:\/|$)/;

/** Authorities found sane: nearly all requests name one of a few. Past this many they are forgotten. */
const MAX_KNOWN = 100;
const known = new Set<string>();

/**
 * Whether a request says by what name it came in a way that can be believed to be only that.
 *
 * The server puts the URL together from `Host` and the request's target without a look at either. So a `Host`
 * with a slash, a question mark or a user in it would be taken for more of the URL than the host.
 */
export function hasSaneHost(request: Request): boolean {
  const host = request.headers.get("Host");
  // Without one the server takes its own address, as HTTP/1.0 has it.
  if (host && !isSane(host)) return false;
  const authority = URL_PARTS.exec(request.url)?.[1];
  return authority !== undefined && isSane(authority);
}

function isSane(authority: string): boolean {
  if (known.has(authority)) return true;
  if (!AUTHORITY.test(authority) || !URL.canParse(`http://${authority}/`)) return false;
  if (known.size >= MAX_KNOWN) known.clear();
  known.add(authority);
  return true;
}

/**
 * Refuses a request whose host or query is malformed, before a route looks at its URL.
 *
 * @throws {DomainError} `INVALID_HOST`, `VALIDATION_FAILED`
 */
export function assertSaneUrl(c: Context<AppEnv>): void {
  // Where a path is given, the gateway has looked already.
  if (c.env?.path === undefined && !hasSaneHost(c.req.raw)) {
    throw new DomainError("INVALID_HOST");
  }
  assertQueryIsText(c.req.url);
}
