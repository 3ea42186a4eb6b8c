import type { AdminIdentity, AdminRole, PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import type { Language } from "@evently/shared/languages";
import { type Pool, transaction } from "@evently/shared/postgres";
import { findUsableInvitation, joinByInvitation } from "../organisations/accept_invitation.ts";
import type { InvitationLinks } from "../organisations/invitation_links.ts";
import type { InvitationRecord } from "../organisations/invitations_sql.ts";
import { type Admin, insertAdmin, type NewAdmin, registerAdminAccount } from "./admins_sql.ts";
import { type AdminSession, type SessionDeps, startAdminSession } from "./start_admin_session.ts";

export interface RegisterDeps extends SessionDeps {
  sql: Pool;
  clock: Clock;
  passwords: Pick<PasswordHasher, "hash">;
  /** `closed`: only super admins may register admins. */
  adminRegistration: "open" | "closed";
  invitations: Pick<InvitationLinks, "digestOf">;
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
  /** The token of an invitation, by which the account becomes a member of an organisation. */
  invitation?: string | undefined;
}

/**
 * Creates an admin account and starts its session.
 *
 * WARNING: without a super admin's token the account is an event manager's, which sees and edits its own events only,
 * and registration must be open, or an owner of an organisation have invited the address. An account of an invitation has
 * no organisation of its own.
 *
 * @throws {DomainError} `REGISTRATION_CLOSED`; `FORBIDDEN`: only a super admin may give this role; `EMAIL_TAKEN`;
 * `BAD_INVITATION`; `INVITATION_FOR_ANOTHER`
 * @throws {Unavailable} too many passwords are queued for hashing
 */
export async function registerAdmin(
  deps: RegisterDeps,
  { caller, email, password, name, phoneNumber, language, role, invitation: token }: Registration,
): Promise<AdminSession> {
  if (caller?.role !== "super_admin") {
    if (deps.adminRegistration === "closed" && !token) throw new DomainError("REGISTRATION_CLOSED");
    if (role !== "event_manager") {
      throw new DomainError("FORBIDDEN", `Forbidden: only a super_admin may register a ${role}`);
    }
  }
  const invitation = token ? await findUsableInvitation(deps, token) : undefined;
  const account = {
    adminId: newId(),
    email,
    name,
    phoneNumber,
    language,
    role,
    passwordHash: await deps.passwords.hash(password),
    now: deps.clock.now(),
  };
  const admin = invitation
    ? await registerInvited(deps, { account, invitation })
    : await registerAdminAccount(deps.sql, account);
  if (!admin) throw new DomainError("EMAIL_TAKEN", "admin");
  deps.outbox.nudge();
  return await startAdminSession(deps, admin);
}

/** Makes the account and its membership together; the mail of the invitation has verified the address. */
function registerInvited(
  { sql }: Pick<RegisterDeps, "sql">,
  { account, invitation }: { account: NewAdmin; invitation: InvitationRecord },
): Promise<Admin | undefined> {
  return transaction(sql, async (tx) => {
    const admin = await insertAdmin(tx, { ...account, isOrganisationDue: false });
    if (!admin) return undefined;
    const { adminId, email, role } = admin;
    const organiser = { adminId, role, permissions: "{}", memberships: [], named: undefined };
    await joinByInvitation(tx, { invitation, admin: organiser, email, now: account.now });
    return admin;
  });
}
