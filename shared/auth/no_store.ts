import { createMiddleware } from "hono/factory";

/** Sets `Cache-Control: no-store` on responses that contain tokens (RFC 6749, 5.1). */
export function noStore() {
  return createMiddleware(async function noStore(c, next) {
    await next();
    c.res.headers.set("Cache-Control", "no-store");
  });
}
