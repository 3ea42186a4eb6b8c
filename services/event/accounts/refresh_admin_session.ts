import type { AccessTokens, RefreshTokens } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { findAdmin } from "./admins_sql.ts";

/**
 * Exchanges a refresh token for a new pair of tokens, with the role that the admin has now.
 *
 * @throws {DomainError} `BAD_REFRESH_TOKEN`: it is unknown, expired, revoked, or was used before, which ends its session
 */
export async function refreshAdminSession(
  { sql, tokens, refreshTokens }: {
    sql: Sql;
    tokens: Pick<AccessTokens, "issueForAdmin">;
    refreshTokens: Pick<RefreshTokens, "rotate">;
  },
  refreshToken: string,
): Promise<{ accessToken: string; refreshToken: string }> {
  const rotation = await refreshTokens.rotate(refreshToken);
  const admin = rotation && await findAdmin(sql, rotation.subjectId);
  if (!admin) throw new DomainError("BAD_REFRESH_TOKEN");
  const { adminId, role } = admin;
  const permissions = JSON.stringify(admin.permissions);
  const accessToken = await tokens.issueForAdmin({ adminId, role, permissions });
  return { accessToken, refreshToken: rotation.token };
}
