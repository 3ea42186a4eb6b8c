import { checkPassword, type PasswordHasher } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { enqueue } from "@evently/shared/outbox";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { callerGone, type Organiser } from "../organisations/organiser.ts";
import { findAdminCredentialsOf, replaceAdminPasswordHash } from "./admins_sql.ts";
import { endAdminAccount } from "./end_admin_account.ts";
import { type AdminToErase, hasOtherSuperAdmin, lockAdmin } from "./erase_admin_sql.ts";

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
  { admin, password }: { admin: Pick<Organiser, "adminId">; password: string },
): Promise<void> {
  const { sql, clock } = deps;
  const found = await findAdminCredentialsOf(sql, admin.adminId);
  if (!found) throw callerGone();
  const matches = await checkPassword(deps.passwords, password, {
    hash: found.passwordHash,
    replace: (newHash) => replaceAdminPasswordHash(sql, { ...found, newHash }),
  });
  if (!matches) throw new DomainError("BAD_CREDENTIALS");
  const now = clock.now();
  await transaction(sql, async (tx) => {
    const account = await lockAdmin(tx, admin.adminId);
    if (!account) return;
    await assertDispensable(tx, account);
    const { orphans, ownerless, liveEvents } = await endAdminAccount(tx, { account, now });
    if (ownerless.length > 0) throw new DomainError("LAST_OWNER");
    if (liveEvents > 0) throw new DomainError("ACCOUNT_HAS_EVENTS", liveEvents);
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
