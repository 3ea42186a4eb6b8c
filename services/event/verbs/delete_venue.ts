import { isForeignKeyViolation } from "@evently/shared/postgres";
import type { EventDeps } from "../deps.ts";
import { VenueInUse, VenueNotFound } from "../errors.ts";
import { deleteVenueRow } from "../store/venues.ts";

/**
 * Deletes a venue that no event names, whatever that event's status.
 *
 * @throws {VenueNotFound}
 * @throws {VenueInUse}
 */
export async function deleteVenue(
  { sql }: Pick<EventDeps, "sql">,
  { venueId }: { venueId: string },
): Promise<void> {
  try {
    if (!await deleteVenueRow(sql, venueId)) throw new VenueNotFound();
  } catch (error) {
    throw isForeignKeyViolation(error, "events_venue_id_fkey") ? new VenueInUse() : error;
  }
}
