import { DomainError } from "@evently/shared/errors";
import type { AdminIdentity } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import type { EventDeps } from "../deps.ts";
import { EmailTaken, RegistrationClosed } from "../errors.ts";
import type { AdminSessionResponse, RegisterAdminRequest } from "./wire.ts";
import { insertAdmin } from "./admins_sql.ts";
import { startAdminSession } from "./start_admin_session.ts";

type RegisterDeps = Pick<
  EventDeps,
  "sql" | "clock" | "passwords" | "tokens" | "refreshTokens" | "adminRegistration"
>;

/**
 * Makes an admin account and begins its session.
 *
 * WARNING: who registers without being a super admin becomes an event manager, who sees and edits own
 * events alone, and only where registration is open.
 *
 * @param caller who registers the account; `undefined` for somebody who registers themselves
 * @throws {RegistrationClosed} registration is closed, and the caller no super admin
 * @throws {DomainError} `FORBIDDEN`: the role is one that only a super admin may give
 * @throws {EmailTaken}
 * @throws {Unavailable} too many passwords wait to be hashed
 */
export async function registerAdmin(
  deps: RegisterDeps,
  { caller, email, password, name, phone_number, role }: RegisterAdminRequest & {
    caller: AdminIdentity | undefined;
  },
): Promise<AdminSessionResponse> {
  if (caller?.role !== "super_admin") {
    if (deps.adminRegistration === "closed") throw new RegistrationClosed();
    if (role !== "event_manager") {
      throw new DomainError("FORBIDDEN", `Forbidden: only a super_admin may register a ${role}`);
    }
  }
  const admin = await insertAdmin(deps.sql, {
    admin_id: newId(),
    email,
    name,
    phone_number,
    role,
    password_hash: await deps.passwords.hash(password),
    now: deps.clock.now(),
  });
  if (!admin) throw new EmailTaken();
  return await startAdminSession(deps, admin);
}
