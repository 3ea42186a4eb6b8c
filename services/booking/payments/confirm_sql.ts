import {
  exactlyOne,
  isDistributed,
  many,
  one,
  runByServer,
  type Sql,
} from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import {
  type BookingRow,
  paidBefore,
  releasePayload,
  storedColumns,
  toBooking,
  voidPayload,
} from "../orders/rows.ts";
import { endedOffers } from "../waitlist/ended_offers_sql.ts";
import type {
  BookingStore,
  Capture,
  Claim,
  Confirmation,
  PaymentOfBooking,
} from "../orders/store.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

/** A confirming booking with its current payment. */
export interface ConfirmationRow extends BookingRow {
  payment_id: string;
  method: string;
  token: string;
  /** Absent: none. */
  replaces?: string[];
}

export function toConfirmation(row: ConfirmationRow): Confirmation {
  return {
    booking: toBooking(row),
    order: {
      paymentId: row.payment_id,
      bookingId: row.booking_id,
      amountMinor: row.total_minor,
      currency: row.currency,
      method: row.method,
      token: row.token,
    },
    replaces: row.replaces ?? [],
  };
}

/**
 * Calls `start_confirmations` (migrations/bookings_db): one statement for all claims, in the order of booking ids. Where the
 * database is distributed, the events of the bookings are read first, and each server starts its part.
 */
export async function startConfirming(
  sql: Sql,
  claims: readonly Claim[],
): Promise<(Confirmation | undefined)[]> {
  if (!await isDistributed(sql)) return await callStartConfirmations(sql, claims);
  const events = await eventsOf(sql, claims);
  const known = claims.flatMap((claim) => {
    const eventId = claim.eventId ?? events.get(claim.bookingId);
    return eventId === undefined ? [] : [{ claim, eventId }];
  });
  const started = await runByServer(
    sql,
    known,
    (part) =>
      callStartConfirmations(
        sql,
        part.map(({ claim, eventId }) => ({ ...claim, eventId })),
        part[0],
      ),
  );
  const byClaim = new Map(known.map(({ claim }, i) => [claim, started[i]]));
  return claims.map((claim) => byClaim.get(claim));
}

/** The events of the bookings of claims that do not know them. */
async function eventsOf(
  sql: Sql,
  claims: readonly Claim[],
): Promise<ReadonlyMap<string, string>> {
  const bookingIds = claims.filter((c) => c.eventId === undefined).map((c) => c.bookingId);
  if (bookingIds.length === 0) return new Map();
  return new Map(
    await many(
      sql<{ booking_id: string; event_id: string }[]>`
        SELECT booking_id, event_id FROM bookings WHERE booking_id = ANY (${bookingIds}::uuid[])`,
      (row) => [row.booking_id, row.event_id] as const,
    ),
  );
}

/** @param together sends the call to the server of this event, where all the claims' bookings are */
async function callStartConfirmations(
  sql: Sql,
  claims: readonly Claim[],
  together?: { eventId: string },
): Promise<(Confirmation | undefined)[]> {
  const payments = claims.map(({ payment }) => payment);
  const call = together
    ? sql`start_confirmations_together(${together.eventId},`
    : sql`start_confirmations(`;
  const rows = await sql<(Omit<ConfirmationRow, "method" | "token"> & { place: number })[]>`
    SELECT ${storedColumns(sql)}, b.payment_id, b.place
      FROM ${call}
        ${claims.map((c) => c.bookingId)}::uuid[],
        ${claims.map((c) => c.eventId ?? null)}::uuid[],
        ${claims.map((c) => c.userId)}::uuid[],
        ${claims.map((c) => c.now.toISOString())}::timestamptz[],
        ${payments.map((p) => p.paymentId)}::uuid[],
        ${payments.map((p) => p.provider)}::text[],
        ${payments.map((p) => p.method)}::text[],
        ${payments.map((p) => p.token)}::text[]
      ) AS b`;
  const started: (Confirmation | undefined)[] = claims.map(() => undefined);
  for (const row of rows) {
    const { method, token } = payments[row.place - 1]!;
    started[row.place - 1] = toConfirmation({ ...row, method, token });
  }
  return started;
}

