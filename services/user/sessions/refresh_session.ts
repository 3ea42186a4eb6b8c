import type { UserDeps } from "../deps.ts";
import { BadRefreshToken } from "../errors.ts";

/**
 * Trades a refresh token for a new pair of tokens.
 *
 * @throws {BadRefreshToken} it is unknown, expired, revoked, or was used before, which ends its session
 */
export async function refreshSession(
  { tokens, refreshTokens }: Pick<UserDeps, "tokens" | "refreshTokens">,
  refreshToken: string,
): Promise<{ access_token: string; refresh_token: string }> {
  const rotation = await refreshTokens.rotate(refreshToken);
  if (!rotation) throw new BadRefreshToken();
  return {
    access_token: await tokens.issueForUser(rotation.subject_id),
    refresh_token: rotation.token,
  };
}
