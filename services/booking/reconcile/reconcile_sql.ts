import { deriveId } from "@evently/shared/ids";
import { many, one, type Sql } from "@evently/shared/postgres";
import { afterKey } from "../orders/find_sql.ts";
import {
  bookingColumns,
  type BookingRow,
  keepPayload,
  releasePayload,
  toBooking,
} from "../orders/rows.ts";
import type { BookingStore, SettledBooking } from "../orders/store.ts";
import { refundMessages } from "../refunds/refunds_sql.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

const REPAIR_NAMESPACE = "0f5b9c36-5f0e-4b7e-9a52-6d2d3f8f7c11";

/** WARNING: the refund's id is the provider's idempotency key; derived, so that two repairs refund once. */
export function refundRepairId(bookingId: string): string {
  return deriveId(REPAIR_NAMESPACE, "refund", bookingId);
}

interface SettledRow extends BookingRow {
  captured: boolean;
  refund_missing: boolean;
  started_payment_id: string | null;
  is_offer: boolean;
}

export function listSettled(
  sql: Sql,
  { after, changedBefore, limit }: Input<"listSettled">,
): Promise<SettledBooking[]> {
  return many(
    sql<SettledRow[]>`
      SELECT ${bookingColumns(sql)},
             EXISTS (SELECT FROM payments p
                      WHERE p.booking_id = b.booking_id AND p.event_id = b.event_id AND p.status IN ('captured', 'refunded')
             ) AS captured,
             coalesce(b.refund_minor, 0) > coalesce((
               SELECT max(p.refunded_minor) FROM payments p
                WHERE p.booking_id = b.booking_id AND p.event_id = b.event_id
             ), 0)
             AND NOT EXISTS (SELECT FROM outbox o
                              WHERE o.subject_id = b.booking_id AND o.event_id = b.event_id AND o.topic = 'payment.refund'
                                AND o.delivered_at IS NULL
             ) AS refund_missing,
             b.entry_id IS NOT NULL AS is_offer,
             (SELECT p.payment_id FROM payments p
               WHERE p.booking_id = b.booking_id AND p.event_id = b.event_id
                 AND p.status = 'started' AND b.status <> 'confirming'
               LIMIT 1
             ) AS started_payment_id
        FROM bookings b
       WHERE b.status <> 'confirming'
         AND greatest(b.booked_at, b.confirming_at, b.confirmed_at, b.cancelled_at, b.expired_at)
             <= ${changedBefore}
         ${afterKey(sql, after)}
       ORDER BY b.booking_id, b.event_id
       LIMIT ${limit}`,
    (row) => ({
      booking: toBooking(row),
      captured: row.captured,
      refundMissing: row.refund_missing,
      isOffer: row.is_offer,
      startedPaymentId: row.started_payment_id ?? undefined,
    }),
  );
}

/**
 * An ended booking stays ended, and an offer never grows, so a release is right at any time; a second one does nothing.
 */
export async function requeueRelease(
  sql: Sql,
  { bookingId, eventId, now }: Input<"requeueRelease">,
): Promise<boolean> {
  const queued = await sql`
    INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
    SELECT gen_random_uuid(), b.booking_id, b.event_id, 'seats.release',
           CASE WHEN b.status IN ('cancelled', 'expired') THEN ${releasePayload(sql)}
                ELSE ${
    keepPayload(sql, sql`coalesce((b.lines -> 0 ->> 'quantity')::integer, b.quantity)`)
  } END,
           ${now}, ${now}
      FROM bookings b
     WHERE b.booking_id = ${bookingId} AND b.event_id = ${eventId}
       AND (b.status IN ('cancelled', 'expired') OR b.entry_id IS NOT NULL)
       AND NOT EXISTS (SELECT FROM outbox o
                        WHERE o.subject_id = b.booking_id AND o.event_id = b.event_id AND o.topic = 'seats.release'
                          AND o.delivered_at IS NULL)`;
  return queued.count > 0;
}

/**
 * Has refunds made whose message was lost, and promises what a booking is owed beyond all of its refunds. A message has the
 * id of its refund, so that a provider that knows it makes it once.
 */
export async function requeueRefund(
  sql: Sql,
  { bookingId, eventId, now }: Input<"requeueRefund">,
): Promise<boolean> {
  const queued = await sql`
    WITH owed AS (
      SELECT b.booking_id, b.event_id, p.payment_id,
             b.refund_minor - greatest(p.refunded_minor, coalesce((
               SELECT sum(r.amount_minor) FROM refunds r
                WHERE r.booking_id = b.booking_id AND r.event_id = b.event_id
             ), 0)) AS amount_minor
        FROM bookings b
        JOIN payments p ON p.booking_id = b.booking_id AND p.event_id = b.event_id
         AND p.status IN ('captured', 'refunded')
       WHERE b.booking_id = ${bookingId} AND b.event_id = ${eventId}
         AND b.refund_minor > p.refunded_minor
         AND NOT EXISTS (SELECT FROM outbox o
                          WHERE o.subject_id = b.booking_id AND o.event_id = b.event_id AND o.topic = 'payment.refund'
                            AND o.delivered_at IS NULL)
    ), promised AS (
      INSERT INTO refunds (refund_id, event_id, booking_id, payment_id, amount_minor, reason, created_at)
      SELECT ${
    refundRepairId(bookingId)
  }, event_id, booking_id, payment_id, amount_minor, 'repair', ${now}
        FROM owed
       WHERE amount_minor > 0
      ON CONFLICT DO NOTHING
      RETURNING *
    ), refund_rows AS (
      SELECT * FROM promised
       UNION ALL
      SELECT r.* FROM refunds r JOIN owed USING (booking_id, event_id) WHERE r.done_at IS NULL
    )
    ${refundMessages(sql, now)}
    ON CONFLICT DO NOTHING`;
  return queued.count > 0;
}

export async function voidStartedPayment(
  sql: Sql,
  { paymentId, eventId, now }: Input<"voidStartedPayment">,
): Promise<boolean> {
  const voided = await one(
    sql<{ payment_id: string }[]>`
      WITH voided AS (
        UPDATE payments p
           SET status = 'voided', finished_at = ${now}
          FROM bookings b
         WHERE p.payment_id = ${paymentId} AND p.event_id = ${eventId} AND p.status = 'started'
           AND b.booking_id = p.booking_id AND b.event_id = p.event_id
           AND (b.status <> 'confirming' OR b.payment_id <> p.payment_id)
        RETURNING p.payment_id, p.booking_id, b.event_id, p.amount_minor, p.currency
      ), messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), booking_id, event_id, 'payment.void',
               jsonb_build_object('payment_id', payment_id, 'amount_minor', amount_minor, 'currency', currency),
               ${now}, ${now}
          FROM voided
         WHERE amount_minor > 0
      )
      SELECT payment_id FROM voided`,
    (row) => row,
  );
  return voided !== undefined;
}
