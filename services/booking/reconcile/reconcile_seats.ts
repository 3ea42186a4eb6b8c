import type { SoldAllocation } from "@evently/event";
import { RECONCILED } from "@evently/shared/metrics";
import { bookingIdOfLine, lineIdsOf, seatsOf } from "../orders/order_lines.ts";
import type { ReconcileDeps } from "./reconcile_bookings.ts";
import { BOOKING_MISSING, NEEDS_DECISION } from "./drift.ts";

/**
 * Finds sold seats without a booking that has such a line in its latest hold, a page at a time. They are logged, never
 * released: a booking is inserted before its seats are sold, so bookings_db has lost it, and its buyer exists.
 *
 * @returns how many were examined and are missing, and the start of the next page; `undefined` after the last
 */
export async function reconcileSeats(
  { seats, bookings, log }: Pick<ReconcileDeps, "seats" | "bookings" | "log">,
  after: SoldAllocation | undefined,
): Promise<{ examined: number; missing: number; next: SoldAllocation | undefined }> {
  const { allocations, next } = await seats.listSold(after);
  const found = await bookings.findMany(
    allocations.map(({ allocationId, eventId }) => ({
      bookingId: bookingIdOfLine(allocationId),
      eventId,
    })),
  );
  const known = new Set(
    found.flatMap((booking) =>
      lineIdsOf(seatsOf(booking)).map((lineId) => `${booking.eventId} ${lineId}`)
    ),
  );
  const missing = await stillSold(
    { seats },
    allocations.filter(({ eventId, allocationId }) => !known.has(`${eventId} ${allocationId}`)),
  );
  for (const { eventId, allocationId } of missing) {
    RECONCILED.add(1, { drift: BOOKING_MISSING, outcome: "unrepaired" });
    log.error(NEEDS_DECISION, {
      drift: BOOKING_MISSING,
      booking_id: bookingIdOfLine(allocationId),
      allocation_id: allocationId,
      event_id: eventId,
    });
  }
  return { examined: allocations.length, missing: missing.length, next };
}

/** Those that are sold still: since they were listed, a booking may have given them back and be in a later hold. */
async function stillSold(
  { seats }: Pick<ReconcileDeps, "seats">,
  suspects: readonly SoldAllocation[],
): Promise<SoldAllocation[]> {
  const sold: SoldAllocation[] = [];
  for (const [eventId, ofEvent] of Map.groupBy(suspects, (suspect) => suspect.eventId)) {
    const now = await seats.lookUp(eventId, ofEvent.map(({ allocationId }) => allocationId));
    sold.push(...ofEvent.filter((_, i) => now[i]?.state === "sold"));
  }
  return sold;
}
