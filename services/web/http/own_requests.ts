import { type AppEnv, schemeOf } from "@evently/shared/http";
import { DomainError } from "@evently/shared/errors";
import { createMiddleware } from "hono/factory";

/**
 * Lets through only what a script of our own pages sends. Browsers set `Sec-Fetch-Site` themselves; those that do not
 * know it, or see no secure origin, send `Origin` with every POST.
 */
export function ownRequestsOnly({ publicUrl }: { publicUrl?: string | undefined }) {
  return createMiddleware<AppEnv>(async function ownRequestsOnly(c, next) {
    const site = c.req.header("Sec-Fetch-Site");
    const origin = c.req.header("Origin");
    const own = `${schemeOf(c.req.raw, c.env)}://${new URL(c.req.url).host}`;
    const isOwn = site === undefined
      ? origin !== undefined && (origin === own || origin === originOf(publicUrl))
      : site === "same-origin";
    if (!isOwn) {
      throw new DomainError("FORBIDDEN", "Forbidden: only pages of this site may ask for this");
    }
    await next();
  });
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).origin;
}