/** Calls `complete_confirmations`: one statement for all captures, or one for each of several servers. */
export function completeConfirmations(
  sql: Sql,
  captures: readonly Capture[],
): Promise<boolean[]> {
  return runByServer(
    sql,
    captures,
    (part, together) => callCompleteConfirmations(sql, part, together),
  );
}

async function callCompleteConfirmations(
  sql: Sql,
  captures: readonly Capture[],
  together: boolean,
): Promise<boolean[]> {
  const call = together
    ? sql`complete_confirmations_together(${captures[0]!.eventId},`
    : sql`complete_confirmations(`;
  const confirmed = await exactlyOne(
    sql<{ confirmed: number[] }[]>`
      SELECT confirmed
        FROM ${call}
          ${captures.map((c) => c.bookingId)}::uuid[],
          ${captures.map((c) => c.eventId)}::uuid[],
          ${captures.map((c) => c.paymentId)}::uuid[],
          ${captures.map((c) => c.transactionId)}::text[],
          ${captures.map((c) => c.ticketCode)}::text[],
          ${captures.map((c) => c.now.toISOString())}::timestamptz[],
          ${captures.some((c) => c.hold) ? captures.map((c) => c.hold ?? 0) : null}::integer[]
        )`,
    (row) => new Set(row.confirmed),
  );
  return captures.map((_, i) => confirmed.has(i + 1));
}

/** Keeps the seats held while the hold lasts, so that the buyer can try another card. */
export function declinePayment(
  sql: Sql,
  { bookingId, eventId, paymentId, transactionId, now }: Input<"declinePayment">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = CASE WHEN expires_at > ${now} THEN 'pending' ELSE 'expired' END,
               expired_at = CASE WHEN expires_at > ${now} THEN NULL ELSE ${now}::timestamptz END,
               payment_status = 'failed'
         WHERE booking_id = ${bookingId} AND event_id = ${eventId}
           AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), declined AS (
        UPDATE payments p
           SET status = 'declined', finished_at = ${now},
               transaction_id = coalesce(${transactionId ?? null}, p.transaction_id)
          FROM b
         WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
      ), released AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'seats.release', ${
      releasePayload(sql)
    }, ${now}, ${now}
          FROM b
         WHERE b.status = 'expired'
      ), ${endedOffers(sql, { end: "lapsed", now })}
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}

/**
 * Expires a booking without seats, voids its payment, and releases seats that may still be held. A buyer whose payment
 * took its time (`awaitProvider` queued a look at it under its own id) is told, as nobody waits for an answer any more,
 * and sees the void among the refunds: the refund's id is that of the message.
 */
