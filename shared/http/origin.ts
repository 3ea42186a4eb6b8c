import type { Context } from "hono";
import { schemeOf } from "./client_address.ts";
import type { AppEnv } from "./types.ts";

/** How the client calls us; behind a proxy that ends TLS, the scheme is the one that it reports. */
export function calledOrigin(c: Context<AppEnv>): string {
  return `${schemeOf(c.req.raw, c.env)}://${new URL(c.req.url).host}`;
}

/** Where people find the platform: as configured, or as the client calls it. */
export function originOf(
  { publicUrl }: { publicUrl?: string | undefined },
  c: Context<AppEnv>,
): string {
  return publicUrl ?? calledOrigin(c);
}
