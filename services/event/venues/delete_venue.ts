import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { isForeignKeyViolation, type Pool, transaction } from "@evently/shared/postgres";
import type { Organiser } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import { findEditableVenue } from "./find_editable_venue.ts";
import { deleteVenueRow } from "./venues_sql.ts";

/**
 * Deletes a venue without events; past and cancelled ones count.
 *
 * @throws {DomainError} `VENUE_NOT_FOUND`: no such venue of this organiser; `FORBIDDEN`: they only read; `VENUE_IN_USE`
 */
export async function deleteVenue(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, venueId }: { admin: Organiser; venueId: string },
): Promise<void> {
  const { organisationId, name } = await findEditableVenue({ sql }, { admin, venueId });
  await transaction(sql, async (tx) => {
    if (!await deleteVenueRow(tx, venueId)) throw new DomainError("VENUE_NOT_FOUND");
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "venue.deleted",
      subject: { id: venueId, name },
      now: clock.now(),
    });
  }).catch((error) => {
    if (isForeignKeyViolation(error, "events_venue_id_fkey")) throw new DomainError("VENUE_IN_USE");
    throw error;
  });
}
