import { arrayLiteral, exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { RefundPolicy } from "../events/refund_policy.ts";
import type { AllocationBatch, ExistingAllocation, ExtendItem, HoldRequest } from "./types.ts";

// The functions called here are in migrations/events_db. Those that take batches are called once per event: one
// transaction in one round trip.

/** A row of `hold_seats`; the nulls are those of an unknown event. */
export interface HeldSeats {
  isOnSale: boolean;
  granted: string[];
  existing: (Omit<ExistingAllocation, "expiresAt"> & { expiresAt: string | null })[];
  available: number;
  seq: number;
  isWaitlistOpen: boolean;
  unitPriceMinor: number | null;
  currency: string | null;
  maxTicketsPerBooking: number | null;
  startsAt: Date | null;
  refundPolicy: RefundPolicy | null;
}

/** A row of `commit_seats`. */
export interface CommittedSeats {
  committed: string[];
  available: number;
  seq: number;
}

/** A row of `release_seats` and `release_expired_seats`. */
export interface ReleasedSeats {
  released: string[];
  availableBefore: number;
  available: number;
  seq: number;
}

/**
 * How long a transaction of several events waits for the inventory of one: longer than another such transaction
 * takes, and no longer than the buyers of all the other events can wait.
 */
const MAX_SHARED_WAIT_MS = 250;

/** The position of a batch in its request; rows come in the order of event ids. */
interface Placed {
  place: number;
}

/** Holds seats of each event; the items of a batch have distinct allocations. Results are in batch order. */
export async function callHoldSeats(
  sql: Sql,
  { batches, source, revive, now }: HoldRequest & { now: Date },
): Promise<HeldSeats[]> {
  const rows = await sql<(HeldSeats & Placed)[]>`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${lockTimeout(sql, batches)}
        FROM unnest(
          ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${
    batches.map(({ items }) => arrayLiteral(items.map((item) => item.allocationId)))
  }::text[],
          ${batches.map(({ items }) => arrayLiteral(items.map((item) => item.quantity)))}::text[],
          ${batches.map(({ items }) => arrayLiteral(items.map(expiryOf)))}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, quantities, expiries, place)
       ORDER BY b.event_id, b.place
    )
    SELECT batch.place, held.on_sale AS "isOnSale", held.granted, held.existing, held.available, held.seq,
           held.waitlist_open AS "isWaitlistOpen", held.unit_price_minor AS "unitPriceMinor", held.currency,
           held.max_tickets_per_booking AS "maxTicketsPerBooking", held.start_at AS "startsAt",
           held.refund_policy AS "refundPolicy"
      FROM batch
     CROSS JOIN LATERAL hold_seats(
       batch.event_id, batch.ids::uuid[], batch.quantities::integer[], batch.expiries::timestamptz[],
       ${source}, ${revive}, ${now}) AS held`;
  return inOrder(rows);
}

/** Sells held seats of each event; `committed` are those sold now or before. Results are in batch order. */
export async function callCommitSeats(
  sql: Sql,
  { batches, now }: { batches: readonly AllocationBatch[]; now: Date },
): Promise<CommittedSeats[]> {
  return inOrder(
    await sql<(CommittedSeats & Placed)[]>`
    ${allocationBatches(sql, batches)}
    SELECT batch.place, sale.*
      FROM batch CROSS JOIN LATERAL commit_seats(batch.event_id, batch.ids::uuid[], ${now}) AS sale`,
  );
}

/** Releases seats of each event. Results are in batch order. */
export async function callReleaseSeats(
  sql: Sql,
  batches: readonly AllocationBatch[],
): Promise<ReleasedSeats[]> {
  return inOrder(
    await sql<(ReleasedSeats & Placed)[]>`
    ${allocationBatches(sql, batches)}
    SELECT batch.place, ${releasedColumns(sql)}
      FROM batch CROSS JOIN LATERAL release_seats(batch.event_id, batch.ids::uuid[]) AS freed`,
  );
}

/**
 * `WITH batch`, in the order in which every transaction locks inventories: by event id. A statement must take the
 * rows as they come; if it sorted them, it would lock in another order.
 */
function allocationBatches(sql: Sql, batches: readonly AllocationBatch[]) {
  return sql`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${lockTimeout(sql, batches)}
        FROM unnest(
          ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${batches.map(({ allocationIds }) => arrayLiteral(allocationIds))}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, place)
       ORDER BY b.event_id, b.place
    )`;
}

/** Sets, before any row is locked, how long this transaction waits for a lock; with one event, without limit. */
function lockTimeout(sql: Sql, { length }: readonly unknown[]) {
  return sql`set_config('lock_timeout', ${length > 1 ? String(MAX_SHARED_WAIT_MS) : "0"}, true)`;
}

function releasedColumns(sql: Sql) {
  return sql`freed.released, freed.available_before AS "availableBefore", freed.available, freed.seq`;
}

function expiryOf({ expiresAt }: { expiresAt: Date }): string {
  return expiresAt.toISOString();
}

function inOrder<Row extends Placed>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.place - b.place);
}

/** Releases what is held and expired at `cutoff`, at most `limit` allocations. */
export function callReleaseExpiredSeats(
  sql: Sql,
  { eventId, cutoff, limit }: { eventId: string; cutoff: Date; limit: number },
): Promise<ReleasedSeats> {
  return exactlyOne(
    sql<ReleasedSeats[]>`
    SELECT ${releasedColumns(sql)}
      FROM release_expired_seats(${eventId}, ${cutoff}, ${limit}) AS freed`,
    (row) => row,
  );
}

/** Extends holds; `extended` are held at least as long as requested. */
export function callExtendSeats(
  sql: Sql,
  { eventId, items, now }: { eventId: string; items: readonly ExtendItem[]; now: Date },
): Promise<{ extended: string[]; seq: number }> {
  return exactlyOne(
    sql<{ extended: string[]; seq: number }[]>`
    SELECT * FROM extend_seats(
      ${eventId}, ${items.map((item) => item.allocationId)}::uuid[],
      ${items.map(expiryOf)}::timestamptz[], ${now})`,
    (row) => row,
  );
}

/** Opens or closes an event's waitlist; nulls for an unknown event. */
export function callSetWaitlistOpen(
  sql: Sql,
  { eventId, open }: { eventId: string; open: boolean },
): Promise<{ available: number | null; setAside: number | null; seq: number | null }> {
  return exactlyOne(
    sql<{ available: number | null; setAside: number | null; seq: number | null }[]>`
    SELECT available, set_aside AS "setAside", seq FROM set_waitlist_open(${eventId}, ${open})`,
    (row) => row,
  );
}

/** Events of the holds that expired longest ago; `scan` bounds how many holds are examined. */
export function eventsWithExpiredHolds(
  sql: Sql,
  { cutoff, scan }: { cutoff: Date; scan: number },
): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`
    SELECT DISTINCT due.event_id AS "eventId"
      FROM (SELECT a.event_id
              FROM seat_allocations a
             WHERE a.state = 'held' AND a.expires_at <= ${cutoff}
             ORDER BY a.expires_at
             LIMIT ${scan}) AS due`,
    ({ eventId }) => eventId,
  );
}
