import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import type { AccessTokens } from "./jwt.ts";
import { readBearer } from "./bearer.ts";

/** Context variables set by {@link requireUser}. */
export interface UserVariables {
  userId: string;
}

const NO_TOKEN = "Unauthorized: missing or invalid authorization header";

/**
 * Admits only users, and sets `userId` in the context.
 *
 * WARNING: each query must also filter by owner.
 */
export function requireUser({ tokens }: { tokens: Pick<AccessTokens, "verifyUser"> }) {
  return createMiddleware<{ Variables: UserVariables }>(async function requireUser(c, next) {
    const token = readBearer(c);
    if (token === undefined) throw new DomainError("UNAUTHORIZED", NO_TOKEN);
    const userId = await tokens.verifyUser(token);
    if (userId === undefined) {
      throw new DomainError("UNAUTHORIZED", "Unauthorized: invalid token");
    }
    c.set("userId", userId);
    await next();
  });
}
