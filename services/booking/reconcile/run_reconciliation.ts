import type { SoldAllocation } from "@evently/event";
import type { BookingDeps } from "../deps.ts";
import { reconcileBookings, type ReconcileDeps } from "./reconcile_bookings.ts";
import { reconcileSeats } from "./reconcile_seats.ts";

/**
 * A reconciliation that goes on where its last pass ended, and begins again at the end: one page of bookings
 * and one of sold seats each time. It begins anywhere, as ids are spread evenly: so several processes share
 * the work, and processes that live for a few passes only (Deno Deploy) come round to everything too.
 */
export function createReconciliation(
  deps: ReconcileDeps & Pick<BookingDeps, "ids">,
): () => Promise<void> {
  const { newId } = deps.ids;
  let bookings: string | undefined = newId();
  let seats: SoldAllocation | undefined = { eventId: newId(), allocationId: newId() };
  return async function reconcile() {
    bookings = (await reconcileBookings(deps, bookings)).next;
    seats = (await reconcileSeats(deps, seats)).next;
  };
}
