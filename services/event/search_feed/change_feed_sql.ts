import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { type EventRecord, selectEvents } from "../events/events_sql.ts";

/** An event as it is now, and the number of its last change. */
export interface ChangedEvent extends EventRecord {
  change: number;
}

/** The events changed after a number, in the order of their changes; see migrations/events_db/0006. */
export function findChangesAfter(
  sql: Sql,
  { after, limit }: { after: number; limit: number },
): Promise<ChangedEvent[]> {
  return many(
    sql<ChangedEvent[]>`
    ${selectChanged(sql)}
     WHERE c.change > ${after}
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

/** The number of the last change of any event. */
export function lastChange(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ last: number }[]>`SELECT last_change AS last FROM change_counter`,
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
  await sql`SELECT number_seat_change(${eventId})`;
}

/** Reads number and state in one query: two queries could pair a state with the number of another. */
function selectChanged(sql: Sql) {
  return sql`
    SELECT c.change, changed.*
      FROM event_changes c
      JOIN (${selectEvents(sql)}) AS changed ON changed."eventId" = c.event_id`;
}
