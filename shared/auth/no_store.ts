import { createMiddleware } from "hono/factory";

/** Forbids caches to keep the answers of a route that hands out tokens (RFC 6749, 5.1). */
export function noStore() {
  return createMiddleware(async function noStore(c, next) {
    await next();
    c.res.headers.set("Cache-Control", "no-store");
  });
}
