import type { EventDeps } from "../deps.ts";
import type { AdminSessionResponse } from "./wire.ts";
import type { Admin } from "./admins_sql.ts";

/** Begins a session, with a refresh token of a family of its own. */
export async function startAdminSession(
  { tokens, refreshTokens }: Pick<EventDeps, "tokens" | "refreshTokens">,
  admin: Admin,
): Promise<AdminSessionResponse> {
  const { admin_id, email, name, role } = admin;
  const permissions = JSON.stringify(admin.permissions);
  const [accessToken, refreshToken] = await Promise.all([
    tokens.issueForAdmin({ admin_id, role, permissions }),
    refreshTokens.issue(admin_id),
  ]);
  return {
    admin_id,
    email,
    name,
    role,
    permissions,
    access_token: accessToken,
    refresh_token: refreshToken,
  };
}
