import type { Tx } from "@evently/shared/postgres";

/**
 * Numbers a change of these events, so that the change feed reports them: events whose row, ticket types or pools the
 * transaction has changed. Call it last, as it locks the events' lanes until the commit; see
 * migrations/events_db/0008.
 */
export async function callNumberChanges(tx: Tx, ...eventIds: string[]): Promise<void> {
  await tx`SELECT FROM number_changes(${eventIds}::uuid[])`;
}

/** Numbers a change of all events at a venue that the transaction has changed. Call it last. */
export async function callNumberVenueChange(tx: Tx, venueId: string): Promise<void> {
  await tx`SELECT FROM number_venue_change(${venueId})`;
}
