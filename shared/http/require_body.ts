import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors.ts";
import type { AppEnv } from "./types.ts";

/**
 * Refuses a request without a body, for routes all of whose fields may be left out: `{}` says that nothing is to
 * change, nothing at all is a mistake.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function requireBody() {
  return createMiddleware<AppEnv>(async function requireBody(c: Context<AppEnv>, next) {
    if (await c.req.text() === "") {
      throw new DomainError("VALIDATION_FAILED", "Request body is required");
    }
    await next();
  });
}
