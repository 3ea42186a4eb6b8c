import type { SoldAllocations } from "@evently/event";
import { reconcileBookings, type ReconcileDeps } from "./reconcile_bookings.ts";
import { reconcileSeats } from "./reconcile_seats.ts";

/**
 * A reconciliation that goes on where its last pass ended, and begins again at the end: one page of bookings
 * and one of sold seats each time. Where it is is this process's own; several only do it more often.
 */
export function createReconciliation(deps: ReconcileDeps): () => Promise<void> {
  let bookings: string | undefined;
  let seats: SoldAllocations["next"];
  return async function reconcile() {
    bookings = (await reconcileBookings(deps, bookings)).next;
    seats = (await reconcileSeats(deps, seats)).next;
  };
}
