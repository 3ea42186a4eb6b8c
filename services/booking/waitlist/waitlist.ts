import { Coalescer, KeyedCoalescer } from "@evently/shared/batch";
import type { Clock } from "@evently/shared/clock";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { WaitlistEntry } from "./entry.ts";
import type { NewEntry, WaitlistStore } from "./store.ts";

/**
 * The waitlist, as verbs use it: the statements of {@link WaitlistStore}, some of them with group commit. Requests that
 * arrive while a batch is under way are sent together as the next batch.
 */
export interface Waitlist extends Omit<WaitlistStore, "join" | "findEach"> {
  /** Inserts an entry as `joining`, behind those of earlier calls; an active one of the same user is returned as it is. */
  join(entry: NewEntry): Promise<WaitlistEntry>;
  /** Finds the active entry of a user for an event, or else the latest one. */
  find(wanted: BuyerOfEvent): Promise<WaitlistEntry | undefined>;
}

/** The most joins of one statement, and so of one lock of the queue. */
const MAX_JOINS = 128;
/** The most joins that wait for one event, and the most look-ups; above it clients get 503. */
const MAX_QUEUE = 8_192;
/** The most look-ups of one statement. */
const MAX_LOOKUPS = 256;
/** Statements of joins under way: while one waits for a locked queue, the other proceeds. */
const MAX_IN_FLIGHT = 2;

/** {@link Waitlist} over a store. */
export function groupedWaitlist(store: WaitlistStore, { clock }: { clock: Clock }): Waitlist {
  const joins = new KeyedCoalescer<NewEntry, WaitlistEntry>({
    maxBatch: MAX_JOINS,
    maxQueue: MAX_QUEUE,
    maxInFlight: MAX_IN_FLIGHT,
    run: (events) =>
      Promise.all(events.map(({ items }) => store.join({ entries: items, now: clock.now() }))),
  });
  const lookups = new Coalescer<BuyerOfEvent, WaitlistEntry | undefined>({
    maxBatch: MAX_LOOKUPS,
    maxQueue: MAX_QUEUE,
    maxInFlight: MAX_IN_FLIGHT,
    run: (wanted) => store.findEach(wanted),
  });
  return {
    ...store,
    join: (entry) => joins.submit(entry.eventId, entry),
    find: (wanted) => lookups.submit(wanted),
  };
}
