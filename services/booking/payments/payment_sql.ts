import { deliveredMessages } from "@evently/shared/outbox";
import { many, one, type Sql } from "@evently/shared/postgres";
import { DEFAULT_TICKET_NAME } from "@evently/shared/ticket_name";
import type { Booking } from "../orders/booking.ts";
import type { Confirmation } from "../orders/store.ts";
import {
  bookingColumns,
  type BookingRow,
  paidBefore,
  releasePayload,
  storedColumns,
  toBooking,
  voidPayload,
} from "../orders/rows.ts";
import { doneRefunds } from "../refunds/refunds_sql.ts";
import { endedOffers } from "../waitlist/ended_offers_sql.ts";
import { type ConfirmationRow, toConfirmation } from "./confirm_sql.ts";
import type { PaymentState, PaymentStore, StoredPayment } from "./payment_store.ts";

type Input<Method extends keyof PaymentStore> = Parameters<PaymentStore[Method]>[0];

interface PaymentRow {
  payment_id: string;
  event_id: string;
  booking_id: string;
  provider: string;
  payment_state: PaymentState;
  transaction_id: string | null;
  amount_minor: number;
  refunded_minor: number;
  currency: string;
  started_at: Date;
  is_being_returned: boolean;
}

/** The statements about payments in PostgreSQL. */
export function postgresPaymentStore(sql: Sql): PaymentStore {
  return {
    awaitProvider: (input) => awaitProvider(sql, input),
    find: (key) => find(sql, key),
    queueLook: (input) => queueLook(sql, input),
    revive: (input) => revive(sql, input),
    endLate: (input) => endLate(sql, input),
    list: (input) => list(sql, input),
    queueVoid: (input) => queueVoid(sql, input),
    completeVoids: (input) => completeVoids(sql, input),
  };
}

/** The columns of a payment `p`. */
function paymentColumns(sql: Sql) {
  return sql`
    p.payment_id, p.event_id, p.booking_id, p.provider, p.status AS payment_state, p.transaction_id,
    p.amount_minor, p.refunded_minor, p.currency, p.started_at,
    EXISTS (SELECT FROM outbox o
             WHERE o.subject_id = p.booking_id AND o.event_id = p.event_id AND o.delivered_at IS NULL
               AND o.topic IN ('payment.void', 'payment.refund')) AS is_being_returned`;
}

function toPayment(row: PaymentRow): StoredPayment {
  return {
    paymentId: row.payment_id,
    eventId: row.event_id,
    bookingId: row.booking_id,
    provider: row.provider,
    status: row.payment_state,
    transactionId: row.transaction_id ?? undefined,
    amountMinor: row.amount_minor,
    refundedMinor: row.refunded_minor,
    currency: row.currency,
    startedAt: row.started_at,
    isBeingReturned: row.is_being_returned,
  };
}

function awaitProvider(
  sql: Sql,
  { bookingId, eventId, paymentId, transactionId, expiresAt, lookAt, now }: Input<"awaitProvider">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = CASE WHEN expires_at > ${now} THEN 'pending' ELSE 'expired' END,
               expired_at = CASE WHEN expires_at > ${now} THEN NULL ELSE ${now}::timestamptz END,
               expires_at = CASE WHEN expires_at > ${now} THEN greatest(expires_at, ${expiresAt}::timestamptz)
                                 ELSE expires_at END,
               payment_status = 'processing'
         WHERE booking_id = ${bookingId} AND event_id = ${eventId}
           AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), p AS (
        UPDATE payments p
           SET status = 'processing', transaction_id = coalesce(${
      transactionId ?? null
    }, p.transaction_id)
          FROM b
         WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
      ), released AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'seats.release', ${
      releasePayload(sql)
    }, ${now}, ${now}
          FROM b
         WHERE b.status = 'expired'
      ), look AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT b.payment_id, b.booking_id, b.event_id, 'payment.look',
               jsonb_build_object('payment_id', b.payment_id), ${now}, ${lookAt}
          FROM b
            ON CONFLICT DO NOTHING
      ), ${endedOffers(sql, { end: "lapsed", now })}
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}

function find(sql: Sql, { paymentId, eventId }: Input<"find">) {
  return one(
    sql<(BookingRow & PaymentRow & { is_latest: boolean })[]>`
      SELECT ${bookingColumns(sql)}, ${
      paymentColumns(sql)
    }, b.payment_id = p.payment_id AS is_latest
        FROM payments p
        JOIN bookings b ON b.booking_id = p.booking_id AND b.event_id = p.event_id
       WHERE p.payment_id = ${paymentId} ${eventId ? sql`AND p.event_id = ${eventId}` : sql``}`,
    (row) => ({ payment: toPayment(row), booking: toBooking(row), isLatest: row.is_latest }),
  );
}

async function queueLook(
  sql: Sql,
  { messageId, paymentId, now }: Input<"queueLook">,
): Promise<boolean> {
  const found = await one(
    sql<{ payments: number }[]>`
      WITH p AS (
        SELECT payment_id, booking_id, event_id FROM payments WHERE payment_id = ${paymentId}
      ), look AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT ${messageId}::uuid, booking_id, event_id, 'payment.look',
               jsonb_build_object('payment_id', payment_id), ${now}, ${now}
          FROM p
            ON CONFLICT DO NOTHING
      )
      SELECT count(*)::integer AS payments FROM p`,
    (row) => row.payments,
  );
  return found === 1;
}

