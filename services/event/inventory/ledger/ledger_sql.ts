import { many, one, type Sql } from "@evently/shared/postgres";
import type { LedgerEntry } from "./chain.ts";
import type { InventoryCounters } from "./replay.ts";

/** An allocation of which ledger and allocation table say different things. */
export interface AllocationDifference {
  allocation_id: string;
  ledger_held: number;
  ledger_sold: number;
  held: number;
  sold: number;
}

/** What an event's public proof is made of: the counters, and what the ledger's last entry says. */
export interface ProofRecord extends InventoryCounters {
  event_id: string;
  capacity: number;
  public_counts: boolean;
  head_hash: string | null;
  adds_up: boolean;
}

/** The counters of an event in scope; `owner` undefined is everybody's. */
export function findCounters(
  sql: Sql,
  { eventId, owner }: { eventId: string; owner: string | undefined },
): Promise<InventoryCounters | undefined> {
  return one(
    sql<InventoryCounters[]>`
    SELECT i.seq, i.capacity - i.held - i.sold - i.set_aside AS available, i.held, i.sold, i.set_aside
      FROM seat_inventory i
      JOIN events e USING (event_id)
     WHERE i.event_id = ${eventId} ${
      owner === undefined ? sql`` : sql`AND e.created_by = ${owner}`
    }`,
    (row) => ({ ...row }),
  );
}

/** The entries of an event after `after`, in their order; `undefined` is from the first. */
export function ledgerPage(
  sql: Sql,
  { eventId, after, limit }: { eventId: string; after: number | undefined; limit: number },
): Promise<LedgerEntry[]> {
  return many(
    sql<LedgerEntry[]>`
    SELECT l.event_id, l.seq, l.operation, l.debit, l.credit, l.seats,
           l.allocation_ids::text AS allocation_ids, l.quantities::text AS quantities,
           l.available, l.held, l.sold, l.set_aside,
           (extract(epoch FROM l.recorded_at) * 1000000)::bigint AS recorded_us,
           encode(l.hash, 'hex') AS hash
      FROM seat_ledger l
     WHERE l.event_id = ${eventId} ${after === undefined ? sql`` : sql`AND l.seq > ${after}`}
     ORDER BY l.seq
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** Allocations that are not what the ledger's transfers made of them; the ids run through the whole ledger. */
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
    SELECT allocation_id,
           coalesce(moved.held, 0)::integer AS ledger_held, coalesce(moved.sold, 0)::integer AS ledger_sold,
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
 * What the public may hold us to. It adds up when the counters are the balances of the ledger's last entry
 * and there is none after it: two look-ups by key, whatever the event has sold.
 */
export function findProof(sql: Sql, eventId: string): Promise<ProofRecord | undefined> {
  return one(
    sql<ProofRecord[]>`
    SELECT i.event_id, i.capacity, i.seq, e.public_counts,
           i.capacity - i.held - i.sold - i.set_aside AS available, i.held, i.sold, i.set_aside,
           encode(l.hash, 'hex') AS head_hash,
           coalesce(l.held = i.held AND l.sold = i.sold AND l.set_aside = i.set_aside
             AND l.available = i.capacity - i.held - i.sold - i.set_aside, false)
           AND NOT EXISTS (SELECT FROM seat_ledger n WHERE n.event_id = i.event_id AND n.seq > i.seq)
             AS adds_up
      FROM seat_inventory i
      JOIN events e USING (event_id)
      LEFT JOIN seat_ledger l ON l.event_id = i.event_id AND l.seq = i.seq
     WHERE i.event_id = ${eventId} AND e.status <> 'draft'`,
    (row) => row,
  );
}

/** Ids of events that have seats, a page by id. */
export function inventoryIds(
  sql: Sql,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`
    SELECT i.event_id
      FROM seat_inventory i
     ${after === undefined ? sql`` : sql`WHERE i.event_id > ${after}`}
     ORDER BY i.event_id
     LIMIT ${limit}`,
    ({ event_id }) => event_id,
  );
}
