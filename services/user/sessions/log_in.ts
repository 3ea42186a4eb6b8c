import {
  checkPassword,
  type LoginRequest,
  type PasswordHasher,
  passwordStands,
  USER_ACCOUNTS,
} from "@evently/shared/auth";
import { isForeignKeyViolation } from "@evently/shared/postgres";
import { findCredentials, replacePasswordHash } from "../accounts/users_sql.ts";
import type { UserDeps } from "../deps.ts";
import { BadCredentials } from "../errors.ts";
import { type Session, startSession } from "./start_session.ts";

/**
 * Logs a user in.
 *
 * WARNING: an unknown e-mail must cost the same work as a known one; otherwise response times reveal accounts.
 *
 * @throws {BadCredentials} unknown e-mail or wrong password, also one that was changed or deleted meanwhile
 * @throws {Unavailable} too many passwords are waiting to be verified
 */
export async function logIn(
  deps: Pick<UserDeps, "sql" | "tokens" | "refreshTokens"> & {
    passwords: Pick<PasswordHasher, "assertRoom" | "hash" | "verify">;
  },
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
  const session = await startSession(deps, found.user).catch(explainGone);
  const verified = { accountId: found.user.userId, since: found.passwordChangedAt };
  if (await passwordStands(deps.sql, USER_ACCOUNTS, verified)) return session;
  await deps.refreshTokens.revoke(session.refreshToken);
  throw new BadCredentials();
}

/** @throws {BadCredentials} the account was deleted meanwhile */
function explainGone(error: unknown): never {
  throw isForeignKeyViolation(error, "refresh_tokens_subject_id_fkey")
    ? new BadCredentials()
    : error;
}
