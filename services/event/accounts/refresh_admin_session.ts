import type { EventDeps } from "../deps.ts";
import { BadRefreshToken } from "../errors.ts";
import { findAdmin } from "./admins_sql.ts";

/**
 * Trades a refresh token for a new pair of tokens, with the role that the admin has now.
 *
 * @throws {BadRefreshToken} it is unknown, expired, revoked, or was used before, which ends its session
 */
export async function refreshAdminSession(
  { sql, tokens, refreshTokens }: Pick<EventDeps, "sql" | "tokens" | "refreshTokens">,
  refreshToken: string,
): Promise<{ access_token: string; refresh_token: string }> {
  const rotation = await refreshTokens.rotate(refreshToken);
  const admin = rotation && await findAdmin(sql, rotation.subject_id);
  if (!admin) throw new BadRefreshToken();
  const { admin_id, role } = admin;
  const permissions = JSON.stringify(admin.permissions);
  return {
    access_token: await tokens.issueForAdmin({ admin_id, role, permissions }),
    refresh_token: rotation.token,
  };
}
