import { emailKey } from "@evently/shared/auth";
import type { Tx } from "@evently/shared/postgres";
import { changedFields } from "../organisations/changed_fields.ts";
import { MEMBER_ROLES } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import {
  type AdminToErase,
  countLiveEvents,
  deleteMemberships,
  eraseAdmin,
  eraseOrganisations,
  lockOrganisationsOf,
} from "./erase_admin_sql.ts";

/** What an organiser leaves behind; ids of organisations. */
export interface LeftBehind {
  /** Nobody belongs to them any more. */
  orphans: string[];
  /** Others belong to them, and nobody owns them. */
  ownerless: string[];
  /** How many events of the orphans are published and have not ended. */
  liveEvents: number;
}

/**
 * Deletes a locked account of an organiser with its memberships. Organisations go on with their other members; one that
 * has none keeps its events and sales without a name, and its events are to be marked as changed.
 *
 * @returns what may stand in the way: a caller that minds it fails, which takes all of it back
 */
export async function endAdminAccount(
  tx: Tx,
  { account, now }: { account: AdminToErase; now: Date },
): Promise<LeftBehind> {
  const { adminId, email, name } = account;
  const [orphans, ownerless]: [string[], string[]] = [[], []];
  let liveEvents = 0;
  for (const { organisationId, role, members, owners } of await lockOrganisationsOf(tx, adminId)) {
    if (members === 1) {
      orphans.push(organisationId);
      continue;
    }
    if (role === "owner" && owners === 1) ownerless.push(organisationId);
    await recordChange(tx, {
      by: account,
      organisationId,
      action: "member.left",
      subject: { id: adminId, name },
      fields: changedFields({ role: null }, { role }),
      roles: MEMBER_ROLES,
      now,
    });
  }
  await deleteMemberships(tx, adminId);
  if (orphans.length > 0) {
    liveEvents = await countLiveEvents(tx, { organisationIds: orphans, now });
    await eraseOrganisations(tx, { organisationIds: orphans, now });
  }
  await eraseAdmin(tx, { admin: account, emailKey: emailKey(email), now });
  return { orphans, ownerless, liveEvents };
}
