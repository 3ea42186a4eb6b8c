import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";
import { lineIdOf } from "../orders/order_lines.ts";

/**
 * Checks all events, or one: each open booking has its seats, and no other seats are taken; only confirmed bookings
 * have captured payments, and the promised refunds were made, which add up.
 *
 * @throws {assert.AssertionError} lists the differences
 */
export async function assertBookingsAddUp(
  { bookingsDb, eventsDb }: { bookingsDb: Pool; eventsDb: Pool },
  eventId?: string,
): Promise<void> {
  const only = eventId ?? null;
  const rows = await bookingsDb<(Seats & { line_no: number | null; hold: number | null })[]>`
    SELECT booking_id, line_no, (line ->> 'hold')::integer AS hold,
           event_id || ':' || coalesce(line ->> 'ticket_type_id', event_id::text) || ':' ||
           coalesce((line ->> 'quantity')::integer, quantity) || ':' ||
           CASE status WHEN 'confirmed' THEN 'sold' ELSE 'held' END AS seats
      FROM bookings
      LEFT JOIN LATERAL jsonb_array_elements(lines) WITH ORDINALITY AS l (line, line_no) ON true
     WHERE status IN ('pending', 'confirmed') AND event_id = coalesce(${only}, event_id)`;
  const wanted = rows.map(({ booking_id, line_no, hold, seats }) => ({
    booking_id: lineIdOf(booking_id, (line_no ?? 1) - 1, hold ?? 0),
    seats,
  }));
  const allocated = await eventsDb<Seats[]>`
    SELECT a.allocation_id AS booking_id,
           a.event_id || ':' || t.ticket_type_id || ':' || a.quantity || ':' || a.state AS seats
      FROM seat_allocations a
      JOIN ticket_types t ON t.event_id = a.event_id AND t.type = a.type
     WHERE a.state <> 'released' AND a.event_id = coalesce(${only}, a.event_id)`;
  assert.deepEqual(differences(wanted, allocated), [], "a leak, or seats sold twice");

  const wrong = await bookingsDb`
    SELECT b.booking_id, b.status, b.payment_status, b.refund_minor, p.status AS payment,
           p.refunded_minor, r.amount_minor AS refunds
      FROM bookings b
      LEFT JOIN payments p ON p.booking_id = b.booking_id AND p.event_id = b.event_id
       AND p.status IN ('captured', 'refunded')
      LEFT JOIN LATERAL (
        SELECT coalesce(sum(amount_minor), 0)::bigint AS amount_minor FROM refunds
         WHERE booking_id = b.booking_id AND event_id = b.event_id AND done_at IS NOT NULL
      ) AS r ON true
     WHERE b.event_id = coalesce(${only}, b.event_id)
       AND ((b.status = 'confirmed' AND p.payment_id IS NULL)
        OR (b.status <> 'confirmed' AND p.payment_id IS NOT NULL AND b.refund_minor IS NULL)
        OR (p.payment_id IS NOT NULL AND p.refunded_minor <> coalesce(b.refund_minor, 0))
        OR r.amount_minor <> coalesce(b.refund_minor, 0))`;
  assert.deepEqual([...wrong], [], "money without seats, or seats without money");
}

interface Seats {
  booking_id: string;
  seats: string;
}

/** The differing rows only, as all rows may be a day of sales. */
function differences(wanted: readonly Seats[], allocated: readonly Seats[]) {
  const [bookings, allocations] = [wanted, allocated].map((rows) =>
    new Map(rows.map(({ booking_id, seats }) => [booking_id, seats]))
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...bookings.keys(), ...allocations.keys()])]
    .filter((id) => bookings.get(id) !== allocations.get(id))
    .map((id) => ({ id, booking: bookings.get(id), allocation: allocations.get(id) }));
}
