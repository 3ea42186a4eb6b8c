import type { SoldAllocation } from "@evently/event";
import { RECONCILED } from "@evently/shared/metrics";
import type { BookingDeps } from "../deps.ts";
import type { BookingKey } from "../orders/store.ts";
import { BOOKING_MISSING, DRIFTS } from "./drift.ts";
import { reconcileBookings, type ReconcileDeps } from "./reconcile_bookings.ts";
import { reconcileSeats } from "./reconcile_seats.ts";

/**
 * Returns a function that reconciles the next page of bookings and of sold seats, and starts over after the last. The
 * first page is random, as ids are spread evenly: several processes share the work, and short-lived processes (Deno
 * Deploy) cover everything together.
 */
export function createReconciliation(
  deps: ReconcileDeps & Pick<BookingDeps, "ids">,
): () => Promise<void> {
  const { newId } = deps.ids;
  for (const drift of [...DRIFTS, BOOKING_MISSING]) {
    RECONCILED.series({ drift, outcome: "unrepaired" });
  }
  let bookings: BookingKey | undefined = { bookingId: newId(), eventId: newId() };
  let seats: SoldAllocation | undefined = { eventId: newId(), allocationId: newId() };
  return async function reconcile() {
    bookings = (await reconcileBookings(deps, bookings)).next;
    seats = (await reconcileSeats(deps, seats)).next;
  };
}
