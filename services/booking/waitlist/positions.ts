import type { Clock } from "@evently/shared/clock";
import type { IdSource } from "@evently/shared/ids";
import type { Logger } from "@evently/shared/log";
import type { GuardedRedis } from "@evently/shared/redis";
import { LRUCache } from "lru-cache";
import { type EventTypes, type PlacedEntry, PositionSets } from "./position_sets.ts";
import type { WaitlistStore } from "./store.ts";

export type { EventTypes, PlacedEntry } from "./position_sets.ts";

/** Where an entry is in the line of the ticket type for which it is furthest ahead. */
export interface Position {
  /** From 1. */
  position: number;
  /** Entries in that line. */
  total: number;
}

export interface PositionsDeps {
  redis: Pick<GuardedRedis, "attempt">;
  store: Pick<WaitlistStore, "count" | "listPlaces">;
  clock: Clock;
  ids: Pick<IdSource, "newId">;
  log: Pick<Logger, "info" | "warn">;
}

/** How soon after a rebuild a request for a position may cause the next one. */
const REBUILD_REST_MS = 10_000;
const PAGE_SIZE = 1_000;
/** A million entries; PostgreSQL answers for a longer line. */
const MAX_PAGES = 1_000;
/** The most events whose state is remembered. */
const MAX_EVENTS = 1_000;
/** The most types of an event that are remembered as stale. */
const MAX_STALE_TYPES = 50;

/** What this process knows of the sets of an event. */
interface EventState {
  rebuiltAt: Date | undefined;
  /** Types whose sets lack a change that Redis did not take. */
  stale: Set<string>;
  /** By how much the sizes differed at the last check; empty if they did not. */
  difference: string;
}

/** A rebuild under way, and the entries that leave the line during it. */
interface Rebuild {
  done: Promise<boolean>;
  left: Map<string, PlacedEntry>;
}

/**
 * Positions in line, from sorted sets in Redis. PostgreSQL has the truth: it answers while Redis does not, or while the
 * sets are not complete, and they are rebuilt from it. Nothing here throws because of Redis.
 */
export class Positions {
  readonly #deps: PositionsDeps;
  readonly #sets: PositionSets;
  readonly #events = new LRUCache<string, EventState>({ max: MAX_EVENTS });
  readonly #rebuilds = new Map<string, Rebuild>();

  constructor(deps: PositionsDeps) {
    this.#deps = deps;
    this.#sets = new PositionSets(deps.redis);
  }

