import type { FeedPosition } from "@evently/shared/feed_position";
import { many, type Sql } from "@evently/shared/postgres";
import { type EventRecord, selectEvents } from "../events/events_sql.ts";

/** An event as it is now, and the number of its last change in its lane. */
export interface ChangedEvent extends EventRecord {
  change: number;
}

/** The events of a lane that were changed after a number, in the order of their changes. */
export function findChangesInLane(
  sql: Sql,
  { lane, after, limit }: { lane: number; after: number; limit: number },
): Promise<ChangedEvent[]> {
  return many(
    sql<ChangedEvent[]>`
    ${selectChanged(sql)}
     WHERE c.lane = ${lane} AND c.change > ${after}
     ORDER BY c.change
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** The events that exist, in no order. */
export function findChangesOf(sql: Sql, eventIds: readonly string[]): Promise<ChangedEvent[]> {
  return many(
    sql<ChangedEvent[]>`
    ${selectChanged(sql)}
     WHERE c.event_id = ANY (${[...eventIds]}::uuid[])`,
    (row) => row,
  );
}

/** The end of the feed: the number of the last change of each lane. */
export function findFeedEnd(sql: Sql): Promise<FeedPosition> {
  return many(
    sql<{ last: number }[]>`SELECT last_change AS last FROM change_lanes ORDER BY lane`,
    ({ last }) => last,
  );
}

/** Events whose seats have changed since their last number. */
export function findSeatChanges(sql: Sql, { limit }: { limit: number }): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`SELECT event_id AS "eventId" FROM seat_changes LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}

/** Numbers the change of an event's seats, so that the feed reports it. */
export async function callNumberSeatChange(sql: Sql, eventId: string): Promise<void> {
  await sql`SELECT FROM number_seat_change(${eventId})`;
}

/** Reads number and state in one query: two queries could pair a state with the number of another. */
function selectChanged(sql: Sql) {
  return sql`
    SELECT c.change, changed.*
      FROM event_changes c
      JOIN (${selectEvents(sql)}) AS changed ON changed."eventId" = c.event_id`;
}
