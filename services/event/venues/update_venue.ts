import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { changedFields } from "../organisations/changed_fields.ts";
import { recordChange } from "../organisations/record_change.ts";
import { findEditableVenue } from "./find_editable_venue.ts";
import { editable, type Organiser } from "../organisations/organiser.ts";
import { changesOf, isEmpty } from "../events/values.ts";
import { lockVenue, markVenueChanged } from "../search_feed/changed_events_sql.ts";
import {
  findPublishedEventsAt,
  updateVenueRow,
  type VenueColumns,
  type VenueRecord,
} from "./venues_sql.ts";

/** The most events of a venue that are sent to search; it reads the others from the change feed. */
const MAX_EVENTS_SENT = 500;

export interface UpdateVenueDeps {
  sql: Pool;
  clock: Clock;
  search: { eventChanged(eventId: string): Promise<void> };
  webhooks: {
    /** Writes what webhooks are told of the events of a changed venue, in its transaction. */
    venueChanged(tx: Tx, venue: { venueId: string; now: Date }): Promise<void>;
    /** Told after the commit. */
    nudge(): void;
  };
  publicEvents: { forgetAll(): void };
}

export interface VenueUpdate {
  admin: Organiser;
  venueId: string;
  requested: { [Key in keyof VenueColumns]?: VenueColumns[Key] | undefined };
}

/**
 * Changes a venue, as far as the requested values differ from the stored ones, and updates the search documents of its
 * events, which show its name and place. Webhooks are told of its events that are still to end.
 *
 * @throws {DomainError} `VENUE_NOT_FOUND`: no such venue of this organiser; `FORBIDDEN`: they only read
 */
export async function updateVenue(
  { sql, clock, search, webhooks, publicEvents }: UpdateVenueDeps,
  { admin, venueId, requested }: VenueUpdate,
): Promise<VenueRecord> {
  const scope = { venueId, organisations: editable(admin) };
  const stored = await findEditableVenue({ sql }, { admin, venueId });
  const changes = changesOf<VenueColumns>(requested, stored);
  if (isEmpty(changes)) return stored;

  const now = clock.now();
  const venue = await transaction(sql, async (tx) => {
    await lockVenue(tx, venueId);
    const updated = await updateVenueRow(tx, { ...scope, changes, now });
    if (!updated) throw new DomainError("VENUE_NOT_FOUND");
    await recordChange(tx, {
      by: admin,
      organisationId: updated.organisationId,
      action: "venue.updated",
      subject: { id: venueId, name: updated.name },
      fields: changedFields(changes, stored),
      now,
    });
    await webhooks.venueChanged(tx, { venueId, now });
    await markVenueChanged(tx, venueId);
    return updated;
  });
  publicEvents.forgetAll();
  webhooks.nudge();
  const eventIds = await findPublishedEventsAt(sql, { venueId, limit: MAX_EVENTS_SENT });
  await Promise.all(eventIds.map((eventId) => search.eventChanged(eventId)));
  return venue;
}
