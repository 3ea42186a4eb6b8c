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
  const wanted = await bookingsDb<{ booking_id: string; seats: string }[]>`
    SELECT booking_id, event_id || ':' || quantity || ':' ||
           CASE status WHEN 'confirmed' THEN 'sold' ELSE 'held' END AS seats
      FROM bookings
     WHERE status IN ('pending', 'confirmed') AND event_id = coalesce(${only}, event_id)
     ORDER BY booking_id`;
  const allocated = await eventsDb<{ booking_id: string; seats: string }[]>`
    SELECT allocation_id AS booking_id, event_id || ':' || quantity || ':' || state AS seats
      FROM seat_allocations
     WHERE state <> 'released' AND event_id = coalesce(${only}, event_id)
     ORDER BY allocation_id`;
  assert.deepEqual([...allocated], [...wanted], "a leak, or seats sold twice");

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
