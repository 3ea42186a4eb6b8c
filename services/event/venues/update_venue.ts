import type { AdminIdentity } from "@evently/shared/auth";
import { editableOwner } from "../accounts/admin_scope.ts";
import { changesOf, isEmpty } from "../events/changes.ts";
import type { EventDeps } from "../deps.ts";
import { VenueNotFound } from "../errors.ts";
import type { UpdateVenueRequest } from "./wire.ts";
import {
  findPublishedEventsAt,
  findVenue,
  updateVenueRow,
  type VenueRecord,
} from "./venues_sql.ts";

/** Events of one venue that search hears of when it changes; of the others by the change feed. */
const MAX_EVENTS_TOLD = 500;

/**
 * Changes a venue, as far as the wished values differ from the stored ones; search hears of its events, which show
 * its name and place.
 *
 * @throws {VenueNotFound} no such venue, or another organiser's
 */
export async function updateVenue(
  { sql, clock, search, publicEvents }: Pick<
    EventDeps,
    "sql" | "clock" | "search" | "publicEvents"
  >,
  { admin, venueId, wishes }: {
    admin: AdminIdentity;
    venueId: string;
    wishes: UpdateVenueRequest;
  },
): Promise<VenueRecord> {
  const scope = { venueId, owner: editableOwner(admin) };
  const stored = await findVenue(sql, scope);
  if (!stored) throw new VenueNotFound();
  const changes = changesOf(wishes, stored);
  if (isEmpty(changes)) return stored;

  const venue = await updateVenueRow(sql, { ...scope, changes, now: clock.now() });
  if (!venue) throw new VenueNotFound();
  publicEvents.forgetAll();
  const eventIds = await findPublishedEventsAt(sql, { venueId, limit: MAX_EVENTS_TOLD });
  await Promise.all(eventIds.map((eventId) => search.eventChanged(eventId)));
  return venue;
}
