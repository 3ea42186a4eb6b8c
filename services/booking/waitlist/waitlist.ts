import { Coalescer, inParts, KeyedCoalescer } from "@evently/shared/batch";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { Booking } from "../orders/booking.ts";
import type { WaitlistEntry } from "./entry.ts";
import type { BoundKey, WaitlistStore } from "./store.ts";

/**
 * The waitlist, as verbs use it: the statements of {@link WaitlistStore}, the look-ups of many users together.
 * Joins are batched with all their steps (`joins.ts`).
 */
export interface Waitlist extends Omit<WaitlistStore, "findEach" | "findEachClaimed"> {
  /** Finds the active entry of a user for an event, or else the latest one. */
  find(wanted: BuyerOfEvent): Promise<WaitlistEntry | undefined>;
  /** Finds the booking of the offer that a key is bound to. */
  findClaimed(wanted: BoundKey): Promise<Booking | undefined>;
}

/** The most look-ups of one statement. */
const MAX_LOOKUPS = 256;
/** The most look-ups that wait; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** Statements under way at once. */
const MAX_IN_FLIGHT = 2;

/** {@link Waitlist} over a store. */
export function groupedWaitlist(store: WaitlistStore): Waitlist {
  const limits = { maxBatch: MAX_LOOKUPS, maxQueue: MAX_QUEUE, maxInFlight: MAX_IN_FLIGHT };
  const lookups = new Coalescer<BuyerOfEvent, WaitlistEntry | undefined>({
    name: "find waitlist entries",
    ...limits,
    run: (wanted) => store.findEach(wanted),
  });
  // By event: where the database is distributed, a lost server fails the look-ups of its own events alone.
  const claims = new KeyedCoalescer<BoundKey, Booking | undefined>({
    name: "find bound keys",
    ...limits,
    run: (batch) => inParts(batch, (wanted) => store.findEachClaimed(wanted)),
  });
  return {
    ...store,
    find: (wanted) => lookups.submit(wanted),
    findClaimed: (wanted) => claims.submit(wanted.eventId, wanted),
  };
}
