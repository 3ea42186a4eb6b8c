import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import type { AccessTokens, AdminIdentity, AdminRole } from "./jwt.ts";
import { readBearer } from "./bearer.ts";

/** Context variables set by {@link requireAdmin}. */
export interface AdminVariables {
  admin: AdminIdentity;
}

/** Options of {@link requireAdmin}; without `roles` all may pass. */
export interface RequireAdminOptions {
  tokens: Pick<AccessTokens, "verifyAdmin">;
  roles?: readonly AdminRole[];
}

const NO_TOKEN = "Unauthorized: missing or invalid authorization header";

/**
 * Admits only admins of the given roles, and sets `admin` in the context.
 *
 * WARNING: each verb must check which events the admin may see or edit.
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
