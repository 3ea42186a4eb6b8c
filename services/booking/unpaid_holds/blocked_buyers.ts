import type { Clock } from "@evently/shared/clock";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { UnpaidHoldStore } from "./store.ts";

/** The most blocks of all events that are enforced: the latest. */
const MAX_BLOCKS = 5_000;

/** Users of an event who may not reserve. */
export interface BlocksOfEvent {
  eventId: string;
  userIds: string[];
}

/**
 * Users who may not reserve tickets of an event, as their organisers decided: a copy in memory, read once a second, so that
 * a reservation pays nothing for it. Until a process has read a block it lets its user reserve; `endBlockedHolds()` then
 * ends the hold.
 */
export class BlockedBuyers {
  readonly #deps: { store: Pick<UnpaidHoldStore, "list" | "deleteEnded">; clock: Clock };
  #untilByKey: ReadonlyMap<string, Date> = new Map();
  #byEvent: readonly BlocksOfEvent[] = [];
  /** How many reads began, and which of them the copy is from. */
  #begun = 0;
  #shown = 0;

  constructor(deps: { store: Pick<UnpaidHoldStore, "list" | "deleteEnded">; clock: Clock }) {
    this.#deps = deps;
  }

  /** Until when a user may not reserve; `undefined` if they may. */
  until(buyer: BuyerOfEvent): Date | undefined {
    const until = this.#untilByKey.get(keyOf(buyer));
    return until && until > this.#deps.clock.now() ? until : undefined;
  }

  /** Users who were blocked when the copy was read, by event. */
  listByEvent(): readonly BlocksOfEvent[] {
    return this.#byEvent;
  }

  /** Reads the blocks anew, and deletes those that have ended. A read that began before a later one changes nothing. */
  async refresh(): Promise<void> {
    const { store, clock } = this.#deps;
    const read = ++this.#begun;
    const blocks = await store.list({ limit: MAX_BLOCKS });
    const now = clock.now();
    const active = blocks.filter(({ blockedUntil }) => blockedUntil > now);
    if (read > this.#shown) {
      this.#shown = read;
      this.#untilByKey = new Map(active.map((block) => [keyOf(block), block.blockedUntil]));
      this.#byEvent = Array.from(
        Map.groupBy(active, ({ eventId }) => eventId),
        ([eventId, ofEvent]) => ({ eventId, userIds: ofEvent.map(({ userId }) => userId) }),
      );
    }
    if (active.length < blocks.length) await store.deleteEnded(now);
  }
}

function keyOf({ eventId, userId }: BuyerOfEvent): string {
  return `${eventId} ${userId}`;
}