export function abandonConfirmation(
  sql: Sql,
  { bookingId, eventId, paymentId, now }: Input<"abandonConfirmation">,
): Promise<Booking | undefined> {
  const isLate = sql`
    EXISTS (SELECT FROM outbox o WHERE o.message_id = ${paymentId} AND o.event_id = ${eventId})`;
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'expired', expired_at = ${now},
               payment_status = CASE WHEN ${isLate} THEN 'refunded' ELSE 'failed' END,
               refund_minor = CASE WHEN ${isLate} THEN total_minor ELSE refund_minor END
         WHERE booking_id = ${bookingId} AND event_id = ${eventId}
           AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), voided AS (
        UPDATE payments p SET status = 'voided', finished_at = ${now}
          FROM b
         WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
      ), refund_rows AS (
        INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, created_at)
        SELECT gen_random_uuid(), b.event_id, b.booking_id, b.payment_id, b.refund_minor, 'late_payment', ${now}
          FROM b
         WHERE b.payment_status = 'refunded' AND b.refund_minor > 0
        RETURNING refund_id, booking_id, event_id
      ), ${paidBefore(sql)}, messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT CASE m.topic WHEN 'payment.void' THEN coalesce(r.refund_id, gen_random_uuid()) ELSE gen_random_uuid() END,
               b.booking_id, b.event_id, m.topic, m.payload, ${now}, ${now}
          FROM b
          LEFT JOIN refund_rows r ON r.booking_id = b.booking_id AND r.event_id = b.event_id
         CROSS JOIN LATERAL unnest(
           ARRAY['seats.release', 'payment.void', 'booking.payment_returned'],
           ARRAY[${releasePayload(sql)},
             ${voidPayload(sql)},
             '{}'::jsonb]
         ) AS m (topic, payload)
         WHERE m.topic = 'seats.release'
            OR (m.topic = 'payment.void' AND b.total_minor > 0)
            OR (m.topic = 'booking.payment_returned' AND b.payment_status = 'refunded')
      ), ${endedOffers(sql, { end: "lapsed", now })}
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}

/**
 * A confirmation that another process has taken over after it was read is left alone. A payment whose void is not
 * delivered may not be void yet, though its driver began to void it.
 */
export function leaseStuckConfirmations(
  sql: Sql,
  { firstLane, before, now, limit }: Input<"leaseStuckConfirmations">,
): Promise<Confirmation[]> {
  const stuck = sql`
    SELECT booking_id, event_id, confirming_at FROM bookings
     WHERE status = 'confirming' AND confirming_at <= ${before}`;
  const byLane = sql`ORDER BY lane_of(event_id), confirming_at LIMIT ${limit}`;
  return many(
    sql<ConfirmationRow[]>`
      WITH stuck AS MATERIALIZED (
        SELECT * FROM (
          (${stuck} AND lane_of(event_id) >= ${firstLane} ${byLane})
          UNION ALL
          (${stuck} AND lane_of(event_id) < ${firstLane} ${byLane})
          LIMIT ${limit}
        ) AS in_turn
         ORDER BY booking_id
      ), b AS (
        UPDATE bookings o
           SET confirming_at = ${now}
          FROM stuck
         WHERE o.booking_id = stuck.booking_id AND o.event_id = stuck.event_id
           AND o.status = 'confirming' AND o.confirming_at = stuck.confirming_at
        RETURNING o.*
      ), voids AS MATERIALIZED (
        SELECT o.subject_id, o.event_id,
               array_agg((o.payload ->> 'payment_id')::uuid ORDER BY o.payload ->> 'payment_id') AS payment_ids
          FROM b
          JOIN outbox o ON o.subject_id = b.booking_id AND o.event_id = b.event_id
           AND o.topic = 'payment.void' AND o.delivered_at IS NULL
         GROUP BY o.subject_id, o.event_id
      )
      SELECT ${storedColumns(sql)}, b.payment_id, p.method, p.token,
             coalesce(voids.payment_ids, '{}') AS replaces
        FROM b
        JOIN payments p ON p.payment_id = b.payment_id AND p.event_id = b.event_id
        LEFT JOIN voids ON voids.subject_id = b.booking_id AND voids.event_id = b.event_id`,
    toConfirmation,
  );
}

export async function handOnConfirmations(
  sql: Sql,
  payments: readonly PaymentOfBooking[],
): Promise<void> {
  await sql`
    UPDATE bookings b
       SET confirming_at = 'epoch'
      FROM unnest(
        ${payments.map(({ bookingId }) => bookingId)}::uuid[],
        ${payments.map(({ eventId }) => eventId)}::uuid[],
        ${payments.map(({ paymentId }) => paymentId)}::uuid[]
      ) AS given (booking_id, event_id, payment_id)
     WHERE b.booking_id = given.booking_id AND b.event_id = given.event_id
       AND b.payment_id = given.payment_id AND b.status = 'confirming'`;
}
