import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { isOf, organisationOf } from "../../organisations/scope_sql.ts";
import type { EventScope } from "../../events/events_sql.ts";
import type { LedgerEntry } from "./chain.ts";
import type { PoolCounters } from "./replay.ts";

/** An allocation whose row differs from the ledger in a pool. */
export interface AllocationDifference {
  allocationId: string;
  pool: number;
  ledgerHeld: number;
  ledgerSold: number;
  held: number;
  sold: number;
}

/** What is counted of a buyer under a limit, and what the buyer has; type -1 is all that the buyer holds. */
export interface BuyerDifference {
  buyerId: string;
  type: number;
  counted: number;
  taken: number;
}

/** The counters of a pool, and whether they are the balances of its last entry, with the right seats set aside. */
export interface PoolProof extends PoolCounters {
  poolId: string;
  name: string | null;
  capacity: number;
  addsUp: boolean;
}

/** A pool of which another number of seats is set aside than those who wait could use. */
export interface SetAsideDifference {
  pool: number;
  setAside: number;
  target: number;
}

/** The content of an event's public proof: the counters of its pools, the house first, and the ledger's last entry. */
export interface ProofRecord {
  eventId: string;
  publicCounts: boolean;
  headHash: string | null;
  house: PoolProof;
  pools: PoolProof[];
}

/** The counters of the pools of an event in scope, by pool; none if there is no such event. */
export function findCounters(
  sql: Sql,
  { eventId, organisations }: EventScope,
): Promise<PoolCounters[]> {
  return many(
    sql<PoolCounters[]>`
    SELECT i.pool, i.seq, i.capacity - i.held - i.sold - i.set_aside AS available, i.held, i.sold,
           i.set_aside AS "setAside"
      FROM seat_inventory i
      JOIN events e USING (event_id)
     WHERE i.event_id = ${eventId} AND ${isOf(sql, organisationOf(sql), organisations)}
     ORDER BY i.pool`,
    (row) => row,
  );
}

