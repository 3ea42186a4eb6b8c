import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import type { WaitlistEntry } from "./entry.ts";
import type { WaitlistQueue, WaitlistStore } from "./store.ts";
import type { WaitlistSupply } from "./supply.ts";
import { PACE_WINDOW_MS } from "./why.ts";

/**
 * What all who wait for an event are told of it. Each is at most a second old and read once for all who ask, so that
 * thousands who look at their position cost the stores a few questions a second.
 */
export interface LineFacts {
  /** `undefined`: the event is unknown. */
  supply(eventId: string): Promise<WaitlistSupply | undefined>;
  /** As {@link LineFacts.supply}, read anew: for what would turn somebody away. */
  newestSupply(eventId: string): Promise<WaitlistSupply | undefined>;
  queue(eventId: string): Promise<WaitlistQueue | undefined>;
  /** The first in line, of any ticket type: at most {@link MAX_HEAD} waiting entries by place. */
  head(eventId: string): Promise<readonly WaitlistEntry[]>;
  /** How many offers were made within {@link PACE_WINDOW_MS}. */
  recentOffers(eventId: string): Promise<number>;
  /** How many are in line, for any ticket type; at most {@link MAX_COUNT_AGE_MS} old. */
  waiting(eventId: string): Promise<number>;
}

/** The most entries of {@link LineFacts.head}. */
export const MAX_HEAD = 500;
const MAX_AGE_MS = 1_000;
/** A count reads the whole line, and is for those who only look. */
const MAX_COUNT_AGE_MS = 5_000;
const MAX_COUNTS = 10_000;
/** The most events whose facts are remembered; each may have a whole head. */
const MAX_EVENTS = 200;

/** {@link LineFacts} over the store and the event service. */
export function lineFacts(
  { waitlist, inventory, clock }: {
    waitlist: Pick<WaitlistStore, "findQueue" | "listWaiting" | "countOffers" | "countInLine">;
    inventory: Pick<SeatInventory, "waitlistSupply">;
    clock: Clock;
  },
): LineFacts {
  function cacheOf<Fact>(
    read: (eventId: string) => Promise<Fact | undefined>,
    { maxAgeMs = MAX_AGE_MS, maxEntries = MAX_EVENTS } = {},
  ) {
    return new FreshCache<string, Fact | undefined>({
      maxAgeMs,
      maxEntries,
      clock,
      load: async (eventIds) => {
        const facts = new Map<string, Fact>();
        for (const eventId of eventIds) {
          const fact = await read(eventId);
          if (fact !== undefined) facts.set(eventId, fact);
        }
        return facts;
      },
    });
  }

  /** In an object of its own, as {@link FreshCache.getNewer} tells values apart. */
  const supplies = cacheOf(async (eventId) => ({
    supply: (await inventory.waitlistSupply([eventId]))[0],
  }));
  const queues = cacheOf((eventId) => waitlist.findQueue(eventId));
  const heads = cacheOf(async (eventId) => {
    const supply = (await supplies.get(eventId))?.supply;
    if (!supply) return [];
    const ticketTypeIds = supply.types.map((type) => type.ticketTypeId);
    return await waitlist.listWaiting({ eventId, ticketTypeIds, after: 0, limit: MAX_HEAD });
  });
  const paces = cacheOf((eventId) => {
    const since = new Date(clock.now().getTime() - PACE_WINDOW_MS);
    return waitlist.countOffers({ eventId, since });
  });
  const counts = cacheOf((eventId) => waitlist.countInLine(eventId), {
    maxAgeMs: MAX_COUNT_AGE_MS,
    maxEntries: MAX_COUNTS,
  });
  return {
    supply: async (eventId) => (await supplies.get(eventId))?.supply,
    newestSupply: async (eventId) =>
      (await supplies.getNewer(eventId, await supplies.get(eventId)))?.supply,
    queue: (eventId) => queues.get(eventId),
    head: async (eventId) => await heads.get(eventId) ?? [],
    recentOffers: async (eventId) => await paces.get(eventId) ?? 0,
    waiting: async (eventId) => await counts.get(eventId) ?? 0,
  };
}
