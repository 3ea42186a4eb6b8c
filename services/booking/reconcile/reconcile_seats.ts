import type { SoldAllocation } from "@evently/event";
import type { ReconcileDeps } from "./reconcile_bookings.ts";

/**
 * Looks for sold seats that no booking has, a page at a time. They are reported, never released: a booking is
 * there before its seats are sold, so its loss means that bookings_db lost it, and its buyer exists.
 *
 * @returns how many there are, and where the next page begins; `undefined` after the last
 */
export async function reconcileSeats(
  { seats, bookings, log }: Pick<ReconcileDeps, "seats" | "bookings" | "log">,
  after: SoldAllocation | undefined,
): Promise<{ examined: number; missing: number; next: SoldAllocation | undefined }> {
  const { allocations, next } = await seats.listSold(after);
  const found = await bookings.findMany(allocations.map(({ allocationId }) => allocationId));
  const known = new Set(found.map(({ bookingId, eventId }) => `${eventId} ${bookingId}`));
  const missing = allocations.filter(({ eventId, allocationId }) =>
    !known.has(`${eventId} ${allocationId}`)
  );
  for (const { eventId, allocationId } of missing) {
    log.error("a drift needs a person to decide", {
      drift: "booking_missing",
      booking_id: allocationId,
      event_id: eventId,
    });
  }
  return { examined: allocations.length, missing: missing.length, next };
}
