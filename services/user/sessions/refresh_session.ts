import type { UserDeps } from "../deps.ts";
import { BadRefreshToken } from "../errors.ts";
import type { Tokens } from "./start_session.ts";

/**
 * Exchanges a refresh token for new tokens.
 *
 * @throws {BadRefreshToken} the token is unknown, expired or revoked, or was used before, which ends its session
 */
export async function refreshSession(
  { tokens, refreshTokens }: Pick<UserDeps, "tokens" | "refreshTokens">,
  usedToken: string,
): Promise<Tokens> {
  const rotation = await refreshTokens.rotate(usedToken);
  if (!rotation) throw new BadRefreshToken();
  return {
    accessToken: await tokens.issueForUser(rotation.subjectId),
    refreshToken: rotation.token,
  };
}
