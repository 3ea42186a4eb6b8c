/** Changes that a user makes to an entry, or to its offer. */
import { one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import { cancellationMessages, cancelledColumns, voidedPayments } from "../orders/end_sql.ts";
import {
  type BookingRow,
  keepPayload,
  paidBefore,
  storedColumns,
  toBooking,
} from "../orders/rows.ts";
import { endedOffers } from "./ended_offers_sql.ts";
import type { WaitlistEntry } from "./entry.ts";
import { ACTIVE, entryColumns, type EntryRow, isStill, toEntry } from "./rows.ts";
import type { EndedOffer, WaitlistStore } from "./store.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

/** Columns of an entry `w` and of the booking `b` of its offer, which may be missing. */
type EndedRow = EntryRow & (BookingRow | { booking_id: null });

function toEnded(row: EndedRow): EndedOffer {
  return { entry: toEntry(row), booking: row.booking_id === null ? undefined : toBooking(row) };
}

/** Seats that went past it stay counted, but fewer than it now waits for. */
export function change(
  sql: Sql,
  { userId, eventId, quantity, minQuantity }: Input<"change">,
): Promise<WaitlistEntry | undefined> {
  const isLess = sql`${isStill(sql, "joining", "waiting")}
           AND w.quantity >= ${quantity} AND w.min_quantity >= ${minQuantity}`;
  return one(
    sql<EntryRow[]>`
      WITH wanted AS MATERIALIZED (
        SELECT w.entry_id FROM waitlist_entries w
         WHERE w.user_id = ${userId} AND w.event_id = ${eventId} AND ${isLess}
      ), queue AS (
        UPDATE waitlist_queues q SET version = q.version + 1
          FROM wanted
         WHERE q.event_id = ${eventId}
        RETURNING wanted.entry_id
      ), w AS (
        UPDATE waitlist_entries w
           SET quantity = ${quantity}, min_quantity = ${minQuantity}, passed = least(w.passed, ${minQuantity} - 1),
               offer_quantity = CASE WHEN w.offer_quantity > ${quantity} THEN ${quantity} ELSE w.offer_quantity END
          FROM queue
         WHERE w.entry_id = queue.entry_id AND w.event_id = ${eventId} AND ${isLess}
        RETURNING w.*
      )
      SELECT ${entryColumns(sql)} FROM w`,
    toEntry,
  );
}

/** A hold that has ended already is recorded as expired. Seats of an offer without a booking may be held already. */
export function leave(
  sql: Sql,
  { userId, eventId, now, sparesPayments = false }: Input<"leave">,
): Promise<EndedOffer | undefined> {
  return one(
    sql<EndedRow[]>`
      WITH seen AS MATERIALIZED (
        SELECT w.entry_id, w.offer_id, w.status FROM waitlist_entries w
         WHERE w.user_id = ${userId} AND w.event_id = ${eventId} AND ${isStill(sql, ...ACTIVE)}
      ), b AS (
        UPDATE bookings b
           SET status = CASE WHEN expires_at > ${now} THEN 'cancelled' ELSE 'expired' END,
               cancelled_at = CASE WHEN expires_at > ${now} THEN ${now}::timestamptz END,
               expired_at = CASE WHEN expires_at > ${now} THEN NULL ELSE ${now}::timestamptz END,
               refund_minor = CASE WHEN expires_at > ${now} THEN 0 END
          FROM seen
         WHERE b.booking_id = seen.offer_id AND b.event_id = ${eventId} AND seen.status = 'offered'
           AND b.entry_id = seen.entry_id AND b.status = 'pending'
           ${
      sparesPayments ? sql`AND b.payment_status NOT IN ('requires_action', 'processing')` : sql``
    }
        RETURNING b.*
      ), ${paidBefore(sql)}, messages AS (${cancellationMessages(sql, now)}), voided AS (${
      voidedPayments(sql, { now })
    }),
      w AS (
        UPDATE waitlist_entries w
           SET status = 'left'
          FROM seen LEFT JOIN b ON b.entry_id = seen.entry_id
         WHERE w.entry_id = seen.entry_id AND w.event_id = ${eventId}
           AND (w.status IN ('joining', 'waiting', 'offering')
                OR (w.status = 'offered' AND w.offer_id = b.booking_id))
        RETURNING w.*
      ), released AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), w.offer_id, w.event_id, 'seats.release', '{}', ${now}, ${now}
          FROM w LEFT JOIN b ON b.entry_id = w.entry_id AND b.event_id = w.event_id
         WHERE w.offer_id IS NOT NULL AND b.booking_id IS NULL
      )
      SELECT ${entryColumns(sql)}, ${storedColumns(sql)}
        FROM w LEFT JOIN b ON b.entry_id = w.entry_id AND b.event_id = w.event_id`,
    toEnded,
  );
}

export function decline(
  sql: Sql,
  { userId, eventId, now }: Input<"decline">,
): Promise<EndedOffer | undefined> {
  return one(
    sql<EndedRow[]>`
      WITH seen AS MATERIALIZED (
        SELECT w.entry_id, w.offer_id FROM waitlist_entries w
         WHERE w.user_id = ${userId} AND w.event_id = ${eventId} AND ${isStill(sql, "offered")}
      ), b AS (
        UPDATE bookings b
           SET ${cancelledColumns(sql, { now, percent: 0 })}
          FROM seen
         WHERE b.booking_id = seen.offer_id AND b.event_id = ${eventId} AND b.entry_id = seen.entry_id
           AND b.status = 'pending' AND b.expires_at > ${now}
        RETURNING b.*
      ), ${paidBefore(sql)}, messages AS (${cancellationMessages(sql, now)}), voided AS (${
      voidedPayments(sql, { now })
    }),
      ${endedOffers(sql, { end: "declined", now })}
      SELECT ${entryColumns(sql)}, ${storedColumns(sql)}
        FROM w JOIN b ON b.entry_id = w.entry_id AND b.event_id = w.event_id`,
    toEnded,
  );
}

/**
 * Who takes fewer of a full offer wants no more than that from now on, so that it stays a full one. What a payment waits
 * for cannot become less.
 */
export function claim(
  sql: Sql,
  { userId, eventId, claimId, quantity, now }: Input<"claim">,
): Promise<Booking | undefined> {
  const offered = sql`coalesce((b.lines -> 0 ->> 'quantity')::integer, b.quantity)`;
  return one(
    sql<BookingRow[]>`
      WITH seen AS MATERIALIZED (
        SELECT w.entry_id, w.offer_id FROM waitlist_entries w
         WHERE w.user_id = ${userId} AND w.event_id = ${eventId} AND ${isStill(sql, "offered")}
           AND NOT EXISTS (SELECT FROM waitlist_claims c
                            WHERE c.claim_id = ${claimId} AND c.event_id = ${eventId} AND c.offer_id <> w.offer_id)
      ), b AS (
        UPDATE bookings b
           SET quantity = b.quantity / ${offered} * ${quantity},
               total_minor = b.unit_price_minor::bigint * ${quantity},
               lines = jsonb_set(b.lines, '{0,quantity}', to_jsonb(${quantity}::integer))
          FROM seen
         WHERE b.booking_id = seen.offer_id AND b.event_id = ${eventId} AND b.entry_id = seen.entry_id
           AND b.expires_at > ${now} AND ${offered} >= ${quantity}
           AND ((b.status = 'pending' AND b.payment_status NOT IN ('requires_action', 'processing'))
                OR (b.status IN ('pending', 'confirming') AND ${offered} = ${quantity}))
        RETURNING b.*
      ), queue AS (
        UPDATE waitlist_queues q SET claimed_at = greatest(q.claimed_at, ${now})
          FROM b
         WHERE q.event_id = b.event_id
        RETURNING q.event_id
      ), w AS (
        UPDATE waitlist_entries w
           SET offer_quantity = ${quantity},
               quantity = CASE WHEN w.offer_quantity = w.quantity THEN ${quantity} ELSE w.quantity END,
               min_quantity = CASE WHEN w.offer_quantity = w.quantity THEN least(w.min_quantity, ${quantity})
                                   ELSE w.min_quantity END,
               passed = CASE WHEN w.offer_quantity = w.quantity THEN least(w.passed, ${quantity} - 1)
                             ELSE w.passed END
          FROM b JOIN queue ON queue.event_id = b.event_id
         WHERE w.entry_id = b.entry_id AND w.event_id = b.event_id AND w.offer_id = b.booking_id
           AND w.offer_quantity > ${quantity}
        RETURNING w.offer_id, w.event_id
      ), released AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), w.offer_id, w.event_id, 'seats.release', ${
      keepPayload(sql, sql`${quantity}::integer`)
    },
               ${now}, ${now}
          FROM w JOIN b ON b.booking_id = w.offer_id AND b.event_id = w.event_id
      ), claimed AS (
        INSERT INTO waitlist_claims (claim_id, event_id, offer_id, claimed_at)
        SELECT ${claimId}, b.event_id, b.booking_id, ${now} FROM b
        ON CONFLICT DO NOTHING
      )
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}
