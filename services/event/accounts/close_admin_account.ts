import { checkPassword, emailKey, type PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { enqueue } from "@evently/shared/outbox";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { changedFields } from "../organisations/changed_fields.ts";
import { callerGone, MEMBER_ROLES, type Organiser } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import { withMemberships } from "../organisations/with_memberships.ts";
import { findAdminCredentialsOf, replaceAdminPasswordHash } from "./admins_sql.ts";
import {
  type AdminToErase,
  countLiveEvents,
  deleteMemberships,
  eraseAdmin,
  eraseOrganisations,
  hasOtherSuperAdmin,
  type LeftOrganisation,
  lockAdmin,
  lockOrganisationsOf,
} from "./erase_admin_sql.ts";

export interface CloseAdminDeps {
  sql: Pool;
  clock: Clock;
  passwords: Pick<PasswordHasher, "assertRoom" | "hash" | "verify">;
  publicEvents: { forgetAll(): void };
  /** Marks the events of an organisation, which show its name, for the change feed; at the end of the transaction. */
  eventsChanged(tx: Tx, organisationId: string): Promise<void>;
  /** Notified after a commit that wrote to the outbox. */
  outbox: { nudge(): void };
}

/**
 * Deletes the account of an organiser. Name, address, phone number, password and sessions are gone when this returns, as
 * are their names in the logs of changes. Organisations go on with their other members; one that has none keeps its events
 * and sales without a name.
 *
 * @throws {DomainError} `UNAUTHORIZED`: there is no such account any more; `WRONG_PASSWORD`; `ACCOUNT_HAS_EVENTS`: nobody
 * else belongs to an organisation whose events are published and have not ended; `LAST_OWNER`: others belong to one that
 * they alone own; `LAST_SUPER_ADMIN`
 */
export async function closeAdminAccount(
  deps: CloseAdminDeps,
  { admin, password }: { admin: Organiser; password: string },
): Promise<void> {
  const { sql, clock } = deps;
  const found = await findAdminCredentialsOf(sql, admin.adminId);
  if (!found) throw callerGone();
  const matches = await checkPassword(deps.passwords, password, {
    hash: found.passwordHash,
    replace: (newHash) => replaceAdminPasswordHash(sql, { ...found, newHash }),
  });
  if (!matches) throw new DomainError("BAD_CREDENTIALS");
  const by = await withMemberships(deps, admin, { mustExist: true });
  const now = clock.now();
  await transaction(sql, async (tx) => {
    const account = await lockAdmin(tx, admin.adminId);
    if (!account) return;
    await assertDispensable(tx, account);
    const organisations = await lockOrganisationsOf(tx, account.adminId);
    const orphans = await leaveOrganisations(tx, { by, account, organisations, now });
    if (orphans.length > 0) {
      const live = await countLiveEvents(tx, { organisationIds: orphans, now });
      if (live > 0) throw new DomainError("ACCOUNT_HAS_EVENTS", live);
      await eraseOrganisations(tx, { organisationIds: orphans, now });
    }
    await eraseAdmin(tx, { admin: account, emailKey: emailKey(account.email), now });
    await enqueue(tx, {
      topic: "account.erased",
      subjectId: account.adminId,
      eventId: account.adminId,
      payload: { email: account.email, name: account.name, language: account.language },
      now,
    });
    for (const organisationId of orphans) await deps.eventsChanged(tx, organisationId);
  });
  deps.publicEvents.forgetAll();
  deps.outbox.nudge();
}

async function assertDispensable(tx: Tx, { adminId, role }: AdminToErase): Promise<void> {
  if (role !== "super_admin" || await hasOtherSuperAdmin(tx, adminId)) return;
  throw new DomainError("LAST_SUPER_ADMIN");
}

/**
 * Ends the memberships of an account.
 *
 * @returns the organisations that nobody belongs to any more
 * @throws {DomainError} `LAST_OWNER`
 */
async function leaveOrganisations(
  tx: Tx,
  { by, account, organisations, now }: {
    by: Organiser;
    account: AdminToErase;
    organisations: readonly LeftOrganisation[];
    now: Date;
  },
): Promise<string[]> {
  const { adminId, name } = account;
  const orphans: string[] = [];
  for (const { organisationId, role, members, owners } of organisations) {
    if (members === 1) {
      orphans.push(organisationId);
      continue;
    }
    if (role === "owner" && owners === 1) throw new DomainError("LAST_OWNER");
    await recordChange(tx, {
      by,
      organisationId,
      action: "member.left",
      subject: { id: adminId, name },
      fields: changedFields({ role: null }, { role }),
      roles: MEMBER_ROLES,
      now,
    });
  }
  await deleteMemberships(tx, adminId);
  return orphans;
}
