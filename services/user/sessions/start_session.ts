import type { UserDeps } from "../deps.ts";
import type { User } from "../accounts/user.ts";

/** A user who is logged in, with the tokens that prove it. */
export interface Session {
  user: User;
  access_token: string;
  refresh_token: string;
}

/** Begins a session, with a refresh token of a family of its own. */
export async function startSession(
  { tokens, refreshTokens }: Pick<UserDeps, "tokens" | "refreshTokens">,
  user: User,
): Promise<Session> {
  const [accessToken, refreshToken] = await Promise.all([
    tokens.issueForUser(user.user_id),
    refreshTokens.issue(user.user_id),
  ]);
  return { user, access_token: accessToken, refresh_token: refreshToken };
}
