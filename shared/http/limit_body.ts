import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./types.ts";

/**
 * Refuses larger bodies with 413. One that tells its length (RFC 9112, 6.2) is judged by that and not touched:
 * only as long as nobody has asked for its stream can the server hand it over whole.
 */
export function limitBody({ max_bytes }: { max_bytes: number }) {
  const countBytes = bodyLimit({ maxSize: max_bytes });
  return createMiddleware<AppEnv>(async function limitBody(c, next) {
    const told = c.req.header("Content-Length");
    const isTold = told !== undefined && c.req.header("Transfer-Encoding") === undefined;
    if (isTold && Number(told) <= max_bytes) return await next();
    return await countBytes(c, next);
  });
}
