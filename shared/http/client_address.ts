import type { Context } from "hono";
import type { AppEnv, Hop } from "./types.ts";

const PRIVATE =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|::ffff:127\.|f[cd]|fe80:)/i;

/**
 * The client's address, for rate limits. `X-Forwarded-For` is believed only where a private neighbour
 * (our gateway, a load balancer) added it, and then its last public entry.
 */
export function clientAddress(c: Context<AppEnv>): string {
  return addressOf(c.req.raw, c.env);
}

/** {@link clientAddress} of a request that no app has taken yet. */
export function addressOf(request: Request, hop: Hop | undefined): string {
  const peer = hop?.remoteAddr && "hostname" in hop.remoteAddr
    ? hop.remoteAddr.hostname
    : undefined;
  if (peer !== undefined && !PRIVATE.test(peer)) return peer;
  const forwarded = request.headers.get("X-Forwarded-For")?.split(",").map((part) => part.trim());
  return forwarded?.findLast((address) => address !== "" && !PRIVATE.test(address)) ??
    forwarded?.[0] ?? peer ?? "unknown";
}
