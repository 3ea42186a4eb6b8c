/** The queues of events, and what the worker reads of them. */
import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { WaitlistEntry } from "./entry.ts";
import {
  entryColumns,
  type EntryRow,
  isActive,
  isStill,
  queueColumns,
  type QueueRow,
  toEntry,
  toQueue,
} from "./rows.ts";
import type { WaitlistQueue, WaitlistStore } from "./store.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

export function findQueue(sql: Sql, eventId: string): Promise<WaitlistQueue | undefined> {
  return one(
    sql<QueueRow[]>`SELECT ${
      queueColumns(sql)
    } FROM waitlist_queues q WHERE q.event_id = ${eventId}`,
    toQueue,
  );
}

export function listOpenQueues(
  sql: Sql,
  { after, limit }: Input<"listOpenQueues">,
): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`
      SELECT q.event_id FROM waitlist_queues q
       WHERE q.is_open ${after ? sql`AND q.event_id > ${after}` : sql``}
       ORDER BY q.event_id
       LIMIT ${limit}`,
    ({ event_id }) => event_id,
  );
}

export function listUnfinished(
  sql: Sql,
  { eventId, joiningBefore, limit }: Input<"listUnfinished">,
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)} FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.status IN ('joining', 'offering')
         AND (w.status = 'offering' OR w.joined_at < ${joiningBefore})
       ORDER BY w.place
       LIMIT ${limit}`,
    toEntry,
  );
}

export function listWaiting(
  sql: Sql,
  { eventId, ticketTypeIds, after, limit }: Input<"listWaiting">,
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)} FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.place > ${after} AND w.status = 'waiting'
         AND w.ticket_type_ids && ${ticketTypeIds}::uuid[]
       ORDER BY w.place
       LIMIT ${limit}`,
    toEntry,
  );
}

export function hasWaiting(
  sql: Sql,
  { eventId, ticketTypeId }: Input<"hasWaiting">,
): Promise<boolean> {
  return exactlyOne(
    sql<{ waits: boolean }[]>`
      SELECT EXISTS (
        SELECT FROM waitlist_entries w
         WHERE w.event_id = ${eventId} AND ${isActive(sql)}
           AND (w.status <> 'offered' OR w.offer_is_last OR w.offer_quantity < w.quantity)
           AND w.ticket_type_ids @> ARRAY[${ticketTypeId}::uuid]
      ) AS waits`,
    ({ waits }) => waits,
  );
}

/** Lists what is to be closed by place, and locks it by id, as every statement does. */
export async function close(
  sql: Sql,
  { eventId, entryIds, wantingOnly, reason, limit }: Input<"close">,
): Promise<number> {
  const closed = await sql`
    WITH picked AS MATERIALIZED (
      SELECT w.entry_id FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND ${
    entryIds
      ? sql`w.entry_id = ANY (${entryIds}::uuid[]) AND ${isStill(sql, "joining", "waiting")}`
      : sql`${isActive(sql)} AND w.status IN ('joining', 'waiting')`
  }
         ${wantingOnly ? sql`AND w.ticket_type_ids <@ ${wantingOnly}::uuid[]` : sql``}
       ORDER BY w.place
       LIMIT ${limit}
    ), locked AS MATERIALIZED (
      SELECT w.entry_id FROM waitlist_entries w JOIN picked USING (entry_id)
       WHERE w.event_id = ${eventId} AND ${isStill(sql, "joining", "waiting")}
       ORDER BY w.entry_id
         FOR UPDATE OF w
    )
    UPDATE waitlist_entries w
       SET status = 'closed', closed_reason = ${reason}
      FROM locked
     WHERE w.entry_id = locked.entry_id AND w.event_id = ${eventId} AND ${
    isStill(sql, "joining", "waiting")
  }`;
  return closed.count;
}

/** Each join raises the last place, so one that commits meanwhile keeps the queue open. */
export async function closeQueue(
  sql: Sql,
  { eventId, joinedBefore }: Input<"closeQueue">,
): Promise<boolean> {
  const left = await one(
    sql<{ is_open: boolean }[]>`
      WITH seen AS MATERIALIZED (
        SELECT q.last_place, q.is_open, q.joined_at FROM waitlist_queues q WHERE q.event_id = ${eventId}
      ), idle AS MATERIALIZED (
        SELECT seen.last_place FROM seen
         WHERE NOT EXISTS (SELECT FROM waitlist_entries w WHERE w.event_id = ${eventId} AND ${
      isActive(sql)
    })
           AND (seen.joined_at IS NULL OR seen.joined_at < ${joinedBefore})
      ), closed AS (
        UPDATE waitlist_queues q SET is_open = false
          FROM idle
         WHERE q.event_id = ${eventId} AND q.last_place = idle.last_place AND q.is_open
        RETURNING q.is_open
      )
      SELECT seen.is_open AND closed.is_open IS NULL AS is_open FROM seen LEFT JOIN closed ON true`,
    ({ is_open }) => is_open,
  );
  return left !== true;
}

export function setPaused(
  sql: Sql,
  { eventId, isPaused, now }: Input<"setPaused">,
): Promise<WaitlistQueue> {
  const pausedAt = isPaused ? now : null;
  return exactlyOne(
    sql<QueueRow[]>`
      INSERT INTO waitlist_queues AS q (event_id, version, is_open, paused_at)
      SELECT ${eventId}, 1, false, ${pausedAt}::timestamptz
      ON CONFLICT (event_id) DO UPDATE
        SET version = q.version + 1,
            paused_at = CASE WHEN EXCLUDED.paused_at IS NOT NULL THEN coalesce(q.paused_at, EXCLUDED.paused_at) END
      RETURNING ${queueColumns(sql)}`,
    toQueue,
  );
}

export function listEventsWithLines(
  sql: Sql,
  { since, limit }: Input<"listEventsWithLines">,
): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`
      SELECT q.event_id FROM waitlist_queues q WHERE q.claimed_at >= ${since}
       UNION
      SELECT q.event_id FROM waitlist_queues q WHERE q.is_open
       ORDER BY event_id
       LIMIT ${limit}`,
    ({ event_id }) => event_id,
  );
}

export function listClaimants(
  sql: Sql,
  { eventId, since, limit }: Input<"listClaimants">,
): Promise<string[]> {
  return many(
    sql<{ user_id: string }[]>`
      SELECT w.user_id FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.status = 'offered'
       UNION
      SELECT b.user_id
        FROM waitlist_claims c
        JOIN bookings b ON b.booking_id = c.offer_id AND b.event_id = c.event_id
       WHERE c.event_id = ${eventId} AND c.claimed_at >= ${since}
       LIMIT ${limit}`,
    ({ user_id }) => user_id,
  );
}
