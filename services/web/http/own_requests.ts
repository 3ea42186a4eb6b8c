import { type AppEnv, calledOrigin } from "@evently/shared/http";
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
    const own = calledOrigin(c);
    const configured = publicUrl && new URL(publicUrl).origin;
    const isOwn = site === undefined
      ? origin !== undefined && (origin === own || origin === configured)
      : site === "same-origin";
    if (!isOwn) {
      throw new DomainError("FORBIDDEN", "Forbidden: only pages of this site may ask for this");
    }
    await next();
  });
}
