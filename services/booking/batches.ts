import { Coalescer, KeyedCoalescer, type KeyedItems } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import { isUnstorableText } from "@evently/shared/postgres";
import type { Booking } from "./orders/booking.ts";
import type { BookingDeps, HoldAnswer } from "./deps.ts";
import type { HoldItem, SeatInventory } from "./peers/seat_inventory.ts";
import type { BookingStore, Capture, Claim, Confirmation } from "./orders/store.ts";

/** The most items of one batch, and so of one transaction: larger ones leave nothing to do meanwhile. */
export const MAX_BATCH = 128;
/** The most that wait for one event, or for one kind of statement; past it clients hear 503. */
const MAX_QUEUE = 8_192;
/** Batches under way at once, of one kind: while one waits for an event that is locked, the other goes on. */
const MAX_SEAT_BATCHES = 2;

type Batches = Pick<
  BookingDeps,
  | "holdBatches"
  | "commitBatches"
  | "startBatches"
  | "completeBatches"
  | "insertBatches"
  | "findBatches"
  | "openHoldBatches"
>;

/** Group commit: requests that come while a batch is under way go together as the next one. */
export function createBatches(
  { seats, store, clock }: { seats: SeatInventory; store: BookingStore; clock: Clock },
): Batches {
  const limits = { maxBatch: MAX_BATCH, maxQueue: MAX_QUEUE };
  const ofEvents = { ...limits, maxInFlight: MAX_SEAT_BATCHES };
  return {
    holdBatches: new KeyedCoalescer<HoldItem, HoldAnswer>({
      ...ofEvents,
      run: async (events) => {
        const answers = await seats.hold(
          events.map(({ key, items }) => ({ event_id: key, items })),
        );
        return answers.map(({ results, ...batch }) => results.map((result) => ({ result, batch })));
      },
    }),
    commitBatches: new KeyedCoalescer<string, boolean>({
      ...ofEvents,
      run: async (events) => {
        const answers = await seats.commit(
          events.map(({ key, items }) => ({ event_id: key, allocation_ids: items })),
        );
        return answers.map(({ results }) => results.map(({ outcome }) => outcome === "committed"));
      },
    }),
    startBatches: new KeyedCoalescer<Claim, Confirmation | undefined>({
      ...limits,
      // A claim whose answer was lost would be refused by itself; one bad token does nothing.
      isRepeatable: isUnstorableText,
      run: (bookings) => inParts(bookings, (claims) => store.startConfirming(claims)),
    }),
    completeBatches: new KeyedCoalescer<Capture, Booking | undefined>({
      ...limits,
      run: (bookings) => inParts(bookings, (captures) => store.completeConfirmations(captures)),
    }),
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
    openHoldBatches: new Coalescer({
      ...limits,
      run: (buyers) => store.findOpenHolds(buyers, clock.now()),
    }),
  };
}

/** The results of all items, by key again. */
async function inParts<Item, Result>(
  keys: KeyedItems<Item>[],
  run: (items: Item[]) => Promise<Result[]>,
): Promise<Result[][]> {
  const results = await run(keys.flatMap(({ items }) => items));
  let taken = 0;
  return keys.map(({ items }) => results.slice(taken, taken += items.length));
}
