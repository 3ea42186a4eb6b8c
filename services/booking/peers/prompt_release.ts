import { KeyedCoalescer } from "@evently/shared/batch";
import type { SeatInventory } from "./seat_inventory.ts";

/** The most allocations of one batch, and so of one transaction. */
const MAX_BATCH = 128;
/** The most that wait for one event; past it they are left to the outbox. */
const MAX_QUEUE = 1_024;

/** Puts the seats of a booking that has just ended on sale; resolves when they are, or could not be put there. */
export type PromptRelease = (eventId: string, bookingId: string) => Promise<void>;

/**
 * Releases seats before whoever ended a booking is answered, so that they can be booked from then on. The outbox
 * releases them once more, which does nothing, or for the first time where this fails.
 */
export function promptReleaseOf(seats: Pick<SeatInventory, "release">): PromptRelease {
  const batches = new KeyedCoalescer<string, void>({
    maxBatch: MAX_BATCH,
    maxQueue: MAX_QUEUE,
    run: async (events) => {
      await seats.release(
        events.map(({ key, items }) => ({ event_id: key, allocation_ids: items })),
      );
      return events.map(({ items }) => items.map(() => {}));
    },
  });
  return async function releasePromptly(eventId, bookingId) {
    try {
      await batches.submit(eventId, bookingId);
    } catch {
      // The outbox does it, and says so where it cannot.
    }
  };
}
