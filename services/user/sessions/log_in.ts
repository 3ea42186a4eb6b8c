import { checkPassword, type LoginRequest } from "@evently/shared/auth";
import type { UserDeps } from "../deps.ts";
import { BadCredentials } from "../errors.ts";
import { findCredentials, replacePasswordHash } from "../accounts/users_sql.ts";
import { type Session, startSession } from "./start_session.ts";

/**
 * Logs a user in.
 *
 * WARNING: an unknown e-mail costs the same work as a known one, or its answer would tell who has an account.
 *
 * @throws {BadCredentials} no such user, or another password
 * @throws {Unavailable} too many passwords wait to be verified
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
      hash: found.password_hash,
      replace: (newHash) => replacePasswordHash(deps.sql, { ...found, newHash }),
    },
  );
  if (!found || !matches) throw new BadCredentials();
  return await startSession(deps, found.user);
}
