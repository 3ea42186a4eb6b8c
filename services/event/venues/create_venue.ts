import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { explainForeignKey } from "../events/foreign_keys.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { type Organiser, targetOrganisation } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import { insertVenue, type VenueColumns, type VenueRecord } from "./venues_sql.ts";

/**
 * Creates a venue, which every organiser may use.
 *
 * @throws {DomainError} `UNAUTHORIZED`: the admin does not exist any more; `FORBIDDEN`: they may change no organisation
 */
export async function createVenue(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, columns }: { admin: Organiser; columns: VenueColumns },
): Promise<VenueRecord> {
  const organisationId = targetOrganisation(admin);
  const venueId = newId();
  const now = clock.now();
  return await transaction(sql, async (tx) => {
    const createdBy = admin.adminId;
    const venue = await insertVenue(tx, { venueId, columns, createdBy, organisationId, now });
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "venue.created",
      subject: { id: venueId, name: venue.name },
      fields: changedFields(columns),
      now,
    });
    return venue;
  }).catch(explainForeignKey);
}
