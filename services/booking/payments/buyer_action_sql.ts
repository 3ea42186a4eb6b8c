import { one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import { type ConfirmationRow, toConfirmation } from "./confirm_sql.ts";
import {
  bookingColumns,
  type BookingRow,
  isStill,
  paidBefore,
  releasePayload,
  storedColumns,
  toBooking,
  voidPayload,
} from "../orders/rows.ts";
import type { BookingStore, Confirmation, PaidBooking } from "../orders/store.ts";
import { endedOffers } from "../waitlist/ended_offers_sql.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

interface PaidBookingRow extends BookingRow {
  payment_id: string | null;
  token: string | null;
  transaction_id: string | null;
}

export function findWithPayment(sql: Sql, bookingId: string): Promise<PaidBooking | undefined> {
  return one(
    sql<PaidBookingRow[]>`
      SELECT ${bookingColumns(sql)}, p.payment_id, p.token, p.transaction_id
        FROM bookings b
        LEFT JOIN payments p ON p.payment_id = b.payment_id AND p.event_id = b.event_id
       WHERE b.booking_id = ${bookingId}`,
    (row) => ({
      booking: toBooking(row),
      payment: row.payment_id === null ? undefined : {
        paymentId: row.payment_id,
        token: row.token!,
        transactionId: row.transaction_id ?? undefined,
      },
    }),
  );
}

/** Continues the hold, so that the buyer can act, pay otherwise, extend it or let it end. */
export function requireAction(
  sql: Sql,
  { bookingId, eventId, paymentId, transactionId, now }: Input<"requireAction">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = CASE WHEN expires_at > ${now} THEN 'pending' ELSE 'expired' END,
               expired_at = CASE WHEN expires_at > ${now} THEN NULL ELSE ${now}::timestamptz END,
               payment_status = CASE WHEN expires_at > ${now} THEN 'requires_action' ELSE 'failed' END
         WHERE booking_id = ${bookingId} AND event_id = ${eventId}
           AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), waits_or_ends AS (
        UPDATE payments p
           SET status = CASE b.status WHEN 'pending' THEN 'requires_action' ELSE 'voided' END,
               transaction_id = coalesce(${transactionId ?? null}, p.transaction_id),
               finished_at = CASE b.status WHEN 'pending' THEN NULL ELSE ${now}::timestamptz END
          FROM b
         WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
      ), ${paidBefore(sql)}, messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, m.topic, m.payload, ${now}, ${now}
          FROM b
         CROSS JOIN LATERAL unnest(
           ARRAY['seats.release', 'payment.void', 'booking.requires_action'],
           ARRAY[${releasePayload(sql)},
             ${voidPayload(sql)} || jsonb_strip_nulls(jsonb_build_object('transaction_id', ${
      transactionId ?? null
    }::text)),
             '{}']
         ) AS m (topic, payload)
         WHERE (b.status = 'expired') = (m.topic <> 'booking.requires_action')
      ), ${endedOffers(sql, { end: "lapsed", now })}
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}

export function resumeConfirming(
  sql: Sql,
  { bookingId, eventId, userId, paymentId, now }: Input<"resumeConfirming">,
): Promise<Confirmation | undefined> {
  return one(
    sql<ConfirmationRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'confirming', confirming_at = ${now}, payment_status = 'pending'
         WHERE booking_id = ${bookingId} AND event_id = ${eventId} AND user_id = ${userId}
           AND ${isStill(sql, "pending")}
           AND payment_status IN ('requires_action', 'processing') AND payment_id = ${paymentId}
           AND expires_at > ${now}
        RETURNING *
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

/** The confirmation stays the only one of the booking: no driver of the replaced payment can end it any more. */
export function replacePayment(
  sql: Sql,
  { bookingId, eventId, userId, paymentId, by, now }: Input<"replacePayment">,
): Promise<Confirmation | undefined> {
  return one(
    sql<ConfirmationRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'confirming', confirming_at = ${now}, payment_status = 'pending',
               payment_id = ${by.paymentId}
         WHERE booking_id = ${bookingId} AND event_id = ${eventId} AND user_id = ${userId}
           AND ${isStill(sql, "pending")}
           AND payment_status IN ('requires_action', 'processing') AND payment_id = ${paymentId}
           AND expires_at > ${now}
        RETURNING *
      ), voided AS (
        UPDATE payments p SET status = 'voided', finished_at = ${now}
          FROM b
         WHERE p.payment_id = ${paymentId} AND p.event_id = b.event_id
      ), ${paidBefore(sql, paymentId)}, messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'payment.void',
               ${voidPayload(sql, paymentId)}, ${now}, ${now}
          FROM b
      ), started AS (
        INSERT INTO payments
          (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
        SELECT b.payment_id, b.event_id, b.booking_id,
               CASE b.total_minor WHEN 0 THEN 'free' ELSE ${by.provider}::text END,
               CASE b.total_minor WHEN 0 THEN 'free' ELSE ${by.method}::text END,
               CASE b.total_minor WHEN 0 THEN '' ELSE ${by.token}::text END,
               'started', b.total_minor, b.currency, ${now}
          FROM b
      )
      SELECT ${storedColumns(sql)}, b.payment_id, ${by.method}::text AS method,
             ${by.token}::text AS token, ARRAY[${paymentId}::uuid] AS replaces
        FROM b`,
    toConfirmation,
  );
}
