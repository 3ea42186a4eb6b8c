import { many, one, type Sql } from "@evently/shared/postgres";
import type { EventScope } from "../../events/events_sql.ts";
import type { LedgerEntry } from "./chain.ts";
import type { InventoryCounters } from "./replay.ts";

/** An allocation whose row differs from the ledger. */
export interface AllocationDifference {
  allocationId: string;
  ledgerHeld: number;
  ledgerSold: number;
  held: number;
  sold: number;
}

/** The content of an event's public proof: the counters and the ledger's last entry. */
export interface ProofRecord extends InventoryCounters {
  eventId: string;
  capacity: number;
  publicCounts: boolean;
  headHash: string | null;
  addsUp: boolean;
}

/** The counters of an event in scope. */
export function findCounters(
  sql: Sql,
  { eventId, owner }: EventScope,
): Promise<InventoryCounters | undefined> {
  return one(
    sql<InventoryCounters[]>`
    SELECT i.seq, i.capacity - i.held - i.sold - i.set_aside AS available, i.held, i.sold,
           i.set_aside AS "setAside"
      FROM seat_inventory i
      JOIN events e USING (event_id)
     WHERE i.event_id = ${eventId} ${
      owner === undefined ? sql`` : sql`AND e.created_by = ${owner}`
    }`,
    (row) => ({ ...row }),
  );
}

/** A page of an event's entries, in order, after `after`; `undefined` for the first page. */
export function ledgerPage(
  sql: Sql,
  { eventId, after, limit }: { eventId: string; after: number | undefined; limit: number },
): Promise<LedgerEntry[]> {
  return many(
    sql<LedgerEntry[]>`
    SELECT l.event_id AS "eventId", l.seq, l.operation, l.debit, l.credit, l.seats,
           l.allocation_ids::text AS "allocationIds", l.quantities::text AS quantities,
           l.available, l.held, l.sold, l.set_aside AS "setAside",
           (extract(epoch FROM l.recorded_at) * 1000000)::bigint AS "recordedUs",
           encode(l.hash, 'hex') AS hash
      FROM seat_ledger l
     WHERE l.event_id = ${eventId} ${after === undefined ? sql`` : sql`AND l.seq > ${after}`}
     ORDER BY l.seq
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** Allocations that differ from the sum of their transfers in the whole ledger. */
export function allocationDifferences(
  sql: Sql,
  { eventId, limit }: { eventId: string; limit: number },
): Promise<AllocationDifference[]> {
  return many(
    sql<AllocationDifference[]>`
    WITH moved AS (
      SELECT a.allocation_id,
             sum(CASE 'held' WHEN l.credit THEN a.quantity WHEN l.debit THEN -a.quantity ELSE 0 END) AS held,
             sum(CASE 'sold' WHEN l.credit THEN a.quantity WHEN l.debit THEN -a.quantity ELSE 0 END) AS sold
        FROM seat_ledger l
       CROSS JOIN LATERAL unnest(l.allocation_ids, l.quantities) AS a (allocation_id, quantity)
       WHERE l.event_id = ${eventId}
       GROUP BY a.allocation_id
    ), open AS (
      SELECT a.allocation_id,
             CASE a.state WHEN 'held' THEN a.quantity ELSE 0 END AS held,
             CASE a.state WHEN 'sold' THEN a.quantity ELSE 0 END AS sold
        FROM seat_allocations a
       WHERE a.event_id = ${eventId}
    )
    SELECT allocation_id AS "allocationId", coalesce(moved.held, 0)::integer AS "ledgerHeld",
           coalesce(moved.sold, 0)::integer AS "ledgerSold",
           coalesce(open.held, 0) AS held, coalesce(open.sold, 0) AS sold
      FROM moved
      FULL JOIN open USING (allocation_id)
     WHERE coalesce(moved.held, 0) <> coalesce(open.held, 0)
        OR coalesce(moved.sold, 0) <> coalesce(open.sold, 0)
     ORDER BY allocation_id
     LIMIT ${limit}`,
    (row) => row,
  );
}

/**
 * Reads the public proof. It adds up if the counters equal the balances of the ledger's last entry: two look-ups by
 * key, however much the event has sold.
 */
export function findProof(sql: Sql, eventId: string): Promise<ProofRecord | undefined> {
  return one(
    sql<ProofRecord[]>`
    SELECT i.event_id AS "eventId", i.capacity, i.seq, e.public_counts AS "publicCounts",
           i.capacity - i.held - i.sold - i.set_aside AS available, i.held, i.sold, i.set_aside AS "setAside",
           encode(l.hash, 'hex') AS "headHash",
           coalesce(l.held = i.held AND l.sold = i.sold AND l.set_aside = i.set_aside
             AND l.available = i.capacity - i.held - i.sold - i.set_aside, false)
           AND NOT EXISTS (SELECT FROM seat_ledger n WHERE n.event_id = i.event_id AND n.seq > i.seq)
             AS "addsUp"
      FROM seat_inventory i
      JOIN events e USING (event_id)
      LEFT JOIN seat_ledger l ON l.event_id = i.event_id AND l.seq = i.seq
     WHERE i.event_id = ${eventId} AND e.status <> 'draft'`,
    (row) => row,
  );
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
     ${after === undefined ? sql`` : sql`WHERE i.event_id > ${after}`}
     ORDER BY i.event_id
     LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}
