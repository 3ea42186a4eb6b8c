import type { AccessTokens, RefreshTokens } from "@evently/shared/auth";
import type { Admin } from "./admins_sql.ts";

export interface SessionDeps {
  tokens: Pick<AccessTokens, "issueForAdmin">;
  refreshTokens: Pick<RefreshTokens, "issue">;
}

/** An admin who has just logged in, and the tokens of the session. */
export interface AdminSession {
  admin: Admin;
  /** The admin's permissions as JSON text. */
  permissions: string;
  accessToken: string;
  refreshToken: string;
}

/** Starts a session with a new family of refresh tokens. */
export async function startAdminSession(
  { tokens, refreshTokens }: SessionDeps,
  admin: Admin,
): Promise<AdminSession> {
  const { adminId, role } = admin;
  const permissions = JSON.stringify(admin.permissions);
  const [accessToken, refreshToken] = await Promise.all([
    tokens.issueForAdmin({ adminId, role, permissions }),
    refreshTokens.issue(adminId),
  ]);
  return { admin, permissions, accessToken, refreshToken };
}
