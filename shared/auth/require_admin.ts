import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import type { AccessTokens, AdminIdentity, AdminRole } from "./jwt.ts";
import { readBearer } from "./bearer.ts";

/** What a route behind {@link requireAdmin} finds in its context. */
export interface AdminVariables {
  admin: AdminIdentity;
}

/** Whose tokens count, and which roles may pass (all, where none are named). */
export interface RequireAdminOptions {
  tokens: Pick<AccessTokens, "verifyAdmin">;
  roles?: readonly AdminRole[];
}

const NO_TOKEN = "Unauthorized: missing or invalid authorization header";

/**
 * Lets only admins of the given roles in, and puts `admin` into the context.
 *
 * WARNING: whose events an admin may see or edit is decided by each verb.
 */
export function requireAdmin({ tokens, roles }: RequireAdminOptions) {
  return createMiddleware<{ Variables: AdminVariables }>(async function requireAdmin(c, next) {
    const token = readBearer(c);
    if (token === undefined) throw new DomainError("UNAUTHORIZED", NO_TOKEN);
    const admin = await tokens.verifyAdmin(token);
    if (admin === undefined) {
      throw new DomainError("UNAUTHORIZED", "Unauthorized: invalid admin token");
    }
    if (roles && !roles.includes(admin.role)) {
      throw new DomainError("FORBIDDEN", `Forbidden: role ${admin.role} may not do this`);
    }
    c.set("admin", admin);
    await next();
  });
}