/** A page of an event's entries, in order, after `after`; `undefined` for the first page. */
export function ledgerPage(
  sql: Sql,
  { eventId, after, limit }: { eventId: string; after: number | undefined; limit: number },
): Promise<LedgerEntry[]> {
  return many(
    sql<LedgerEntry[]>`
    ${selectEntries(sql)}
     WHERE l.event_id = ${eventId} ${after === undefined ? sql`` : sql`AND l.seq > ${after}`}
     ORDER BY l.seq
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** A page of an event's entries, the latest first, and the number of all. */
export async function latestEntries(
  sql: Sql,
  { eventId, offset, limit }: { eventId: string; offset: number; limit: number },
): Promise<{ entries: LedgerEntry[]; total: number }> {
  const [entries, total] = await Promise.all([
    many(
      sql<LedgerEntry[]>`
      ${selectEntries(sql)}
       WHERE l.event_id = ${eventId}
       ORDER BY l.seq DESC
       LIMIT ${limit} OFFSET ${offset}`,
      (row) => row,
    ),
    exactlyOne(
      sql<{ total: number }[]>`
      SELECT count(*) AS total FROM seat_ledger WHERE event_id = ${eventId}`,
      (row) => row.total,
    ),
  ]);
  return { entries, total };
}

/** How many entries the ledger of an event has, counted up to `limit`. */
export function ledgerLength(
  sql: Sql,
  { eventId, limit }: { eventId: string; limit: number },
): Promise<number> {
  return exactlyOne(
    sql<{ entries: number }[]>`
    SELECT count(*) AS entries
      FROM (SELECT 1 FROM seat_ledger WHERE event_id = ${eventId} LIMIT ${limit}) AS counted`,
    ({ entries }) => entries,
  );
}

function selectEntries(sql: Sql) {
  return sql`
    SELECT l.event_id AS "eventId", l.seq, l.pool, l.operation, l.debit, l.credit, l.seats,
           l.allocation_ids::text AS "allocationIds", l.quantities::text AS quantities,
           l.available, l.held, l.sold, l.set_aside AS "setAside",
           (extract(epoch FROM l.recorded_at) * 1000000)::bigint AS "recordedUs",
           encode(l.hash, 'hex') AS hash
      FROM seat_ledger l`;
}

/** Allocations that differ in a pool from the sum of their transfers in the whole ledger. */
export function allocationDifferences(
  sql: Sql,
  { eventId, limit }: { eventId: string; limit: number },
): Promise<AllocationDifference[]> {
  return many(
    sql<AllocationDifference[]>`
    WITH moved AS (
      SELECT a.allocation_id, l.pool,
             sum(CASE 'held' WHEN l.credit THEN a.quantity WHEN l.debit THEN -a.quantity ELSE 0 END) AS held,
             sum(CASE 'sold' WHEN l.credit THEN a.quantity WHEN l.debit THEN -a.quantity ELSE 0 END) AS sold
        FROM seat_ledger l
       CROSS JOIN LATERAL unnest(l.allocation_ids, l.quantities) AS a (allocation_id, quantity)
       WHERE l.event_id = ${eventId}
       GROUP BY a.allocation_id, l.pool
    ), open AS (
      SELECT a.allocation_id, took.pool,
             CASE a.state WHEN 'held' THEN a.quantity * took.units ELSE 0 END AS held,
             CASE a.state WHEN 'sold' THEN a.quantity * took.units ELSE 0 END AS sold
        FROM seat_allocations a
       CROSS JOIN LATERAL unnest(coalesce(a.pools, '{0}'), coalesce(a.units, '{1}')) AS took (pool, units)
       WHERE a.event_id = ${eventId}
    )
    SELECT allocation_id AS "allocationId", pool, coalesce(moved.held, 0)::integer AS "ledgerHeld",
           coalesce(moved.sold, 0)::integer AS "ledgerSold",
           coalesce(open.held, 0) AS held, coalesce(open.sold, 0) AS sold
      FROM moved
      FULL JOIN open USING (allocation_id, pool)
     WHERE coalesce(moved.held, 0) <> coalesce(open.held, 0)
        OR coalesce(moved.sold, 0) <> coalesce(open.sold, 0)
     ORDER BY allocation_id, pool
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** Buyers of whom another number is counted than they have, by the event's and its types' limits. */
export function buyerDifferences(
  sql: Sql,
  { eventId, limit }: { eventId: string; limit: number },
): Promise<BuyerDifference[]> {
  return many(
    sql<BuyerDifference[]>`
    WITH has AS (
      SELECT a.buyer_id, a.type, sum(a.quantity) AS taken
        FROM seat_allocations a
        JOIN ticket_types y USING (event_id, type)
       WHERE a.event_id = ${eventId} AND a.state IN ('held', 'sold') AND a.buyer_id IS NOT NULL
         AND y.max_per_buyer IS NOT NULL
       GROUP BY a.buyer_id, a.type
      UNION ALL
      SELECT a.buyer_id, -1, sum(a.quantity * coalesce(a.units[1], 1))
        FROM seat_allocations a
        JOIN events e USING (event_id)
       WHERE a.event_id = ${eventId} AND a.state = 'held' AND a.buyer_id IS NOT NULL
         AND e.max_held_per_user IS NOT NULL
       GROUP BY a.buyer_id
    ), counted AS (
      SELECT b.buyer_id, b.type, b.taken FROM seat_buyers b WHERE b.event_id = ${eventId}
    )
    SELECT buyer_id AS "buyerId", type::integer AS type, coalesce(counted.taken, 0)::integer AS counted,
           coalesce(has.taken, 0)::integer AS taken
      FROM has
      FULL JOIN counted USING (buyer_id, type)
     WHERE coalesce(counted.taken, 0) <> coalesce(has.taken, 0)
     ORDER BY buyer_id, type
     LIMIT ${limit}`,
    (row) => row,
  );
}

/**
 * The pools of an event of which another number of seats is set aside than those who wait could use: the rule of
 * `settle_set_aside` (migrations/events_db), in other words.
 */
export function setAsideDifferences(sql: Sql, eventId: string): Promise<SetAsideDifference[]> {
  return many(
    sql<SetAsideDifference[]>`
    SELECT s.pool, s.set_aside AS "setAside", s.target FROM (${setAsideTargets(sql, eventId)}) AS s
     WHERE s.set_aside <> s.target
     ORDER BY s.pool`,
    (row) => row,
  );
}

/**
 * By pool of an event: what is set aside, and what must be (`target`). Each table is named with the event, so that a
 * distributed server sends the statement to where it is.
 */
function setAsideTargets(sql: Sql, eventId: string) {
  return sql`
    SELECT i.pool, i.set_aside,
           least(i.capacity - i.held - i.sold, coalesce(wanted.seats, 0))::integer AS target
      FROM seat_inventory i
      LEFT JOIN LATERAL (
        SELECT sum(d.units * (
                 SELECT min((p.capacity - p.held - p.sold) / o.units)::bigint
                   FROM unnest(y.pools, y.units) AS o (pool, units)
                   JOIN seat_inventory p ON p.event_id = ${eventId} AND p.pool = o.pool)) AS seats
          FROM ticket_types y
         CROSS JOIN LATERAL unnest(y.pools, y.units) AS d (pool, units)
         WHERE y.event_id = ${eventId} AND y.waitlist_open AND y.status = 'active' AND d.pool = i.pool
      ) AS wanted ON true
     WHERE i.event_id = ${eventId}`;
}

/** Whether the house of an event knows that somebody waits, exactly if a type's list is open. */
export function waitlistIsKnown(sql: Sql, eventId: string): Promise<boolean> {
  return exactlyOne(
    sql<{ isKnown: boolean }[]>`
    SELECT i.waitlist_open = EXISTS (
             SELECT FROM ticket_types y WHERE y.event_id = ${eventId} AND y.waitlist_open) AS "isKnown"
      FROM seat_inventory i WHERE i.event_id = ${eventId} AND i.pool = 0`,
    ({ isKnown }) => isKnown,
  );
}

/**
 * Reads the public proof. It adds up if the counters of each pool equal the balances of its last entry, and what is set
 * aside is what those who wait could use: look-ups by key, however much the event has sold.
 */
export async function findProof(sql: Sql, eventId: string): Promise<ProofRecord | undefined> {
  const rows = await sql<(PoolProof & Pick<ProofRecord, "publicCounts" | "headHash">)[]>`
    SELECT i.pool, coalesce(p.pool_id, i.event_id) AS "poolId", p.name, i.capacity, i.seq,
           e.public_counts AS "publicCounts", i.capacity - i.held - i.sold - i.set_aside AS available, i.held,
           i.sold, i.set_aside AS "setAside", encode(l.hash, 'hex') AS "headHash",
           i.set_aside = s.target AND coalesce(l.pool = i.pool AND l.held = i.held AND l.sold = i.sold AND l.set_aside = i.set_aside
             AND l.available = i.capacity - i.held - i.sold - i.set_aside, false)
           AND (i.pool > 0
             OR NOT EXISTS (SELECT FROM seat_ledger n WHERE n.event_id = ${eventId} AND n.seq > i.seq)) AS "addsUp"
      FROM seat_inventory i
      JOIN events e ON e.event_id = i.event_id
      JOIN (${setAsideTargets(sql, eventId)}) AS s ON s.pool = i.pool
      LEFT JOIN event_pools p ON p.event_id = i.event_id AND p.pool = i.pool
      LEFT JOIN seat_ledger l ON l.event_id = i.event_id AND l.seq = i.seq
     WHERE i.event_id = ${eventId} AND e.status <> 'draft'
     ORDER BY i.pool`;
  const [house, ...pools] = rows;
  if (!house) return undefined;
  const { publicCounts, headHash } = house;
  return { eventId, publicCounts, headHash, house, pools };
}

/** A page of the ids of events that have seats. */
export function inventoryIds(
  sql: Sql,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`
    SELECT i.event_id AS "eventId"
      FROM seat_inventory i
     WHERE i.pool = 0 ${after === undefined ? sql`` : sql`AND i.event_id > ${after}`}
     ORDER BY i.event_id
     LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}

/**
 * Whether the event is marked as plain exactly if it is; `is_plain` (migrations/events_db) has the rule. Two statements,
 * because a database that is distributed refuses a function that reads tables in a statement that does.
 */
export async function plainIsRight(sql: Sql, eventId: string): Promise<boolean> {
  const isMarked = await exactlyOne(
    sql<{ plain: boolean }[]>`
    SELECT i.plain FROM seat_inventory i WHERE i.event_id = ${eventId} AND i.pool = 0`,
    ({ plain }) => plain,
  );
  const isPlain = await exactlyOne(
    sql<{ plain: boolean }[]>`SELECT is_plain(${eventId}) AS plain`,
    ({ plain }) => plain,
  );
  return isMarked === isPlain;
}