  /** Adds entries that joined, or came back to their place. */
  async add(entries: readonly PlacedEntry[]): Promise<void> {
    for (const { eventId, entryId } of entries) this.#rebuilds.get(eventId)?.left.delete(entryId);
    if (!await this.#sets.add(entries)) this.#markStale(entries);
  }

  /** Removes entries that left the line. */
  async remove(entries: readonly PlacedEntry[]): Promise<void> {
    for (const entry of entries) this.#rebuilds.get(entry.eventId)?.left.set(entry.entryId, entry);
    if (!await this.#sets.remove(entries)) this.#markStale(entries);
  }

  /** Deletes the sets of an event in which nobody waits any longer. */
  async forget(types: EventTypes): Promise<void> {
    this.#events.delete(types.eventId);
    await this.#sets.delete(types);
  }

  /** Finds the position of an entry that waits. */
  async positionOf(entry: PlacedEntry): Promise<Position> {
    if (!this.#events.get(entry.eventId)?.stale.size) {
      const answer = await this.#sets.ranksOf(entry);
      if (!answer) return await this.#count(entry);
      const found = (answer.ranks ?? []).flatMap(({ rank, size }) =>
        rank === undefined ? [] : [{ position: rank + 1, total: size }]
      );
      if (found.length === entry.ticketTypeIds.length) return nearest(found);
    }
    this.#rebuildSoon(entry);
    return await this.#count(entry);
  }

  /**
   * Compares the sizes of sets with PostgreSQL, and rebuilds the sets if they are not complete or if the sizes differ by
   * as much as at the check before: what is being added or removed differs only for a moment. Returns whether it did.
   */
  async check({ eventId, ticketTypeIds }: EventTypes): Promise<boolean> {
    const answer = await this.#sets.ranksOf({ eventId, ticketTypeIds, entryId: "" });
    if (!answer) return false;
    const state = this.#stateOf(eventId);
    if (!answer.ranks || state.stale.size > 0) {
      return await this.rebuild({ eventId, ticketTypeIds });
    }
    const counts = await this.#countTypes({ eventId, ticketTypeIds, place: 0 });
    const differences = answer.ranks.map(({ size }, i) => size - (counts[i]?.total ?? 0));
    const before = state.difference;
    state.difference = differences.some((by) => by !== 0) ? differences.join() : "";
    if (state.difference === "" || state.difference !== before) return false;
    return await this.rebuild({ eventId, ticketTypeIds });
  }

  /** Writes the sets of an event anew, or joins the rebuild under way. Returns whether they are complete now. */
  async rebuild(types: EventTypes): Promise<boolean> {
    const underWay = this.#rebuilds.get(types.eventId);
    if (underWay) return await underWay.done;
    const left = new Map<string, PlacedEntry>();
    const done = this.#write(types, left).finally(() => this.#rebuilds.delete(types.eventId));
    this.#rebuilds.set(types.eventId, { done, left });
    return await done;
  }

  async #write(
    { eventId, ticketTypeIds }: EventTypes,
    left: ReadonlyMap<string, PlacedEntry>,
  ): Promise<boolean> {
    const { store, clock, ids, log } = this.#deps;
    const state = this.#stateOf(eventId);
    state.rebuiltAt = clock.now();
    const emptied = [...new Set([...ticketTypeIds, ...state.stale])];
    const token = ids.newId();
    if (!await this.#sets.begin({ eventId, ticketTypeIds: emptied, token })) return false;
    state.stale.clear();
    state.difference = "";
    let after = 0;
    let written = 0;
    for (let page = 0; page < MAX_PAGES; page++) {
      const places = await store.listPlaces({ eventId, after, limit: PAGE_SIZE });
      const isWritten = await this.#sets.add(places.map((placed) => ({ ...placed, eventId })));
      if (!isWritten) return false;
      written += places.length;
      after = places.at(-1)?.place ?? after;
      if (places.length < PAGE_SIZE) break;
    }
    // A page may have been read before they left, and written after they were removed.
    const areGone = await this.#sets.remove([...left.values()]);
    if (!areGone || state.stale.size > 0) return false;
    const isComplete = await this.#sets.complete({ eventId, token });
    if (isComplete) log.info("waitlist: positions rebuilt", { event_id: eventId, written });
    return isComplete;
  }

  #rebuildSoon({ eventId, ticketTypeIds }: EventTypes): void {
    const nowMs = this.#deps.clock.now().getTime();
    const rebuiltMs = this.#events.get(eventId)?.rebuiltAt?.getTime() ?? -Infinity;
    if (this.#rebuilds.has(eventId) || Math.abs(nowMs - rebuiltMs) < REBUILD_REST_MS) return;
    this.rebuild({ eventId, ticketTypeIds }).catch((error) =>
      this.#deps.log.warn("waitlist: positions not rebuilt", { event_id: eventId, error })
    );
  }

  async #count(entry: PlacedEntry): Promise<Position> {
    const counts = await this.#countTypes(entry);
    return nearest(counts.map(({ before, total }) => ({ position: before + 1, total })));
  }

  #countTypes({ eventId, ticketTypeIds, place }: EventTypes & { place: number }) {
    return Promise.all(
      ticketTypeIds.map((ticketTypeId) => this.#deps.store.count({ eventId, ticketTypeId, place })),
    );
  }

  #markStale(entries: readonly PlacedEntry[]): void {
    for (const { eventId, ticketTypeIds } of entries) {
      const { stale } = this.#stateOf(eventId);
      for (const id of ticketTypeIds) if (stale.size < MAX_STALE_TYPES) stale.add(id);
    }
  }

  #stateOf(eventId: string): EventState {
    const known = this.#events.get(eventId);
    if (known) return known;
    const state = { rebuiltAt: undefined, stale: new Set<string>(), difference: "" };
    this.#events.set(eventId, state);
    return state;
  }
}

/** Of several lines the one in which least are ahead. */
function nearest(positions: readonly Position[]): Position {
  return positions.reduce((best, one) => one.position < best.position ? one : best);
}
