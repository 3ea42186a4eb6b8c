import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { type Pool, transaction } from "@evently/shared/postgres";
import { markOrganisationChanged } from "../search_feed/changed_events_sql.ts";
import { endAdminAccount, type LeftBehind } from "./end_admin_account.ts";
import { lockAdmin } from "./erase_admin_sql.ts";

/**
 * Deletes an organiser again whom a restored backup has brought back. Nothing stands in the way and no mail is sent: they
 * had the right to go, and were told. A team that has no owner then, or events on sale that have no organiser, is named in
 * the log: nobody is given rights by themselves, a super admin decides.
 *
 * @returns false if another process was first
 */
export async function eraseRestoredAdmin(
  { sql, clock, log }: { sql: Pool; clock: Clock; log: Logger },
  adminId: string,
): Promise<boolean> {
  const left = await transaction(sql, async (tx): Promise<LeftBehind | undefined> => {
    const account = await lockAdmin(tx, adminId);
    if (!account) return undefined;
    const ended = await endAdminAccount(tx, { account, now: clock.now() });
    for (const organisationId of ended.orphans) await markOrganisationChanged(tx, organisationId);
    return ended;
  });
  if (!left) return false;
  for (const organisationId of left.ownerless) {
    log.warn("accounts: a team has no owner after a restore", { organisation_id: organisationId });
  }
  if (left.liveEvents > 0) {
    log.warn("accounts: events on sale have no organiser after a restore", {
      organisation_ids: left.orphans,
      events: left.liveEvents,
    });
  }
  return true;
}
