import type { EventDeps } from "../deps.ts";
import { VenueNotFound } from "../errors.ts";
import type { UpdateVenueRequest } from "../schemas/venue.ts";
import { withoutUndefined } from "../sparse.ts";
import { findPublishedEventsAt, updateVenueRow, type VenueRecord } from "../store/venues.ts";

/** Events of one venue that search hears of when it changes; of the others by the change feed. */
const MAX_EVENTS_TOLD = 500;

/**
 * Changes a venue; search hears of its events, which show its name and place.
 *
 * @throws {VenueNotFound}
 */
export async function updateVenue(
  { sql, clock, search, publicEvents }: Pick<
    EventDeps,
    "sql" | "clock" | "search" | "publicEvents"
  >,
  { venueId, changes }: { venueId: string; changes: UpdateVenueRequest },
): Promise<VenueRecord> {
  const venue = await updateVenueRow(sql, {
    venueId,
    changes: withoutUndefined(changes),
    now: clock.now(),
  });
  if (!venue) throw new VenueNotFound();
  publicEvents.forgetAll();
  const eventIds = await findPublishedEventsAt(sql, { venueId, limit: MAX_EVENTS_TOLD });
  await Promise.all(eventIds.map((eventId) => search.eventChanged(eventId)));
  return venue;
}
