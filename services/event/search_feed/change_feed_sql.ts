import type { FeedPosition } from "@evently/shared/feed_position";
import { laneOf } from "@evently/shared/lanes";
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
    WITH c AS MATERIALIZED (
      SELECT event_id, change FROM event_changes
       WHERE lane = ${lane} AND change > ${after}
       ORDER BY change
       LIMIT ${limit}
    )
    ${selectChanged(sql)}
     ORDER BY c.change`,
    (row) => row,
  );
}

/** What is to be read of a lane: the changes after a number, up to another one. */
export interface LaneSpan {
  lane: number;
  after: number;
  last: number;
}

/** The events whose last change is in these spans, in the order of their changes. Reads all of them: spans are short. */
export function findChangesInSpans(sql: Sql, spans: readonly LaneSpan[]): Promise<ChangedEvent[]> {
  const lanes = spans.map(({ lane }) => lane);
  const afters = spans.map(({ after }) => after);
  const lasts = spans.map(({ last }) => last);
  // No more can be there, which lets the planner look the events up one by one.
  const changes = spans.reduce((sum, { after, last }) => sum + last - after, 0);
  return many(
    sql<ChangedEvent[]>`
    WITH c AS MATERIALIZED (
      SELECT e.event_id, e.change
        FROM unnest(${lanes}::integer[], ${afters}::bigint[], ${lasts}::bigint[]) AS span (lane, after, last)
        JOIN event_changes e ON e.lane = span.lane AND e.change > span.after AND e.change <= span.last
       LIMIT ${changes}
    )
    ${selectChanged(sql)}
     ORDER BY c.change`,
    (row) => row,
  );
}

/** The events that exist, in no order. */
export function findChangesOf(sql: Sql, eventIds: readonly string[]): Promise<ChangedEvent[]> {
  return many(
    sql<ChangedEvent[]>`
    WITH c AS MATERIALIZED (
      SELECT event_id, change FROM event_changes
       WHERE (lane, event_id) IN (
         SELECT * FROM unnest(${eventIds.map(laneOf)}::integer[], ${[...eventIds]}::uuid[]))
    )
    ${selectChanged(sql)}`,
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

/**
 * The rest of a statement whose CTE of numbers is called `c`. Number and state are read in one statement: two could pair
 * a state with the number of a later one. Where the tables are distributed, the number is read first.
 */
function selectChanged(sql: Sql) {
  return sql`
    SELECT c.change, changed.*
      FROM c
      JOIN (${selectEvents(sql)}) AS changed ON changed."eventId" = c.event_id`;
}
