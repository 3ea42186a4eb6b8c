import { arrayLiteral, exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { RefundPolicy } from "../events/refund_policy.ts";
import type {
  AllocationBatch,
  CommitBatch,
  ExistingAllocation,
  ExtendItem,
  HoldBatch,
  HoldItem,
  HoldRequest,
  RefusalReason,
  TypeTerms,
} from "./types.ts";

// The functions called here are in migrations/events_db. Those that take batches are called once per event: one
// transaction in one round trip. A batch of one event is one call with parameters, alone in FROM, which a database that
// is distributed by event can send to where the event is. There, batches of several events of one server go `together`:
// one call, too.

/** A row of `hold_seats`; the nulls are those of an unknown event. */
export interface HeldSeats {
  isOnSale: boolean;
  granted: string[];
  existing: (Omit<ExistingAllocation, "expiresAt"> & { expiresAt: string | null })[];
  available: number;
  setAside: number;
  seq: number;
  isWaitlistOpen: boolean;
  unitPriceMinor: number | null;
  currency: string | null;
  maxTicketsPerBooking: number | null;
  startsAt: Date | null;
  refundPolicy: RefundPolicy | null;
  /** Of the default type; null for the platform's default name. */
  ticketName: string | null;
  /** Null unless the batch took the path of orders of any shape; a null name is the platform's default. */
  types: Record<string, Omit<TypeTerms, "name"> & { name: string | null }> | null;
  /** By first line of each refused order. Null as `types`. */
  refused: { allocationId: string; reason: RefusalReason; ticketTypeId: string | null }[] | null;
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
  setAside: number;
  seq: number;
}

/**
 * How long a transaction of several events waits for the inventory of one: longer than another such transaction
 * takes, and no longer than the buyers of all the other events can wait.
 */
const MAX_SHARED_WAIT_MS = 250;

/** Whether the batches of several events, in the order of event ids, are one call: they are on one of several servers. */
interface Together {
  together?: boolean;
}

/** The position of a batch in its request; rows come in the order of event ids. */
interface Placed {
  place: number;
}

/** A call that holds seats. */
type HoldCall = HoldRequest & Together & { now: Date };

/** Holds seats of each event; the items of a batch have distinct allocations. Results are in batch order. */
export async function callHoldSeats(
  sql: Sql,
  { batches, source, revive, now, together }: HoldCall,
): Promise<HeldSeats[]> {
  const columns = heldColumns(sql);
  const [only] = batches;
  if (only && batches.length === 1) {
    const { items } = only;
    return [
      ...await sql<HeldSeats[]>`
      SELECT ${columns}
        FROM hold_seats(
          ${only.eventId}, ${items.map((item) => item.allocationId)}::uuid[],
          ${items.map((item) => item.quantity)}::integer[], ${items.map(expiryOf)}::timestamptz[],
          ${source}, ${revive}, ${now}, ${buyersOf(only)}::uuid[], ${typesOf(only)}::uuid[],
          ${ordersOf(only)}::integer[]) AS held`,
    ];
  }
  const literals = literalsOf(batches);
  if (together) {
    return inOrder(
      await sql<(HeldSeats & Placed)[]>`
      SELECT held.place, ${columns}
        FROM hold_seats_together(
          ${batches[0]!.eventId}, ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${literals(({ items }) => items.map((item) => item.allocationId))}::text[],
          ${literals(({ items }) => items.map((item) => item.quantity))}::text[],
          ${literals(({ items }) => items.map(expiryOf))}::text[],
          ${source}, ${revive}, ${now}, ${literals(buyersOf)}::text[], ${literals(typesOf)}::text[],
          ${literals(ordersOf)}::text[], ${String(MAX_SHARED_WAIT_MS)}) AS held`,
    );
  }
  const rows = await sql<(HeldSeats & Placed)[]>`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${lockTimeout(sql)}
        FROM unnest(
          ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${literals(({ items }) => items.map((item) => item.allocationId))}::text[],
          ${literals(({ items }) => items.map((item) => item.quantity))}::text[],
          ${literals(({ items }) => items.map(expiryOf))}::text[],
          ${literals(buyersOf)}::text[],
          ${literals(typesOf)}::text[],
          ${literals(ordersOf)}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, quantities, expiries, buyers, types, orders, place)
       ORDER BY b.event_id, b.place
    )
    SELECT batch.place, ${columns}
      FROM batch
     CROSS JOIN LATERAL hold_seats(
       batch.event_id, batch.ids::uuid[], batch.quantities::integer[], batch.expiries::timestamptz[],
       ${source}, ${revive}, ${now}, batch.buyers::uuid[], batch.types::uuid[], batch.orders::integer[]) AS held`;
  return inOrder(rows);
}

/**
 * Like {@link callHoldSeats}, at the prices that items name, today's if they name none; `together`, each event is held in a
 * transaction of its own.
 */
export async function callHoldSeatsAtPrices(sql: Sql, request: HoldCall): Promise<HeldSeats[]> {
  const { batches, source, revive, now, together } = request;
  const columns = heldColumns(sql);
  const [only] = batches;
  if (only && batches.length === 1) {
    const { items } = only;
    return [
      ...await sql<HeldSeats[]>`
      SELECT ${columns}
        FROM hold_seats_at_prices(
          ${only.eventId}, ${items.map((item) => item.allocationId)}::uuid[],
          ${items.map((item) => item.quantity)}::integer[], ${items.map(expiryOf)}::timestamptz[],
          ${source}, ${revive}, ${now}, ${buyersOf(only)}::uuid[], ${typesOf(only)}::uuid[],
          ${ordersOf(only)}::integer[], ${pricesOf(only)}::integer[]) AS held`,
    ];
  }
  if (together) {
    const held: HeldSeats[] = [];
    for (const batch of batches) {
      held.push(...await callHoldSeatsAtPrices(sql, { ...request, batches: [batch] }));
    }
    return held;
  }
  const literals = literalsOf(batches);
  const rows = await sql<(HeldSeats & Placed)[]>`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${lockTimeout(sql)}
        FROM unnest(
          ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${literals(({ items }) => items.map((item) => item.allocationId))}::text[],
          ${literals(({ items }) => items.map((item) => item.quantity))}::text[],
          ${literals(({ items }) => items.map(expiryOf))}::text[],
          ${literals(buyersOf)}::text[],
          ${literals(typesOf)}::text[],
          ${literals(ordersOf)}::text[],
          ${literals(pricesOf)}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, quantities, expiries, buyers, types, orders, prices, place)
       ORDER BY b.event_id, b.place
    )
    SELECT batch.place, ${columns}
      FROM batch
     CROSS JOIN LATERAL hold_seats_at_prices(
       batch.event_id, batch.ids::uuid[], batch.quantities::integer[], batch.expiries::timestamptz[],
       ${source}, ${revive}, ${now}, batch.buyers::uuid[], batch.types::uuid[], batch.orders::integer[],
       batch.prices::integer[]) AS held`;
  return inOrder(rows);
}

function heldColumns(sql: Sql) {
  return sql`
    held.on_sale AS "isOnSale", held.granted, held.existing, held.available,
    held.set_aside AS "setAside", held.seq,
    held.waitlist_open AS "isWaitlistOpen", held.unit_price_minor AS "unitPriceMinor", held.currency,
    held.max_tickets_per_booking AS "maxTicketsPerBooking", held.start_at AS "startsAt",
    held.refund_policy AS "refundPolicy", held.ticket_name AS "ticketName", held.types, held.refused`;
}

/** Returns how to say the values of each batch as an array; null for a batch without. */
function literalsOf(batches: readonly HoldBatch[]) {
  return (valuesOf: (batch: HoldBatch) => readonly (string | number | null)[] | null) =>
    batches.map((batch) => {
      const values = valuesOf(batch);
      return values && arrayLiteral(values);
    });
}

function buyersOf({ items }: HoldBatch): (string | null)[] | null {
  return orNull(items, ({ buyerId }) => buyerId);
}

function typesOf({ items }: HoldBatch): (string | null)[] | null {
  return orNull(items, ({ ticketTypeId }) => ticketTypeId);
}

function ordersOf({ items }: HoldBatch): (number | null)[] | null {
  return orNull(items, ({ order }) => order);
}

function pricesOf({ items }: HoldBatch): (number | null)[] | null {
  return orNull(items, ({ unitPriceMinor }) => unitPriceMinor);
}

/** A value of each item; null if none has it. */
function orNull<Value>(
  items: readonly HoldItem[],
  valueOf: (item: HoldItem) => Value | undefined,
): (Value | null)[] | null {
  if (items.every((item) => valueOf(item) === undefined)) return null;
  return items.map((item) => valueOf(item) ?? null);
}

/** Sells orders of each event; `committed` are those sold now or before. Results are in batch order. */
export async function callCommitSeats(
  sql: Sql,
  { batches, now, together }: { batches: readonly CommitBatch[]; now: Date } & Together,
): Promise<CommittedSeats[]> {
  const [only] = batches;
  if (only && batches.length === 1) {
    return [
      ...await sql<CommittedSeats[]>`
      SELECT sale.*
        FROM commit_seats(
          ${only.eventId}, ${[...only.allocationIds]}::uuid[], ${now},
          ${only.orders ? [...only.orders] : null}::integer[]) AS sale`,
    ];
  }
  if (together) {
    return inOrder(
      await sql<(CommittedSeats & Placed)[]>`
      SELECT sale.*
        FROM commit_seats_together(
          ${batches[0]!.eventId}, ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${batches.map(({ allocationIds }) => arrayLiteral(allocationIds))}::text[], ${now},
          ${batches.map(({ orders }) => orders ? arrayLiteral(orders) : null)}::text[],
          ${String(MAX_SHARED_WAIT_MS)}) AS sale`,
    );
  }
  return inOrder(
    await sql<(CommittedSeats & Placed)[]>`
    ${allocationBatches(sql, batches.map((batch) => ({ ...batch, numbers: batch.orders })))}
    SELECT batch.place, sale.*
      FROM batch
     CROSS JOIN LATERAL commit_seats(
       batch.event_id, batch.ids::uuid[], ${now}, batch.numbers::integer[]) AS sale`,
  );
}

/** Releases seats of each event. Results are in batch order. */
export async function callReleaseSeats(
  sql: Sql,
  { batches, together }: { batches: readonly AllocationBatch[] } & Together,
): Promise<ReleasedSeats[]> {
  const [only] = batches;
  if (only && batches.length === 1) {
    return [
      ...await sql<ReleasedSeats[]>`
      SELECT ${releasedColumns(sql)}
        FROM release_seats(
          ${only.eventId}, ${[...only.allocationIds]}::uuid[],
          ${only.keep ? [...only.keep] : null}::integer[]) AS freed`,
    ];
  }
  if (together) {
    return inOrder(
      await sql<(ReleasedSeats & Placed)[]>`
      SELECT freed.place, ${releasedColumns(sql)}
        FROM release_seats_together(
          ${batches[0]!.eventId}, ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${batches.map(({ allocationIds }) => arrayLiteral(allocationIds))}::text[],
          ${batches.map(({ keep }) => keep ? arrayLiteral(keep) : null)}::text[],
          ${String(MAX_SHARED_WAIT_MS)}) AS freed`,
    );
  }
  return inOrder(
    await sql<(ReleasedSeats & Placed)[]>`
    ${allocationBatches(sql, batches.map((batch) => ({ ...batch, numbers: batch.keep })))}
    SELECT batch.place, ${releasedColumns(sql)}
      FROM batch
     CROSS JOIN LATERAL release_seats(
       batch.event_id, batch.ids::uuid[], batch.numbers::integer[]) AS freed`,
  );
}

/**
 * `WITH batch`, in the order in which every transaction locks inventories: by event id. A statement must take the
 * rows as they come; if it sorted them, it would lock in another order.
 */
function allocationBatches(
  sql: Sql,
  batches: readonly {
    eventId: string;
    allocationIds: readonly string[];
    /** One for each allocation. */
    numbers: readonly number[] | undefined;
  }[],
) {
  return sql`
    WITH batch AS MATERIALIZED (
      SELECT b.*, ${lockTimeout(sql)}
        FROM unnest(
          ${batches.map(({ eventId }) => eventId)}::uuid[],
          ${batches.map(({ allocationIds }) => arrayLiteral(allocationIds))}::text[],
          ${batches.map(({ numbers }) => numbers ? arrayLiteral(numbers) : null)}::text[]
        ) WITH ORDINALITY AS b (event_id, ids, numbers, place)
       ORDER BY b.event_id, b.place
    )`;
}

/** Sets, before any row is locked, how long this transaction of several events waits for a lock. */
function lockTimeout(sql: Sql) {
  return sql`set_config('lock_timeout', ${String(MAX_SHARED_WAIT_MS)}, true)`;
}

function releasedColumns(sql: Sql) {
  return sql`
    freed.released, freed.available_before AS "availableBefore", freed.available,
    freed.set_aside AS "setAside", freed.seq`;
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

/** When the oldest hold ended that has ended and still has its seats. */
export function oldestExpiredHold(sql: Sql, { now }: { now: Date }): Promise<Date | undefined> {
  return one(
    sql<{ expiresAt: Date }[]>`
    SELECT expires_at AS "expiresAt" FROM seat_allocations
     WHERE state = 'held' AND expires_at <= ${now}
     ORDER BY expires_at LIMIT 1`,
    ({ expiresAt }) => expiresAt,
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
