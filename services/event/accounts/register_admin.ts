import type { AdminIdentity, AdminRole, PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import type { Language } from "@evently/shared/languages";
import type { Sql } from "@evently/shared/postgres";
import { registerAdminAccount } from "./admins_sql.ts";
import { type AdminSession, type SessionDeps, startAdminSession } from "./start_admin_session.ts";

export interface RegisterDeps extends SessionDeps {
  sql: Sql;
  clock: Clock;
  passwords: Pick<PasswordHasher, "hash">;
  /** `closed`: only super admins may register admins. */
  adminRegistration: "open" | "closed";
  /** Notified after a commit that wrote to the outbox. */
  outbox: { nudge(): void };
}

export interface Registration {
  /** The admin who registers the account; `undefined` for self-registration. */
  caller: AdminIdentity | undefined;
  email: string;
  password: string;
  name: string;
  phoneNumber?: string | undefined;
  language?: Language | undefined;
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
  { caller, email, password, name, phoneNumber, language, role }: Registration,
): Promise<AdminSession> {
  if (caller?.role !== "super_admin") {
    if (deps.adminRegistration === "closed") throw new DomainError("REGISTRATION_CLOSED");
    if (role !== "event_manager") {
      throw new DomainError("FORBIDDEN", `Forbidden: only a super_admin may register a ${role}`);
    }
  }
  const admin = await registerAdminAccount(deps.sql, {
    adminId: newId(),
    email,
    name,
    phoneNumber,
    language,
    role,
    passwordHash: await deps.passwords.hash(password),
    now: deps.clock.now(),
  });
  if (!admin) throw new DomainError("EMAIL_TAKEN", "admin");
  deps.outbox.nudge();
  return await startAdminSession(deps, admin);
}
