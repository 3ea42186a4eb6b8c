import type { AdminIdentity, AdminRole, PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import type { Sql } from "@evently/shared/postgres";
import { insertAdmin } from "./admins_sql.ts";
import { type AdminSession, type SessionDeps, startAdminSession } from "./start_admin_session.ts";

export interface RegisterDeps extends SessionDeps {
  sql: Sql;
  clock: Clock;
  passwords: Pick<PasswordHasher, "hash">;
  /** `closed`: only super admins may register admins. */
  adminRegistration: "open" | "closed";
}

export interface Registration {
  /** The admin who registers the account; `undefined` for self-registration. */
  caller: AdminIdentity | undefined;
  email: string;
  password: string;
  name: string;
  phoneNumber?: string | undefined;
  role: AdminRole;
}

/**
 * Creates an admin account and starts its session.
 *
 * WARNING: without a super admin's token the account is an event manager's, which sees and edits its own events only,
 * and registration must be open.
 *
 * @throws {DomainError} `REGISTRATION_CLOSED`; `FORBIDDEN`: only a super admin may give this role; `EMAIL_TAKEN`
 * @throws {Unavailable} too many passwords are queued for hashing
 */
export async function registerAdmin(
  deps: RegisterDeps,
  { caller, email, password, name, phoneNumber, role }: Registration,
): Promise<AdminSession> {
  if (caller?.role !== "super_admin") {
    if (deps.adminRegistration === "closed") throw new DomainError("REGISTRATION_CLOSED");
    if (role !== "event_manager") {
      throw new DomainError("FORBIDDEN", `Forbidden: only a super_admin may register a ${role}`);
    }
  }
  const admin = await insertAdmin(deps.sql, {
    adminId: newId(),
    email,
    name,
    phoneNumber,
    role,
    passwordHash: await deps.passwords.hash(password),
    now: deps.clock.now(),
  });
  if (!admin) throw new DomainError("EMAIL_TAKEN", "admin");
  return await startAdminSession(deps, admin);
}
