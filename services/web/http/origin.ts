import { type AppEnv, schemeOf } from "@evently/shared/http";
import type { Context } from "hono";
import type { WebDeps } from "./deps.ts";

/** Where people find the platform: as configured, or as the client calls it. */
export function originOf({ publicUrl }: Pick<WebDeps, "publicUrl">, c: Context<AppEnv>): string {
  return publicUrl ?? `${schemeOf(c.req.raw, c.env)}://${new URL(c.req.url).host}`;
}
