import { checkPassword, type LoginRequest } from "@evently/shared/auth";
import type { EventDeps } from "../deps.ts";
import { BadCredentials } from "../errors.ts";
import type { AdminSessionResponse } from "./wire.ts";
import { findAdminCredentials, replaceAdminPasswordHash } from "./admins_sql.ts";
import { startAdminSession } from "./start_admin_session.ts";

/**
 * Logs an admin in.
 *
 * WARNING: an unknown e-mail costs the same work as a known one, or its answer would tell who is an admin.
 *
 * @throws {BadCredentials} no such admin, or another password
 * @throws {Unavailable} too many passwords wait to be verified
 */
export async function logInAdmin(
  deps: Pick<EventDeps, "sql" | "passwords" | "tokens" | "refreshTokens">,
  { email, password }: LoginRequest,
): Promise<AdminSessionResponse> {
  deps.passwords.assertRoom();
  const found = await findAdminCredentials(deps.sql, email);
  const matches = await checkPassword(
    deps.passwords,
    password,
    found && {
      hash: found.password_hash,
      replace: (newHash) => replaceAdminPasswordHash(deps.sql, { ...found, newHash }),
    },
  );
  if (!found || !matches) throw new BadCredentials();
  return await startAdminSession(deps, found.admin);
}
