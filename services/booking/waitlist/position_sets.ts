import {
  addScoresFor,
  type GuardedRedis,
  MAX_SCORES,
  type Rank,
  ranksIn,
  setIfValue,
} from "@evently/shared/redis";
import type { WaitlistEntry } from "./entry.ts";

/** What of an entry its position needs. */
export type PlacedEntry = Pick<WaitlistEntry, "entryId" | "eventId" | "place" | "ticketTypeIds">;

/** An event and ticket types of it. */
export interface EventTypes {
  eventId: string;
  ticketTypeIds: readonly string[];
}

/** How long the sets of an event are believed to be complete; then they are rebuilt. */
const COMPLETE_FOR_MS = 12 * 3_600_000;
/** Each addition renews it, so that no set expires while it is believed to be complete. */
const SETS_LAST_MS = 2 * COMPLETE_FOR_MS;
/** A rebuild that takes longer has to begin again. */
const REBUILD_MS = 60_000;

/**
 * Sorted sets in Redis, one per event and ticket type: score is the place, members are the entries. A marker says that
 * those of an event are complete. Each method returns `undefined`, or false, if Redis does not do it.
 */
export class PositionSets {
  readonly #redis: Pick<GuardedRedis, "attempt">;

  constructor(redis: Pick<GuardedRedis, "attempt">) {
    this.#redis = redis;
  }

  async add(entries: readonly PlacedEntry[]): Promise<boolean> {
    const chunks = chunksOf(entries);
    const added = await this.#redis.attempt(
      "add positions of the waitlist",
      (redis) =>
        Promise.all(
          chunks.map(({ key, members }) =>
            addScoresFor(redis, { key, members, ttlMs: SETS_LAST_MS })
          ),
        ),
    );
    return added !== undefined;
  }

  async remove(entries: readonly PlacedEntry[]): Promise<boolean> {
    const chunks = chunksOf(entries);
    const removed = await this.#redis.attempt(
      "remove positions of the waitlist",
      (redis) =>
        Promise.all(
          chunks.map(({ key, members }) => redis.zrem(key, ...members.map(({ member }) => member))),
        ),
    );
    return removed !== undefined;
  }

  /** The rank of an entry in each of its sets; no `ranks` if the sets are not complete. */
  async ranksOf(
    { eventId, ticketTypeIds, entryId }: EventTypes & { entryId: string },
  ): Promise<{ ranks: Rank[] | undefined } | undefined> {
    return await this.#redis.attempt("read a position of the waitlist", async (redis) => {
      const keys = setKeys({ eventId, ticketTypeIds });
      return {
        ranks: await ranksIn(redis, { marker: completeKey(eventId), keys, member: entryId }),
      };
    });
  }

  /** Empties sets for a rebuild; until it is done they are not complete. */
  async begin({ eventId, ticketTypeIds, token }: EventTypes & { token: string }): Promise<boolean> {
    const begun = await this.#redis.attempt(
      "rebuild positions of the waitlist",
      (redis) =>
        Promise.all([
          redis.set(rebuildKey(eventId), token, { px: REBUILD_MS }),
          redis.del(completeKey(eventId), ...setKeys({ eventId, ticketTypeIds })),
        ]),
    );
    return begun !== undefined;
  }

  /** Ends a rebuild; false if Redis was wiped meanwhile, or if another one began. */
  async complete({ eventId, token }: { eventId: string; token: string }): Promise<boolean> {
    const completed = await this.#redis.attempt(
      "complete positions of the waitlist",
      (redis) =>
        setIfValue(redis, {
          guard: rebuildKey(eventId),
          expected: token,
          key: completeKey(eventId),
          value: "1",
          ttlMs: COMPLETE_FOR_MS,
        }),
    );
    return completed === true;
  }

  async delete({ eventId, ticketTypeIds }: EventTypes): Promise<void> {
    await this.#redis.attempt(
      "delete positions of the waitlist",
      (redis) => redis.del(completeKey(eventId), ...setKeys({ eventId, ticketTypeIds })),
    );
  }
}

/** The members of each set by its key, as many at once as a script adds. */
function chunksOf(entries: readonly PlacedEntry[]) {
  const all = entries.flatMap(({ eventId, entryId, place, ticketTypeIds }) =>
    ticketTypeIds.map((id) => ({ key: setKey(eventId, id), member: entryId, score: place }))
  );
  return [...Map.groupBy(all, ({ key }) => key)].flatMap(([key, members]) =>
    Array.from({ length: Math.ceil(members.length / MAX_SCORES) }, (_, i) => ({
      key,
      members: members.slice(i * MAX_SCORES, (i + 1) * MAX_SCORES),
    }))
  );
}

/** Keys of an event are of one slot of a Redis Cluster (`{…}`), as scripts name several at once. */
function setKeys({ eventId, ticketTypeIds }: EventTypes): string[] {
  return ticketTypeIds.map((id) => setKey(eventId, id));
}

function setKey(eventId: string, ticketTypeId: string): string {
  return `wl:{${eventId}}:${ticketTypeId}`;
}

function completeKey(eventId: string): string {
  return `wl:{${eventId}}:complete`;
}

function rebuildKey(eventId: string): string {
  return `wl:{${eventId}}:rebuild`;
}
