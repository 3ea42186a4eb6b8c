import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import type { AccessTokens, UserSession } from "./jwt.ts";
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
    c.set("userId", await valid(readBearer(c), (token) => tokens.verifyUser(token)));
    await next();
  });
}

/** Context variables set by {@link requireUserSession}. */
export interface SessionVariables {
  session: UserSession;
}

/** As {@link requireUser}, for answers that must end with the token: sets `session` in the context. */
export function requireUserSession({ tokens }: { tokens: Pick<AccessTokens, "verifySession"> }) {
  return createMiddleware<{ Variables: SessionVariables }>(
    async function requireUserSession(c, next) {
      c.set("session", await valid(readBearer(c), (token) => tokens.verifySession(token)));
      await next();
    },
  );
}

async function valid<Verified>(
  token: string | undefined,
  verify: (token: string) => Promise<Verified | undefined>,
): Promise<Verified> {
  if (token === undefined) throw new DomainError("UNAUTHORIZED", NO_TOKEN);
  const verified = await verify(token);
  if (verified === undefined) throw new DomainError("UNAUTHORIZED", "Unauthorized: invalid token");
  return verified;
}
