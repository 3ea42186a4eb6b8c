import type { Env } from "@evently/shared/config";

/** Where the edge stands if it is the app's peer; from anywhere else nothing reaches an instance there. */
const LOOPBACK = "127.0.0.0/8, ::1";

/**
 * The environment with Deno Deploy's edge as the one proxy before the app, unless it names others.
 *
 * The edge gives a connection its client's address. Should it be the peer itself, it is so on the loopback
 * interface, and then what it says in `X-Forwarded-For` counts: all clients would be one otherwise.
 */
export function behindEdge(env: Env): Env {
  return { ...env, TRUSTED_PROXIES: env.TRUSTED_PROXIES?.trim() || LOOPBACK };
}
