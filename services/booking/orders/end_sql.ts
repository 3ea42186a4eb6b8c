import { PAYABLE_STEPS } from "@evently/shared/money";
import { exactlyOne, one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "./booking.ts";
import {
  type BookingRow,
  isStill,
  paidBefore,
  releasePayload,
  storedColumns,
  toBooking,
  voidPayload,
} from "./rows.ts";
import { endedOffers } from "../waitlist/ended_offers_sql.ts";
import { cancellationRefundId, refundMessages } from "../refunds/refunds_sql.ts";
import type { BookingStore, CancelledBooking } from "./store.ts";

const STEPS = Object.fromEntries(PAYABLE_STEPS);

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

/**
 * Releases the seats of cancelled bookings. For a statement whose CTE of cancelled bookings is called `b`, and that has the CTE
 * of {@link paidBefore}; those that are paid need {@link cancellationRefunds} too.
 */
export function cancellationMessages(sql: Sql, now: Date) {
  return sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), b.booking_id, b.event_id, m.topic, m.payload, ${now}, ${now}
      FROM b
     CROSS JOIN LATERAL unnest(
       ARRAY['seats.release', 'payment.void'],
       ARRAY[${releasePayload(sql)},
         ${voidPayload(sql)}]
     ) AS m (topic, payload)
     WHERE m.topic = 'seats.release' OR b.payment_status IN ('requires_action', 'processing')`;
}

/**
 * CTEs that refund what cancelled bookings are owed beyond what was refunded before. For a statement whose CTE of
 * cancelled bookings is called `b`, with `refunded_before` as it was when their rows were locked.
 */
function cancellationRefunds(
  sql: Sql,
  { reason, now }: { reason: "cancelled" | "event_cancelled"; now: Date },
) {
  const refundId = cancellationRefundId(sql);
  return sql`
    refund_rows AS (
      INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, created_at)
      SELECT ${refundId}, b.event_id, b.booking_id, p.payment_id, b.refund_minor - b.refunded_before,
             ${reason}, ${now}
        FROM b
        JOIN payments p ON p.payment_id = b.payment_id AND p.event_id = b.event_id
         AND p.status IN ('captured', 'refunded')
       WHERE b.refund_minor > b.refunded_before
      RETURNING *
    ), refund_messages AS (${refundMessages(sql, now)})`;
}

/** Tells of the cancellation of paid bookings. For a statement whose CTE of cancelled bookings is called `b`. */
function cancellationFacts(sql: Sql, { by, now }: { by: "buyer" | "event"; now: Date }) {
  return sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), b.booking_id, b.event_id, 'booking.cancelled',
           jsonb_build_object('by', ${by}::text), ${now}, ${now}
      FROM b
     WHERE b.confirmed_at IS NOT NULL`;
}

/**
 * Voids the payments of ended bookings that still wait for their buyer, and for their provider unless they are `late`:
 * then the money may come after the hold. For a statement whose CTE of ended bookings is called `b`.
 */
export function voidedPayments(sql: Sql, { now, late }: { now: Date; late?: true }) {
  return sql`
    UPDATE payments p
       SET status = 'voided', finished_at = ${now}
      FROM b
     WHERE p.payment_id = b.payment_id AND p.event_id = b.event_id
       AND b.payment_status IN ${waiting(sql, late)}`;
}

/** The states of payments that end with their booking. */
function waiting(sql: Sql, late?: true) {
  return late ? sql`('requires_action')` : sql`('requires_action', 'processing')`;
}

/**
 * The assignments of a cancellation with a refund in percent of the payment. What was refunded before counts: all refunds
 * together are what one would have been, if they are not more already. Rounded as `refundOf()` does.
 */
export function cancelledColumns(sql: Sql, { now, percent }: { now: Date; percent: number }) {
  const share = sql`floor(total_minor * ${percent}::numeric / 100)`;
  const step = sql`coalesce((${sql.json(STEPS)}::jsonb ->> currency)::numeric, 1)`;
  const payable = sql`least(ceil(${share} / ${step}) * ${step}, total_minor)::bigint`;
  const refund = sql`greatest(${payable}, coalesce(refund_minor, 0))`;
  return sql`
    status = 'cancelled',
    cancelled_at = ${now},
    refund_minor = CASE payment_status WHEN 'completed' THEN ${refund} ELSE 0 END,
    payment_status = CASE
      WHEN payment_status = 'completed' AND ${refund} > 0 THEN 'refunded'
      ELSE payment_status
    END`;
}

