import { many, type Sql, type Tx } from "@evently/shared/postgres";

// Changes are marked by the transaction that makes them, and numbered afterwards: migrations/events_db/0008.

/**
 * Marks events whose row, ticket types or pools the transaction has changed, so that the change feed reports them. Call
 * it last, as it locks the marks until the commit. Seats that move mark their event by themselves.
 */
export async function markChanged(tx: Sql, ...eventIds: string[]): Promise<void> {
  await tx`
    INSERT INTO changed_events (event_id)
    SELECT id FROM unnest(${eventIds}::uuid[]) AS id ORDER BY id
    ON CONFLICT (event_id) DO UPDATE SET changed_at = excluded.changed_at`;
}

/** Locks a venue that the transaction changes: events that are being made there are seen by {@link markVenueChanged}. */
export async function lockVenue(tx: Tx, venueId: string): Promise<void> {
  await tx`SELECT FROM venues WHERE venue_id = ${venueId} FOR UPDATE`;
}

/** Marks all events at a locked venue that the transaction has changed. Call it last. */
export async function markVenueChanged(tx: Tx, venueId: string): Promise<void> {
  await tx`
    INSERT INTO changed_events (event_id)
    SELECT e.event_id FROM events e WHERE e.venue_id = ${venueId} ORDER BY e.event_id
    ON CONFLICT (event_id) DO UPDATE SET changed_at = excluded.changed_at`;
}

/** Marks all events of an organisation whose name the transaction has changed. Call it last. */
export async function markOrganisationChanged(tx: Tx, organisationId: string): Promise<void> {
  await tx`
    INSERT INTO changed_events (event_id)
    SELECT e.event_id FROM events e
     WHERE coalesce(e.organisation_id, e.created_by) = ${organisationId} ORDER BY e.event_id
    ON CONFLICT (event_id) DO UPDATE SET changed_at = excluded.changed_at`;
}

/** Events that changed since they were last numbered. */
export function findChangedEvents(sql: Sql, { limit }: { limit: number }): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`SELECT event_id AS "eventId" FROM changed_events LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}

/** Numbers the change of an event that is marked, so that the feed reports it. */
export async function callNumberChange(sql: Sql, eventId: string): Promise<void> {
  await sql`SELECT FROM number_change(${eventId})`;
}
