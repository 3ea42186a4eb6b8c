import { Coalescer } from "@evently/shared/batch";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { WaitlistEntry } from "./entry.ts";
import type { WaitlistStore } from "./store.ts";

/**
 * The waitlist, as verbs use it: the statements of {@link WaitlistStore}, the look-ups of thousands who ask for their
 * position together. Joins are batched with all their steps (`joins.ts`).
 */
export interface Waitlist extends Omit<WaitlistStore, "findEach"> {
  /** Finds the active entry of a user for an event, or else the latest one. */
  find(wanted: BuyerOfEvent): Promise<WaitlistEntry | undefined>;
}

/** The most look-ups of one statement. */
const MAX_LOOKUPS = 256;
/** The most look-ups that wait; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** Statements under way at once. */
const MAX_IN_FLIGHT = 2;

/** {@link Waitlist} over a store. */
export function groupedWaitlist(store: WaitlistStore): Waitlist {
  const lookups = new Coalescer<BuyerOfEvent, WaitlistEntry | undefined>({
    name: "find waitlist entries",
    maxBatch: MAX_LOOKUPS,
    maxQueue: MAX_QUEUE,
    maxInFlight: MAX_IN_FLIGHT,
    run: (wanted) => store.findEach(wanted),
  });
  return { ...store, find: (wanted) => lookups.submit(wanted) };
}
