import {
  checkPassword,
  type LoginRequest,
  passwordStands,
  USER_ACCOUNTS,
} from "@evently/shared/auth";
import { findCredentials, replacePasswordHash } from "../accounts/users_sql.ts";
import type { UserDeps } from "../deps.ts";
import { BadCredentials } from "../errors.ts";
import { type Session, startSession } from "./start_session.ts";

/**
 * Logs a user in.
 *
 * WARNING: an unknown e-mail must cost the same work as a known one; otherwise response times reveal accounts.
 *
 * @throws {BadCredentials} unknown e-mail or wrong password, also one that was changed meanwhile
 * @throws {Unavailable} too many passwords are waiting to be verified
 */
export async function logIn(
  deps: Pick<UserDeps, "sql" | "passwords" | "tokens" | "refreshTokens">,
  { email, password }: LoginRequest,
): Promise<Session> {
  deps.passwords.assertRoom();
  const found = await findCredentials(deps.sql, email);
  const matches = await checkPassword(
    deps.passwords,
    password,
    found && {
      hash: found.passwordHash,
      replace: (newHash) => replacePasswordHash(deps.sql, { ...found, newHash }),
    },
  );
  if (!found || !matches) throw new BadCredentials();
  const session = await startSession(deps, found.user);
  const verified = { accountId: found.user.userId, since: found.passwordChangedAt };
  if (await passwordStands(deps.sql, USER_ACCOUNTS, verified)) return session;
  await deps.refreshTokens.revoke(session.refreshToken);
  throw new BadCredentials();
}
