import type { Context } from "hono";
import { countedAs, parseAddress } from "./ip_address.ts";
import type { AppEnv, Hop } from "./types.ts";

/** Proxies that one request may have come through; entries of `X-Forwarded-For` before these are not read. */
const MAX_PROXIES = 16;

/** The client's address as limits count it; see {@link addressOf}. */
export function clientAddress(c: Pick<Context<AppEnv>, "req" | "env">): string {
  return addressOf(c.req.raw, c.env);
}

/**
 * Returns the client's address, IPv6 by its /64: the socket's address, or behind a trusted proxy the right-most entry
 * of `X-Forwarded-For` that is not a trusted proxy. Entries left of it, or of a malformed entry, may be forged.
 */
export function addressOf(request: Request, hop: Hop | undefined): string {
  const peer = peerOf(hop);
  if (peer === undefined) return "unknown";
  const proxies = hop?.trustedProxies;
  if (!proxies?.includes(peer)) return countedAs(peer);
  let client = peer;
  const entries = request.headers.get("X-Forwarded-For")?.split(",").slice(-MAX_PROXIES) ?? [];
  for (const entry of entries.reverse()) {
    const address = parseAddress(entry.trim());
    if (!address) break;
    client = address.toString();
    if (!proxies.includes(client)) break;
  }
  return countedAs(client);
}

/** Returns the address of the connection's other end; `undefined` if it is not a TCP connection. */
export function peerOf(hop: Hop | undefined): string | undefined {
  return hop?.remoteAddr && "hostname" in hop.remoteAddr ? hop.remoteAddr.hostname : undefined;
}

/** Whether the request came from one of the trusted proxies. */
export function cameByProxy(hop: Hop | undefined): boolean {
  const peer = peerOf(hop);
  return peer !== undefined && hop?.trustedProxies?.includes(peer) === true;
}

/** Returns the scheme of the client's request: the connection's own, or the one that a trusted proxy reports. */
export function schemeOf(request: Request, hop: Hop | undefined): "http" | "https" {
  if (request.url.startsWith("https:")) return "https";
  const reported = request.headers.get("X-Forwarded-Proto");
  return reported !== null && reported.split(",").at(-1)?.trim() === "https" && cameByProxy(hop)
    ? "https"
    : "http";
}
