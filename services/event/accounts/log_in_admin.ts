import {
  ADMIN_ACCOUNTS,
  checkPassword,
  type PasswordHasher,
  passwordStands,
  type RefreshTokens,
} from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { findAdminCredentials, replaceAdminPasswordHash } from "./admins_sql.ts";
import { type AdminSession, type SessionDeps, startAdminSession } from "./start_admin_session.ts";

interface LoginDeps extends SessionDeps {
  sql: Sql;
  passwords: Pick<PasswordHasher, "assertRoom" | "hash" | "verify">;
  refreshTokens: Pick<RefreshTokens, "issue" | "revoke">;
}

/**
 * Logs an admin in.
 *
 * WARNING: an unknown e-mail must cost the same work as a known one, or the time of the answer reveals who is an admin.
 *
 * @throws {DomainError} `BAD_CREDENTIALS`
 * @throws {Unavailable} too many passwords are queued for verification
 */
export async function logInAdmin(
  deps: LoginDeps,
  { email, password }: { email: string; password: string },
): Promise<AdminSession> {
  deps.passwords.assertRoom();
  const found = await findAdminCredentials(deps.sql, email);
  const matches = await checkPassword(
    deps.passwords,
    password,
    found && {
      hash: found.passwordHash,
      replace: (newHash) => replaceAdminPasswordHash(deps.sql, { ...found, newHash }),
    },
  );
  if (!found || !matches) throw new DomainError("BAD_CREDENTIALS");
  const session = await startAdminSession(deps, found.admin);
  const verified = { accountId: found.admin.adminId, since: found.passwordChangedAt };
  if (await passwordStands(deps.sql, ADMIN_ACCOUNTS, verified)) return session;
  await deps.refreshTokens.revoke(session.refreshToken);
  throw new DomainError("BAD_CREDENTIALS");
}
