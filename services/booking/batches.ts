import { Coalescer, KeyedCoalescer } from "@evently/shared/batch";
import type { BookingDeps, HoldAnswer } from "./deps.ts";
import type { HoldItem, SeatInventory } from "./seats.ts";
import type { BookingStore } from "./store/store.ts";

/** The most items of one batch, and so of one transaction: larger ones leave nothing to do meanwhile. */
const MAX_BATCH = 128;
/** The most that wait for one event, or for one kind of statement; past it clients hear 503. */
const MAX_QUEUE = 8_192;

/** Group commit: requests that come while a batch is under way go together as the next one. */
export function createBatches(
  { seats, store }: { seats: SeatInventory; store: BookingStore },
): Pick<BookingDeps, "holdBatches" | "commitBatches" | "insertBatches" | "findBatches"> {
  const limits = { max_batch: MAX_BATCH, max_queue: MAX_QUEUE };
  return {
    holdBatches: new KeyedCoalescer<HoldItem, HoldAnswer>((eventId) => ({
      ...limits,
      run: async (items) => {
        const { results, ...batch } = await seats.hold(eventId, items);
        return results.map((result) => ({ result, batch }));
      },
    })),
    commitBatches: new KeyedCoalescer<string, boolean>((eventId) => ({
      ...limits,
      run: async (allocationIds) => {
        const { results } = await seats.commit(eventId, allocationIds);
        return results.map(({ outcome }) => outcome === "committed");
      },
    })),
    insertBatches: new Coalescer({
      ...limits,
      run: (bookings) => store.insertPending(bookings),
    }),
    findBatches: new Coalescer({
      ...limits,
      run: async (bookingIds) => {
        const found = await store.findMany(bookingIds);
        const byId = new Map(found.map((booking) => [booking.bookingId, booking]));
        return bookingIds.map((bookingId) => byId.get(bookingId));
      },
    }),
  };
}
