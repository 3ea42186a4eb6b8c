import { setImmediate } from "node:timers";
import { atEndOfTurn, overflow, type Waiting } from "./coalescer.ts";

/** The items of one key that go with a batch. */
export interface KeyedItems<Item> {
  key: string;
  items: Item[];
}

/** How a {@link KeyedCoalescer} works its items off. */
export interface KeyedCoalescerOptions<Item, Result> {
  /** Does the items of several keys at once; answers as many results, by key and in the same order. */
  run: (batch: KeyedItems<Item>[]) => Promise<Result[][]>;
  /** Whether what failed so may be done again; by default whatever failed, so that `run` must be idempotent. */
  isRepeatable?: (error: unknown) => boolean;
  /** The most items of one batch, of all its keys together. */
  maxBatch: number;
  /** The most items that wait for one key; past it {@link Unavailable} is thrown at once. */
  maxQueue: number;
  /** Batches under way at once; a key is in one of them at most. */
  maxInFlight?: number;
}

interface Lane<Item, Result> {
  key: string;
  waiting: Waiting<Item, Result>[];
  underWay: boolean;
}

interface Taken<Item, Result> {
  lane: Lane<Item, Result>;
  taken: Waiting<Item, Result>[];
}

/**
 * Group commit over keys, as {@link Coalescer} does it: what waits goes as one batch, whatever its keys, those
 * first that have waited longest. Of each key one part is under way at once. A batch that fails is tried once
 * more, each key alone: one that is locked or broken costs the others no more than that, and is waited for by its
 * own items only.
 */
export class KeyedCoalescer<Item, Result> {
  readonly #options: KeyedCoalescerOptions<Item, Result>;
  /** Each has something waiting or under way. */
  readonly #lanes = new Map<string, Lane<Item, Result>>();
  /** Those of which something waits and nothing is under way, in the order of their waiting. */
  readonly #ready = new Set<Lane<Item, Result>>();
  #inFlight = 0;
  readonly #nextAtEndOfTurn = atEndOfTurn(() => this.#next());

  constructor(options: KeyedCoalescerOptions<Item, Result>) {
    this.#options = options;
  }

  /** How many keys have something under way. */
  get size(): number {
    return this.#lanes.size;
  }

  /**
   * Adds an item to the next batch that `key` is part of.
   *
   * @throws {Unavailable} too many wait for this key already
   */
  submit(key: string, item: Item): Promise<Result> {
    const lane = this.#lanes.get(key) ?? { key, waiting: [], underWay: false };
    if (lane.waiting.length >= this.#options.maxQueue) {
      return Promise.reject(overflow(lane.waiting));
    }
    this.#lanes.set(key, lane);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ item, resolve, reject });
      if (!lane.underWay) this.#ready.add(lane);
      this.#nextAtEndOfTurn();
    });
  }

  #next(): void {
    while (this.#inFlight < (this.#options.maxInFlight ?? 1) && this.#ready.size > 0) {
      this.#inFlight++;
      void this.#run(this.#take());
    }
  }

  #take(): Taken<Item, Result>[] {
    const batch: Taken<Item, Result>[] = [];
    let room = this.#options.maxBatch;
    for (const lane of this.#ready) {
      if (room === 0) break;
      const taken = lane.waiting.splice(0, room);
      room -= taken.length;
      lane.underWay = true;
      this.#ready.delete(lane);
      batch.push({ lane, taken });
    }
    return batch;
  }

  /** Frees the place before it answers, so that whoever is answered finds nothing under way. */
  async #run(batch: Taken<Item, Result>[]): Promise<void> {
    const { answer, again } = await this.#outcome(batch);
    this.#inFlight--;
    if (again) batch.forEach((one) => void this.#runAlone(one));
    else this.#release(batch);
    answer();
    setImmediate(this.#nextAtEndOfTurn);
  }

  async #runAlone(one: Taken<Item, Result>): Promise<void> {
    const { answer } = await this.#outcome([one]);
    this.#release([one]);
    answer();
    setImmediate(this.#nextAtEndOfTurn);
  }

  async #outcome(
    batch: Taken<Item, Result>[],
  ): Promise<{ answer: () => void; again?: boolean }> {
    try {
      const results = await this.#options.run(
        batch.map(({ lane, taken }) => ({ key: lane.key, items: taken.map(({ item }) => item) })),
      );
      assertAnswered(batch, results);
      return {
        answer: () =>
          batch.forEach(({ taken }, k) =>
            taken.forEach(({ resolve }, i) => resolve(results[k]![i]!))
          ),
      };
    } catch (error) {
      const { isRepeatable = () => true } = this.#options;
      if (batch.length > 1 && isRepeatable(error)) return { answer: () => {}, again: true };
      return {
        answer: () => batch.forEach(({ taken }) => taken.forEach(({ reject }) => reject(error))),
      };
    }
  }

  #release(batch: Taken<Item, Result>[]): void {
    for (const { lane } of batch) {
      lane.underWay = false;
      if (lane.waiting.length > 0) this.#ready.add(lane);
      else this.#lanes.delete(lane.key);
    }
  }
}

function assertAnswered(
  batch: readonly { taken: readonly unknown[] }[],
  results: readonly (readonly unknown[])[],
): void {
  const [asked, answered] = [batch.map(({ taken }) => taken.length), results.map((r) => r.length)];
  if (asked.join() !== answered.join()) {
    throw new Error(`a batch of ${asked.join()} items was answered by ${answered.join()}`);
  }
}