/** Cancels only from the status that the refund was computed for; zero rows mean that another change was first. */
export function cancelFrom(
  sql: Sql,
  { bookingId, eventId, userId, status, refundPercent, now }: Input<"cancelFrom">,
): Promise<CancelledBooking | undefined> {
  return one(
    sql<(BookingRow & { refunded_before: number })[]>`
      WITH locked AS MATERIALIZED (
        SELECT booking_id AS id, coalesce(refund_minor, 0) AS refunded_before FROM bookings
         WHERE booking_id = ${bookingId}
           AND event_id = ${eventId}
           AND user_id = ${userId}
           AND ${isStill(sql, status)}
           AND (status = 'confirmed' OR (status = 'pending' AND expires_at > ${now}))
           FOR UPDATE
      ), b AS (
        UPDATE bookings
           SET ${cancelledColumns(sql, { now, percent: refundPercent })}
          FROM locked
         WHERE booking_id = ${bookingId} AND event_id = ${eventId} AND booking_id = locked.id
        RETURNING *
      ), ${cancellationRefunds(sql, { reason: "cancelled", now })},
      ${paidBefore(sql)}, messages AS (${cancellationMessages(sql, now)}), voided AS (${
      voidedPayments(sql, { now })
    }),
      facts_of_bookings AS (${cancellationFacts(sql, { by: "buyer", now })}),
      ${endedOffers(sql, { end: "declined", now })}
      SELECT ${storedColumns(sql)}, b.refunded_before, t.ticket_code
        FROM b LEFT JOIN tickets t USING (booking_id, event_id)`,
    (row) => {
      const booking = toBooking(row);
      return { ...booking, newRefundMinor: (booking.refundMinor ?? 0) - row.refunded_before };
    },
  );
}

/**
 * Cancels a bounded batch; bookings that are locked by another change are left to the next call. Those that are active are
 * counted first: where the table is distributed, later parts of the statement see the change.
 */
export function cancelForEvent(
  sql: Sql,
  { eventId, now, limit }: Input<"cancelForEvent">,
): Promise<{ cancelled: number; remaining: number }> {
  return exactlyOne(
    sql<{ cancelled: number; active: number }[]>`
      WITH active AS MATERIALIZED (
        SELECT count(*) AS bookings FROM bookings
         WHERE event_id = ${eventId}
           AND (status IN ('confirmed', 'confirming') OR (status = 'pending' AND expires_at > ${now}))
      ), picked AS MATERIALIZED (
        SELECT booking_id, coalesce(refund_minor, 0) AS refunded_before FROM bookings
         WHERE event_id = ${eventId}
           AND (status = 'confirmed' OR (status = 'pending' AND expires_at > ${now}))
         LIMIT ${limit}
           FOR UPDATE SKIP LOCKED
      ), b AS (
        UPDATE bookings o
           SET ${cancelledColumns(sql, { now, percent: 100 })}
          FROM picked
         WHERE o.event_id = ${eventId} AND o.booking_id = picked.booking_id
        RETURNING o.*, picked.refunded_before
      ), ${cancellationRefunds(sql, { reason: "event_cancelled", now })},
      ${paidBefore(sql)}, messages AS (${cancellationMessages(sql, now)}), voided AS (${
      voidedPayments(sql, { now })
    }),
      facts_of_bookings AS (${cancellationFacts(sql, { by: "event", now })}),
      ${endedOffers(sql, { end: "event_over", now })}
      SELECT (SELECT count(*) FROM b) AS cancelled, (SELECT bookings FROM active) AS active`,
    ({ cancelled, active }) => ({ cancelled, remaining: active - cancelled }),
  );
}

/** For a statement whose CTE of expired bookings is called `b`. */
function expiryMessages(sql: Sql, { now, late }: { now: Date; late?: true }) {
  return sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), b.booking_id, b.event_id, m.topic, m.payload, ${now}, ${now}
      FROM b
     CROSS JOIN LATERAL unnest(
       ARRAY['seats.release', 'payment.void'],
       ARRAY[${releasePayload(sql)},
         ${voidPayload(sql)}]
     ) AS m (topic, payload)
     WHERE m.topic = 'seats.release' OR b.payment_status IN ${waiting(sql, late)}`;
}

export function expireIfPending(
  sql: Sql,
  { bookingId, eventId, userId, now }: Input<"expireIfPending">,
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET status = 'expired', expired_at = ${now}
         WHERE booking_id = ${bookingId} ${eventId ? sql`AND event_id = ${eventId}` : sql``}
           AND user_id = ${userId} AND status = 'pending'
        RETURNING *
      ), ${paidBefore(sql)}, messages AS (${expiryMessages(sql, { now })}), voided AS (${
      voidedPayments(sql, { now })
    }),
      ${endedOffers(sql, { end: "by_the_time", now })}
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}

/** A hold that is extended or ended after it was read is left alone. */
export function expireDue(
  sql: Sql,
  { lane, due, now, limit }: Input<"expireDue">,
): Promise<number> {
  return exactlyOne(
    sql<{ expired: number }[]>`
      WITH due AS MATERIALIZED (
        SELECT * FROM (
          SELECT booking_id, event_id, expires_at FROM bookings
           WHERE lane_of(event_id) = ${lane} AND status = 'pending' AND expires_at <= ${due}
           ORDER BY expires_at
           LIMIT ${limit}
        ) AS longest
         ORDER BY booking_id
      ), b AS (
        UPDATE bookings o
           SET status = 'expired', expired_at = ${now}
          FROM due
         WHERE o.booking_id = due.booking_id AND o.event_id = due.event_id
           AND o.status = 'pending' AND o.expires_at = due.expires_at
        RETURNING o.*
      ), ${paidBefore(sql)}, messages AS (${
      expiryMessages(sql, { now, late: true })
    }), voided AS (${voidedPayments(sql, { now, late: true })}),
      ${endedOffers(sql, { end: "lapsed", now })}
      SELECT count(*) AS expired FROM b`,
    ({ expired }) => expired,
  );
}
