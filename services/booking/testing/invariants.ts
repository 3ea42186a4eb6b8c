import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";

/**
 * Of all events, or of one: each open booking has its seats, and no other seats are taken; money was taken for
 * confirmed bookings only, and what was promised has been given back.
 *
 * @throws {assert.AssertionError} shows what does not add up
 */
export async function assertBookingsAddUp(
  { bookingsDb, eventsDb }: { bookingsDb: Pool; eventsDb: Pool },
  eventId?: string,
): Promise<void> {
  const only = eventId ?? null;
  const wanted = await bookingsDb<Seats[]>`
    SELECT booking_id, event_id || ':' || quantity || ':' ||
           CASE status WHEN 'confirmed' THEN 'sold' ELSE 'held' END AS seats
      FROM bookings
     WHERE status IN ('pending', 'confirmed') AND event_id = coalesce(${only}, event_id)`;
  const allocated = await eventsDb<Seats[]>`
    SELECT allocation_id AS booking_id, event_id || ':' || quantity || ':' || state AS seats
      FROM seat_allocations
     WHERE state <> 'released' AND event_id = coalesce(${only}, event_id)`;
  assert.deepEqual(differences(wanted, allocated), [], "a leak, or seats sold twice");

  const wrong = await bookingsDb`
    SELECT b.booking_id, b.status, b.payment_status, b.refund_minor, p.status AS payment,
           p.refunded_minor
      FROM bookings b
      LEFT JOIN payments p ON p.booking_id = b.booking_id AND p.status IN ('captured', 'refunded')
     WHERE b.event_id = coalesce(${only}, b.event_id)
       AND ((b.status = 'confirmed') <> coalesce(p.status = 'captured' AND b.refund_minor IS NULL, false)
        OR (p.payment_id IS NOT NULL AND p.refunded_minor <> coalesce(b.refund_minor, 0)))`;
  assert.deepEqual([...wrong], [], "money without seats, or seats without money");
}

interface Seats {
  booking_id: string;
  seats: string;
}

/** Only what differs: the whole may be as long as a day of sales. */
function differences(wanted: readonly Seats[], allocated: readonly Seats[]) {
  const [bookings, allocations] = [wanted, allocated].map((rows) =>
    new Map(rows.map(({ booking_id, seats }) => [booking_id, seats]))
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...bookings.keys(), ...allocations.keys()])]
    .filter((id) => bookings.get(id) !== allocations.get(id))
    .map((id) => ({ id, booking: bookings.get(id), allocation: allocations.get(id) }));
}
