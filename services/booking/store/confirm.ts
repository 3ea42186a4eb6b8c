import { many, one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../booking.ts";
import { bookingColumns, type BookingRow, toBooking } from "./rows.ts";
import type { BookingStore, Confirmation } from "./store.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

/** A confirming booking with its current payment. */
interface ConfirmationRow extends BookingRow {
  payment_id: string;
  method: string;
  token: string;
}

function toConfirmation(row: ConfirmationRow): Confirmation {
  return {
    booking: toBooking(row),
    order: {
      paymentId: row.payment_id,
      amount_minor: row.total_minor,
      currency: row.currency,
      method: row.method,
      token: row.token,
    },
  };
}

/** Only a pending booking whose hold has not ended; of several callers one gets the row. */
export function startConfirming(
  sql: Sql,
  { bookingId, userId, now, payment }: Input<"startConfirming">,
): Promise<Confirmation | undefined> {
  return one(
    sql<ConfirmationRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'confirming', confirming_at = ${now}, payment_id = ${payment.paymentId}
         WHERE booking_id = ${bookingId}
           AND user_id = ${userId}
           AND status = 'pending'
           AND expires_at > ${now}
        RETURNING *
      ), started AS (
        INSERT INTO payments
          (payment_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
        SELECT b.payment_id, b.booking_id, ${payment.provider}, ${payment.method}, ${payment.token},
               'started', b.total_minor, b.currency, ${now}
          FROM b
        RETURNING method, token
      )
      SELECT ${bookingColumns(sql)}, b.payment_id, started.method, started.token FROM b, started`,
    toConfirmation,
  );
}

/** One transaction: the booking, its payment, its ticket. */
export function completeConfirmation(
  sql: Sql,
  { bookingId, paymentId, transactionId, ticketCode, now }: Input<"completeConfirmation">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'confirmed', payment_status = 'completed', confirmed_at = ${now}
         WHERE booking_id = ${bookingId} AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), captured AS (
        UPDATE payments p
           SET status = 'captured', transaction_id = ${transactionId}, finished_at = ${now}
          FROM b
         WHERE p.payment_id = b.payment_id
      ), issued AS (
        INSERT INTO tickets (ticket_code, booking_id, issued_at)
        SELECT ${ticketCode}, b.booking_id, ${now} FROM b
      )
      SELECT ${bookingColumns(sql)} FROM b`,
    (row) => ({ ...toBooking(row), ticketCode }),
  );
}

/** The seats stay held while the hold lasts, so the buyer can try another card. */
export function declinePayment(
  sql: Sql,
  { bookingId, paymentId, now }: Input<"declinePayment">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = CASE WHEN expires_at > ${now} THEN 'pending' ELSE 'expired' END,
               expired_at = CASE WHEN expires_at > ${now} THEN NULL ELSE ${now}::timestamptz END,
               payment_status = 'failed'
         WHERE booking_id = ${bookingId} AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), declined AS (
        UPDATE payments p SET status = 'declined', finished_at = ${now}
          FROM b
         WHERE p.payment_id = b.payment_id
      ), released AS (
        INSERT INTO outbox (outbox_id, booking_id, event_id, kind, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'release_seats', ${now}, ${now}
          FROM b
         WHERE b.status = 'expired'
      )
      SELECT ${bookingColumns(sql)} FROM b`,
    toBooking,
  );
}

/** No money without seats: the payment goes back, and whatever may still be held with it. */
export function abandonConfirmation(
  sql: Sql,
  { bookingId, paymentId, now }: Input<"abandonConfirmation">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'expired', expired_at = ${now}, payment_status = 'failed'
         WHERE booking_id = ${bookingId} AND status = 'confirming' AND payment_id = ${paymentId}
        RETURNING *
      ), voided AS (
        UPDATE payments p SET status = 'voided', finished_at = ${now}
          FROM b
         WHERE p.payment_id = b.payment_id
      ), messages AS (
        INSERT INTO outbox (outbox_id, booking_id, event_id, kind, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, m.kind, m.payload, ${now}, ${now}
          FROM b
         CROSS JOIN LATERAL (VALUES
           ('release_seats', '{}'::jsonb),
           ('void_payment', jsonb_build_object('payment_id', b.payment_id))
         ) AS m (kind, payload)
      )
      SELECT ${bookingColumns(sql)} FROM b`,
    toBooking,
  );
}

export function leaseStuckConfirmations(
  sql: Sql,
  { before, now, limit }: Input<"leaseStuckConfirmations">,
): Promise<Confirmation[]> {
  return many(
    sql<ConfirmationRow[]>`
      WITH b AS (
        UPDATE bookings
           SET confirming_at = ${now}
         WHERE booking_id IN (
           SELECT booking_id FROM bookings
            WHERE status = 'confirming' AND confirming_at <= ${before}
            ORDER BY confirming_at
            LIMIT ${limit}
              FOR UPDATE SKIP LOCKED
         )
        RETURNING *
      )
      SELECT ${bookingColumns(sql)}, b.payment_id, p.method, p.token
        FROM b JOIN payments p USING (payment_id)`,
    toConfirmation,
  );
}
