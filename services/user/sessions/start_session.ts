import type { User } from "../accounts/user.ts";
import type { UserDeps } from "../deps.ts";

/** A pair of tokens of a session. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** A logged-in user and their tokens. */
export interface Session extends Tokens {
  user: User;
}

/** Starts a session with a new family of refresh tokens. */
export async function startSession(
  { tokens, refreshTokens }: Pick<UserDeps, "tokens" | "refreshTokens">,
  user: User,
): Promise<Session> {
  const [accessToken, refreshToken] = await Promise.all([
    tokens.issueForUser(user.userId),
    refreshTokens.issue(user.userId),
  ]);
  return { user, accessToken, refreshToken };
}