/** The lines of a booking `o` for its next hold. One that stores none has one line of the default type. */
function linesOfNextHold(sql: Sql) {
  const stored = sql`
    coalesce(o.lines, jsonb_build_array(jsonb_build_object(
      'ticket_type_id', o.event_id, 'name', ${DEFAULT_TICKET_NAME}::text, 'quantity', o.quantity, 'gives', 1,
      'unit_price_minor', o.unit_price_minor)))`;
  return sql`
    (SELECT jsonb_agg(l.line || jsonb_build_object('hold', coalesce((l.line ->> 'hold')::integer, 0) + 1)
                      ORDER BY l.place)
       FROM jsonb_array_elements(${stored}) WITH ORDINALITY AS l (line, place))`;
}

/**
 * The release of the old seats must be over: they may be the only ones that are left. The next hold has allocations of
 * its own, which a repeat of that release cannot free, however late it arrives.
 */
function revive(
  sql: Sql,
  { bookingId, eventId, paymentId, expiresAt, now }: Input<"revive">,
): Promise<Confirmation | undefined> {
  return one(
    sql<ConfirmationRow[]>`
      WITH b AS (
        UPDATE bookings o
           SET status = 'confirming', confirming_at = ${now}, payment_status = 'pending',
               expired_at = NULL, expires_at = ${expiresAt}, lines = ${linesOfNextHold(sql)}
          FROM payments p
         WHERE o.booking_id = ${bookingId} AND o.event_id = ${eventId}
           AND o.status = 'expired' AND o.payment_id = ${paymentId}
           AND p.payment_id = o.payment_id AND p.event_id = o.event_id AND p.status = 'processing'
           AND NOT EXISTS (SELECT FROM outbox m
                            WHERE m.subject_id = o.booking_id AND m.event_id = o.event_id
                              AND m.topic = 'seats.release' AND m.delivered_at IS NULL)
        RETURNING o.*
      ), p AS (
        UPDATE payments SET status = 'started'
          FROM b
         WHERE payments.payment_id = b.payment_id AND payments.event_id = b.event_id
        RETURNING payments.payment_id, payments.event_id, payments.method, payments.token
      )
      SELECT ${storedColumns(sql)}, b.payment_id, p.method, p.token
        FROM b JOIN p USING (payment_id, event_id)`,
    toConfirmation,
  );
}

async function endLate(
  sql: Sql,
  { bookingId, eventId, paymentId, outcome, now }: Input<"endLate">,
): Promise<boolean> {
  const ended = await one(
    sql<{ booking_id: string }[]>`
      WITH b AS (
        UPDATE bookings b
           SET payment_status = 'failed'
         WHERE b.booking_id = ${bookingId} AND b.event_id = ${eventId}
           AND b.status = 'expired' AND b.payment_id = ${paymentId} AND b.payment_status = 'processing'
        RETURNING b.*
      ), p AS (
        UPDATE payments p
           SET status = ${outcome}, finished_at = ${now}
          FROM b
         WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
      ), ${paidBefore(sql)}, messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'payment.void', ${
      voidPayload(sql)
    }, ${now}, ${now}
          FROM b
         WHERE ${outcome === "voided"}
      )
      SELECT booking_id FROM b`,
    (row) => row,
  );
  return ended !== undefined;
}

function list(
  sql: Sql,
  { provider, after, startedBefore, unnamedSince, limit }: Input<"list">,
): Promise<StoredPayment[]> {
  return many(
    sql<PaymentRow[]>`
      SELECT ${paymentColumns(sql)}
        FROM payments p
       WHERE p.provider = ${provider} AND p.status <> 'started' AND p.started_at <= ${startedBefore}
         AND (p.transaction_id IS NOT NULL OR p.started_at > ${unnamedSince})
         ${
      after
        ? sql`AND (p.payment_id, p.event_id) > (${after.paymentId}::uuid, ${after.eventId}::uuid)`
        : sql``
    }
       ORDER BY p.payment_id, p.event_id
       LIMIT ${limit}`,
    toPayment,
  );
}

async function queueVoid(
  sql: Sql,
  { paymentId, eventId, now }: Input<"queueVoid">,
): Promise<void> {
  await sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), p.booking_id, p.event_id, 'payment.void',
           jsonb_strip_nulls(jsonb_build_object(
             'payment_id', p.payment_id, 'amount_minor', p.amount_minor, 'currency', p.currency,
             'transaction_id', p.transaction_id)),
           ${now}, ${now}
      FROM payments p
     WHERE p.payment_id = ${paymentId} AND p.event_id = ${eventId} AND p.status IN ('declined', 'voided')
       AND NOT EXISTS (SELECT FROM outbox o
                        WHERE o.subject_id = p.booking_id AND o.event_id = p.event_id AND o.topic = 'payment.void'
                          AND o.delivered_at IS NULL)`;
}

async function completeVoids(sql: Sql, input: Input<"completeVoids">): Promise<void> {
  await sql`
    WITH delivered AS (${deliveredMessages(sql, input)}), ${doneRefunds(sql, input.now)}
    SELECT FROM done`;
}
