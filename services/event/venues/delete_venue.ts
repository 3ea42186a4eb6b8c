import type { AdminIdentity } from "@evently/shared/auth";
import { isForeignKeyViolation } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import type { EventDeps } from "../deps.ts";
import { VenueInUse, VenueNotFound } from "../errors.ts";
import { deleteVenueRow } from "./venues_sql.ts";

/**
 * Deletes a venue that no event names, whatever that event's status.
 *
 * @throws {VenueNotFound} no such venue, or another organiser's
 * @throws {VenueInUse}
 */
export async function deleteVenue(
  { sql }: Pick<EventDeps, "sql">,
  { admin, venueId }: { admin: AdminIdentity; venueId: string },
): Promise<void> {
  try {
    const owner = editableOwner(admin);
    if (!await deleteVenueRow(sql, { venueId, owner })) throw new VenueNotFound();
  } catch (error) {
    throw isForeignKeyViolation(error, "events_venue_id_fkey") ? new VenueInUse() : error;
  }
}
