import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { type EventRecord, selectEvents } from "../events/events_sql.ts";

/** An event as it is now, and the number of its last change. */
export interface ChangedEvent extends EventRecord {
  change: number;
}

/** The events that have changed after a number, in the order of their changes; see migrations/events_db/0006. */
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

/** Those of the events that exist, in no order. */
export function findChangesOf(sql: Sql, eventIds: readonly string[]): Promise<ChangedEvent[]> {
  return many(
    sql<ChangedEvent[]>`
    ${selectChanged(sql)}
     WHERE c.event_id = ANY (${[...eventIds]}::uuid[])`,
    (row) => row,
  );
}

/** The number of the last change of all. */
export function lastChange(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ last_change: number }[]>`SELECT last_change FROM change_counter`,
    ({ last_change }) => last_change,
  );
}

/** Events whose seats have changed since their last number. */
export function findSeatChanges(sql: Sql, { limit }: { limit: number }): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`SELECT event_id FROM seat_changes LIMIT ${limit}`,
    ({ event_id }) => event_id,
  );
}

/** Numbers the change of an event's seats, so that the feed tells it. */
export async function callNumberSeatChange(sql: Sql, eventId: string): Promise<void> {
  await sql`SELECT number_seat_change(${eventId})`;
}

/** Number and state of one moment: two queries could pair a state with the number of another. */
function selectChanged(sql: Sql) {
  return sql`
    SELECT c.change, changed.*
      FROM event_changes c
      JOIN (${selectEvents(sql)}) AS changed USING (event_id)`;
}
