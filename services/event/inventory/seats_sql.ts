import { arrayLiteral, exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { AllocationBatch, HoldBatch, HoldRequest } from "./wire.ts";
import type { RefundPolicy } from "../catalogue/summary.ts";

/** An allocation that a hold met. */
interface MetAllocation {
  allocation_id: string;
  quantity: number;
  state: "held" | "sold" | "released";
  unit_price_minor: number;
  expires_at: string | null;
}

/** What `hold_seats` answers; see migrations/events_db. */
export interface HeldSeats {
  on_sale: boolean;
  granted: string[];
  existing: MetAllocation[];
  available: number;
  seq: number;
  waitlist_open: boolean;
  unit_price_minor: number | null;
  currency: string | null;
  max_tickets_per_booking: number | null;
  start_at: Date | null;
  refund_policy: RefundPolicy | null;
}

/** What `release_seats` and `release_expired_seats` answer. */
export interface ReleasedSeats {
  released: string[];
  available_before: number;
  available: number;
  seq: number;
}

// Each of these calls a function of migrations/events_db, those that take batches once for each event: one
// transaction in one round trip.

/**
 * How long a transaction of several events waits for the seats of one: longer than another such takes, and no
 * longer than the buyers of all the others can wait.
 */
const MAX_SHARED_WAIT_MS = 250;

/** Read by `inOrder`. */
interface Placed {
  place: number;
}

/** Holds seats of each event; the items of a batch are of distinct allocations. Answers by batch. */
export async function callHoldSeats(
  sql: Sql,
  { batches, source, revive, now }: HoldRequest & { now: Date },
): Promise<HeldSeats[]> {
  const literals = (key: keyof HoldBatch["items"][number]) =>
    batches.map(({ items }) => arrayLiteral(items.map((item) => item[key])));
  const rows = await sql<(HeldSeats & Placed)[]>`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${waitFor(sql, batches)}
        FROM unnest(
          ${arrayLiteral(batches.map(({ event_id }) => event_id))}::uuid[],
          ${literals("allocation_id")}::text[], ${literals("quantity")}::text[],
          ${literals("expires_at")}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, quantities, expiries, place)
       ORDER BY b.event_id, b.place
    )
    SELECT batch.place, held.*
      FROM batch
     CROSS JOIN LATERAL hold_seats(
       batch.event_id, batch.ids::uuid[], batch.quantities::integer[], batch.expiries::timestamptz[],
       ${source}, ${revive}, ${now}) AS held`;
  return inOrder(rows);
}

/** Sells held seats of each event; answers which of them are sold, now or before, by batch. */
export async function callCommitSeats(
  sql: Sql,
  { batches, now }: { batches: readonly AllocationBatch[]; now: Date },
): Promise<{ committed: string[]; available: number; seq: number }[]> {
  return inOrder(
    await sql<({ committed: string[]; available: number; seq: number } & Placed)[]>`
    ${allocationBatches(sql, batches)}
    SELECT batch.place, sale.*
      FROM batch CROSS JOIN LATERAL commit_seats(batch.event_id, batch.ids::uuid[], ${now}) AS sale`,
  );
}

/** Gives seats of each event back; answers by batch. */
export async function callReleaseSeats(
  sql: Sql,
  batches: readonly AllocationBatch[],
): Promise<ReleasedSeats[]> {
  return inOrder(
    await sql<(ReleasedSeats & Placed)[]>`
    ${allocationBatches(sql, batches)}
    SELECT batch.place, freed.*
      FROM batch CROSS JOIN LATERAL release_seats(batch.event_id, batch.ids::uuid[]) AS freed`,
  );
}

/**
 * As `batch`, in the order in which everybody locks the inventories of several events. A statement must take the
 * rows as they come: what it sorted, it would lock in another order.
 */
function allocationBatches(sql: Sql, batches: readonly AllocationBatch[]) {
  return sql`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${waitFor(sql, batches)}
        FROM unnest(
          ${arrayLiteral(batches.map(({ event_id }) => event_id))}::uuid[],
          ${batches.map(({ allocation_ids }) => arrayLiteral(allocation_ids))}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, place)
       ORDER BY b.event_id, b.place
    )`;
}

/** Says, before a row is there to be locked, how long this transaction waits: for one event alone for ever. */
function waitFor(sql: Sql, { length }: readonly unknown[]) {
  return sql`set_config('lock_timeout', ${length > 1 ? String(MAX_SHARED_WAIT_MS) : "0"}, true)`;
}

function inOrder<Row extends Placed>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.place - b.place);
}

/** Gives back what is held and expired at `cutoff`, at most `limit` allocations. */
export function callReleaseExpiredSeats(
  sql: Sql,
  { eventId, cutoff, limit }: { eventId: string; cutoff: Date; limit: number },
): Promise<ReleasedSeats> {
  return exactlyOne(
    sql<ReleasedSeats[]>`
    SELECT * FROM release_expired_seats(${eventId}, ${cutoff}, ${limit})`,
    (row) => row,
  );
}

/** Lets holds live longer; `extended` are held as long as wished. */
export function callExtendSeats(
  sql: Sql,
  { eventId, items, now }: {
    eventId: string;
    items: { allocation_id: string; expires_at: string }[];
    now: Date;
  },
): Promise<{ extended: string[]; seq: number }> {
  return exactlyOne(
    sql<{ extended: string[]; seq: number }[]>`
    SELECT * FROM extend_seats(
      ${eventId}, ${arrayLiteral(items.map((item) => item.allocation_id))}::uuid[],
      ${arrayLiteral(items.map((item) => item.expires_at))}::timestamptz[], ${now})`,
    (row) => row,
  );
}

/** Opens or closes an event's waitlist; nulls for an unknown event. */
export function callSetWaitlistOpen(
  sql: Sql,
  { eventId, open }: { eventId: string; open: boolean },
): Promise<{ available: number | null; set_aside: number | null; seq: number | null }> {
  return exactlyOne(
    sql<{ available: number | null; set_aside: number | null; seq: number | null }[]>`
    SELECT * FROM set_waitlist_open(${eventId}, ${open})`,
    (row) => row,
  );
}

/** Events among the holds that expired longest ago; `scan` bounds how many holds are looked at. */
export function eventsWithExpiredHolds(
  sql: Sql,
  { cutoff, scan }: { cutoff: Date; scan: number },
): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`
    SELECT DISTINCT due.event_id
      FROM (SELECT a.event_id
              FROM seat_allocations a
             WHERE a.state = 'held' AND a.expires_at <= ${cutoff}
             ORDER BY a.expires_at
             LIMIT ${scan}) AS due`,
    ({ event_id }) => event_id,
  );
}
