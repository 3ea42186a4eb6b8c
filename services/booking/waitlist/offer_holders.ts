import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { WaitlistStore } from "./store.ts";

/** A key that met an offer is remembered for so long: a repeated request gets the same booking. */
const REPLAY_MS = 24 * 3_600_000;
/** The most events of a list; where there are more, every event is asked about. */
export const MAX_EVENTS = 1_000;
/** Above it all users of the event are looked up. */
const MAX_USERS = 10_000;
const MAX_AGE_MS = 1_000;
/**
 * An older list says nothing: an offer may have been made and met elsewhere since. So every process knows of an entry that
 * joined so long ago, and no offer is met earlier (`meet_offer.ts`).
 */
export const MAX_LIST_AGE_MS = 2_000;
/** What this process adds is kept until the next list that was read after it. */
const ADDED_FOR_MS = 5_000;

export interface OfferHoldersDeps {
  waitlist: Pick<WaitlistStore, "listEventsWithLines" | "listClaimants">;
  clock: Clock;
}

/**
 * Users whose reservations may meet an offer of theirs: those with an open one, and those who met one lately. Events with
 * a line are known from a list that is read once a second, so that reservations for any other event pay nothing; their
 * users are read once a second. While there is no list, or only an old or a full one, every event is asked about.
 */
export class OfferHolders {
  readonly #deps: OfferHoldersDeps;
  readonly #users: FreshCache<string, ReadonlySet<string>>;
  readonly #added = new Map<string, number>();
  #events: ReadonlySet<string> = new Set();
  #isFull = false;
  /** When the list was read. */
  #readMs: number | undefined;

  constructor(deps: OfferHoldersDeps) {
    this.#deps = deps;
    this.#users = new FreshCache({
      maxAgeMs: MAX_AGE_MS,
      maxEntries: MAX_EVENTS,
      clock: deps.clock,
      load: async (eventIds) => {
        const users = new Map<string, ReadonlySet<string>>();
        for (const eventId of eventIds) users.set(eventId, await this.#read(eventId));
        return users;
      },
    });
  }

  /** Whether a user of the event may have an offer. */
  hasEvent(eventId: string): boolean {
    return this.#events.has(eventId) || !this.#isFresh() || this.#isFull;
  }

  /** Also false if the clock was set back. */
  #isFresh(): boolean {
    if (this.#readMs === undefined) return false;
    const ageMs = this.#deps.clock.now().getTime() - this.#readMs;
    return ageMs >= 0 && ageMs <= MAX_LIST_AGE_MS;
  }

  /** Whether this user may have one. */
  async has({ eventId, userId }: BuyerOfEvent): Promise<boolean> {
    const users = await this.#users.get(eventId);
    return users !== undefined && (users.size >= MAX_USERS || users.has(userId));
  }

  /** Notes offers that this process made, or that a reservation met here. */
  add(offers: readonly Pick<BuyerOfEvent, "eventId">[]): void {
    if (offers.length === 0) return;
    const nowMs = this.#deps.clock.now().getTime();
    const events = new Set(this.#events);
    for (const { eventId } of offers) {
      events.add(eventId);
      this.#added.set(eventId, nowMs);
      this.#users.forget(eventId);
    }
    this.#events = events;
  }

  /** Reads the events anew. */
  async refresh(): Promise<void> {
    const { waitlist, clock } = this.#deps;
    const begunMs = clock.now().getTime();
    const listed = await waitlist.listEventsWithLines({
      since: this.#since(),
      limit: MAX_EVENTS,
    });
    this.#isFull = listed.length >= MAX_EVENTS;
    const events = new Set(listed);
    for (const [eventId, addedMs] of this.#added) {
      if (addedMs + ADDED_FOR_MS < begunMs) this.#added.delete(eventId);
      else events.add(eventId);
    }
    this.#events = events;
    this.#readMs = begunMs;
  }

  async #read(eventId: string): Promise<ReadonlySet<string>> {
    const { waitlist } = this.#deps;
    return new Set(
      await waitlist.listClaimants({ eventId, since: this.#since(), limit: MAX_USERS }),
    );
  }

  #since(): Date {
    return new Date(this.#deps.clock.now().getTime() - REPLAY_MS);
  }
}
