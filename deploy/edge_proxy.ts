import type { Env } from "@evently/shared/config";

/** Peer address of the edge, if it is the peer at all; no other traffic reaches an instance. */
const LOOPBACK = "127.0.0.0/8, ::1";

/** Deno Deploy collects by itself, and an instance has no second port. */
const COLLECTED_BY_THE_PLATFORM = {
  OTEL_DENO: undefined,
  OTEL_DENO_TRACING: undefined,
  OTEL_DENO_CONSOLE: undefined,
  METRICS_PORT: undefined,
};

/**
 * Trusts Deno Deploy's edge as the only proxy, unless the environment names others.
 *
 * The edge normally presents the client's address as the peer. If the edge itself is the peer, on the loopback interface,
 * its `X-Forwarded-For` must count; otherwise all clients would share one address.
 */
export function behindEdge(env: Env): Env {
  return {
    ...env,
    ...COLLECTED_BY_THE_PLATFORM,
    TRUSTED_PROXIES: env.TRUSTED_PROXIES?.trim() || LOOPBACK,
  };
}
