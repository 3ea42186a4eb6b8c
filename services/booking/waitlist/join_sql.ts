import { arrayLiteral, many, type Sql } from "@evently/shared/postgres";
import type { WaitlistEntry } from "./entry.ts";
import { factOf } from "./facts_sql.ts";
import { ACTIVE, entryColumns, type EntryRow, isStill, toEntry } from "./rows.ts";
import type { NewEntry, WaitlistStore } from "./store.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

/** A wish is left over only if another process changes the entry of its user meanwhile. */
const MAX_JOIN_ATTEMPTS = 8;

/**
 * Inserts all entries by one statement that locks the queue, so that places follow the order of the batch. A wish of a
 * user who has an active entry takes no place.
 */
export async function join(sql: Sql, { entries, now }: Input<"join">): Promise<WaitlistEntry[]> {
  const byUser = new Map<string, WaitlistEntry>();
  let open = firstOfEachUser(entries);
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === MAX_JOIN_ATTEMPTS) throw new Error("entries could not be inserted");
    for (const entry of await insertOrFind(sql, { entries: open, now })) {
      byUser.set(entry.userId, entry);
    }
    open = open.filter(({ userId }) => !byUser.has(userId));
    // Entries that other processes inserted while this one waited for the queue.
    const found = open.length === 0 ? [] : await findActive(sql, open);
    for (const entry of found) byUser.set(entry.userId, entry);
    open = open.filter(({ userId }) => !byUser.has(userId));
  }
  return entries.map(({ userId }) => byUser.get(userId)!);
}

function firstOfEachUser(entries: readonly NewEntry[]): NewEntry[] {
  const users = new Set<string>();
  return entries.filter(({ userId }) => !users.has(userId) && users.add(userId));
}

/**
 * Returns the entries that were inserted, those that were active before, and repeated ones by their id. The latest entry
 * of each user is looked up, as the active one is, and each entry by its id: joined to the table, or as a list of ids, all
 * of a long line might be read.
 */
function insertOrFind(sql: Sql, { entries, now }: Input<"join">): Promise<WaitlistEntry[]> {
  const eventId = entries[0]!.eventId;
  return many(
    sql<EntryRow[]>`
      WITH given AS MATERIALIZED (
        SELECT g.entry_id, g.user_id, g.ticket_type_ids, g.quantity, g.min_quantity, g.n
          FROM unnest(
            ${entries.map(({ entryId }) => entryId)}::uuid[],
            ${entries.map(({ userId }) => userId)}::uuid[],
            ${entries.map(({ ticketTypeIds }) => arrayLiteral(ticketTypeIds))}::text[],
            ${entries.map(({ quantity }) => quantity)}::integer[],
            ${entries.map(({ minQuantity }) => minQuantity)}::integer[]
          ) WITH ORDINALITY AS g (entry_id, user_id, ticket_type_ids, quantity, min_quantity, n)
      ), existing AS MATERIALIZED (
        SELECT w.* FROM given g CROSS JOIN LATERAL (${latestOf(sql, eventId)}) AS w
         WHERE ${isStill(sql, ...ACTIVE)}
        UNION
        SELECT w.* FROM given g
         CROSS JOIN LATERAL (
           SELECT * FROM waitlist_entries e
            WHERE e.entry_id = g.entry_id AND e.event_id = ${eventId}
            LIMIT 1
         ) AS w
      ), fresh AS MATERIALIZED (
        SELECT g.*, row_number() OVER (ORDER BY g.n) AS turn, count(*) OVER () AS turns
          FROM given g LEFT JOIN existing w ON w.user_id = g.user_id
         WHERE w.user_id IS NULL
      ), queue AS (
        INSERT INTO waitlist_queues AS q (event_id, last_place, joined_at, is_open)
        SELECT ${eventId}, f.turns, ${now}, true FROM fresh f WHERE f.turn = 1
        ON CONFLICT (event_id) DO UPDATE
          SET last_place = q.last_place + EXCLUDED.last_place, is_open = true,
              joined_at = greatest(q.joined_at, EXCLUDED.joined_at)
        RETURNING q.last_place
      ), inserted AS (
        INSERT INTO waitlist_entries AS w
          (entry_id, event_id, user_id, ticket_type_ids, quantity, min_quantity, place, status, joined_at)
        SELECT f.entry_id, ${eventId}, f.user_id, f.ticket_type_ids::uuid[], f.quantity, f.min_quantity,
               queue.last_place - f.turns + f.turn, 'joining', ${now}
          FROM fresh f CROSS JOIN queue
        ON CONFLICT DO NOTHING
        RETURNING w.*
      )
      SELECT ${entryColumns(sql)} FROM inserted w
      UNION ALL
      SELECT ${entryColumns(sql)} FROM existing w`,
    toEntry,
  );
}

function findActive(sql: Sql, entries: readonly NewEntry[]): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)}
        FROM unnest(${entries.map(({ userId }) => userId)}::uuid[]) AS g (user_id)
       CROSS JOIN LATERAL (${latestOf(sql, entries[0]!.eventId)}) AS w
       WHERE ${isStill(sql, ...ACTIVE)}`,
    toEntry,
  );
}

/** The latest entry of the user `g`: the active one, if any is. */
function latestOf(sql: Sql, eventId: string) {
  return sql`
    SELECT * FROM waitlist_entries e
     WHERE e.user_id = g.user_id AND e.event_id = ${eventId}
     ORDER BY e.place DESC
     LIMIT 1`;
}

export function admit(
  sql: Sql,
  { eventId, entryIds, now }: Input<"admit">,
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      WITH locked AS MATERIALIZED (
        SELECT w.entry_id FROM waitlist_entries w
         WHERE w.event_id = ${eventId} AND w.entry_id = ANY (${entryIds}::uuid[]) AND ${
      isStill(sql, "joining")
    }
         ORDER BY w.entry_id
           FOR UPDATE
      ), w AS (
        UPDATE waitlist_entries w SET status = 'waiting'
          FROM locked
         WHERE w.entry_id = locked.entry_id AND w.event_id = ${eventId} AND ${
      isStill(sql, "joining")
    }
        RETURNING w.*
      ), facts AS (${factOf(sql, { topic: "waitlist.joined", now })})
      SELECT ${entryColumns(sql)} FROM w ORDER BY w.place`,
    toEntry,
  );
}

export async function turnAway(sql: Sql, { eventId, entryIds }: Input<"turnAway">): Promise<void> {
  await sql`
    WITH locked AS MATERIALIZED (
      SELECT w.entry_id FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.entry_id = ANY (${entryIds}::uuid[]) AND ${
    isStill(sql, "joining")
  }
       ORDER BY w.entry_id
         FOR UPDATE
    )
    DELETE FROM waitlist_entries w USING locked
     WHERE w.entry_id = locked.entry_id AND w.event_id = ${eventId} AND ${isStill(sql, "joining")}`;
}
