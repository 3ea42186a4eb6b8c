import { deliveredMessages } from "@evently/shared/outbox";
import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { BookingStore, EventRefunds } from "../orders/store.ts";
import { type Refund, refundColumns, type RefundRow, toRefund } from "./refund_row.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

/**
 * The message that has each refund made, for a statement whose CTE `refund_rows` has inserted the refunds; its id is the
 * refund's.
 */
export function refundMessages(sql: Sql, now: Date) {
  return sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT r.refund_id, r.booking_id, r.event_id, 'payment.refund',
           jsonb_build_object(
             'payment_id', p.payment_id, 'transaction_id', p.transaction_id,
             'amount_minor', r.amount_minor, 'currency', p.currency),
           ${now}::timestamptz, ${now}::timestamptz
      FROM refund_rows r
      JOIN payments p ON p.payment_id = r.payment_id AND p.event_id = r.event_id`;
}

/**
 * The id of the refund that the cancellation of a booking `b` promises, by the buyer or with the event. A booking is
 * cancelled once; if a restored backup brings it back, cancelling it again asks the provider for the same refund. A UUID
 * of version 8.
 */
export function cancellationRefundId(sql: Sql) {
  return sql`
    overlay(overlay(md5('cancellation' || b.booking_id::text) PLACING '8' FROM 13) PLACING '8' FROM 17)::uuid`;
}

/**
 * Promises a refund of a part. Refunds of a booking lock its row one after the other, so that they never add up to more
 * than its total; `undefined` if this one would, or if the booking is not paid.
 *
 * @throws {PostgresError} a unique violation: a refund with this id was promised meanwhile
 */
export function promiseRefund(
  sql: Sql,
  { bookingId, eventId, refundId, amountMinor, note, now }: Input<"promiseRefund">,
): Promise<Refund | undefined> {
  return one(
    sql<RefundRow[]>`
      WITH b AS (
        UPDATE bookings o
           SET refund_minor = coalesce(o.refund_minor, 0) + ${amountMinor}::bigint
          FROM payments p
         WHERE o.booking_id = ${bookingId} AND o.event_id = ${eventId}
           AND o.status IN ('confirmed', 'cancelled')
           AND coalesce(o.refund_minor, 0) + ${amountMinor}::bigint <= o.total_minor
           AND p.payment_id = o.payment_id AND p.event_id = o.event_id
           AND p.status IN ('captured', 'refunded')
        RETURNING o.booking_id, o.event_id, o.payment_id
      ), refund_rows AS (
        INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, note, created_at)
        SELECT ${refundId}::uuid, b.event_id, b.booking_id, b.payment_id, ${amountMinor}::bigint, 'organiser',
               ${note ?? null}::text, ${now}::timestamptz
          FROM b
        RETURNING *
      ), messages AS (${refundMessages(sql, now)})
      SELECT ${refundColumns(sql)} FROM refund_rows r`,
    toRefund,
  );
}

/**
 * Marks the refunds of messages that were delivered as done, and tells of them. CTEs for a statement whose CTE
 * `delivered` has marked the messages, so that each refund is told once.
 */
export function doneRefunds(sql: Sql, now: Date) {
  return sql`
    done AS (
      UPDATE refunds r
         SET done_at = ${now}
        FROM delivered d
       WHERE r.refund_id = d.message_id AND r.event_id = d.event_id
      RETURNING r.refund_id, r.booking_id, r.event_id, r.amount_minor, d.payload ->> 'currency' AS currency, r.reason
    ), facts AS (
      INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
      SELECT gen_random_uuid(), booking_id, event_id, 'booking.refunded',
             jsonb_build_object(
               'refund_id', refund_id, 'amount_minor', amount_minor, 'currency', currency, 'reason', reason,
               'done_at', ${now}::timestamptz),
             ${now}::timestamptz, ${now}::timestamptz
        FROM done
    )`;
}

/** Each message adds its amount to its payment once, as the statement counts only messages that it marks itself. */
export async function completeRefunds(sql: Sql, input: Input<"completeRefunds">): Promise<void> {
  await sql`
    WITH delivered AS (${deliveredMessages(sql, input)}), ${doneRefunds(sql, input.now)}, added AS (
      SELECT (payload ->> 'payment_id')::uuid AS payment_id, event_id,
             sum((payload ->> 'amount_minor')::bigint)::bigint AS amount_minor
        FROM delivered
       GROUP BY 1, 2
    )
    UPDATE payments p
       SET status = 'refunded', refunded_minor = p.refunded_minor + a.amount_minor
      FROM added a
     WHERE p.payment_id = a.payment_id AND p.event_id = a.event_id`;
}

export function refundsOf(sql: Sql, keys: Input<"refundsOf">): Promise<Refund[]> {
  return many(
    sql<RefundRow[]>`
      SELECT ${refundColumns(sql)}
        FROM (SELECT DISTINCT booking_id, event_id
                FROM unnest(
                  ${keys.map(({ bookingId }) => bookingId)}::uuid[],
                  ${keys.map(({ eventId }) => eventId)}::uuid[]
                ) AS k (booking_id, event_id)
             ) AS k
        JOIN refunds r ON r.booking_id = k.booking_id AND r.event_id = k.event_id
       ORDER BY r.created_at, r.refund_id`,
    toRefund,
  );
}

/** Reads all bookings and refunds of the event. */
export function refundsOfEvent(
  sql: Sql,
  { eventId, now }: Input<"refundsOfEvent">,
): Promise<EventRefunds> {
  return exactlyOne(
    sql<EventRefundsRow[]>`
      SELECT b.active, b.cancelled, b.ended_at, r.promised, r.made, r.promised_minor, r.made_minor, r.made_at, o.failing
        FROM (
          SELECT count(*) FILTER (
                   WHERE status IN ('confirmed', 'confirming') OR (status = 'pending' AND expires_at > ${now})
                 ) AS active,
                 count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
                 max(cancelled_at) AS ended_at
            FROM bookings WHERE event_id = ${eventId}
        ) AS b, (
          SELECT count(*) AS promised, count(done_at) AS made,
                 coalesce(sum(amount_minor), 0)::bigint AS promised_minor,
                 coalesce(sum(amount_minor) FILTER (WHERE done_at IS NOT NULL), 0)::bigint AS made_minor,
                 max(done_at) AS made_at
            FROM refunds WHERE event_id = ${eventId}
        ) AS r, (
          SELECT count(*) AS failing FROM outbox
           WHERE topic = 'payment.refund' AND lane_of(event_id) = lane_of(${eventId}::uuid)
             AND event_id = ${eventId} AND delivered_at IS NULL AND last_error IS NOT NULL
        ) AS o`,
    (row) => ({
      active: row.active,
      cancelled: row.cancelled,
      refunds: row.promised,
      refunded: row.made,
      failing: row.failing,
      refundMinor: row.promised_minor,
      refundedMinor: row.made_minor,
      lastAt: latest(row.ended_at, row.made_at),
    }),
  );
}

interface EventRefundsRow {
  active: number;
  cancelled: number;
  ended_at: Date | null;
  promised: number;
  made: number;
  promised_minor: number;
  made_minor: number;
  made_at: Date | null;
  failing: number;
}

function latest(a: Date | null, b: Date | null): Date | undefined {
  if (a && b) return a > b ? a : b;
  return a ?? b ?? undefined;
}
