import { setImmediate } from "node:timers";
import { QUEUED } from "../metrics/mod.ts";
import { inBatchSpan } from "./batch_trace.ts";
import { atEndOfTurn, overflow, type Waiting, waitInQueue } from "./coalescer.ts";

/** The items of one key in a batch. */
export interface KeyedItems<Item> {
  key: string;
  items: Item[];
}

/** Options of a {@link KeyedCoalescer}. */
export interface KeyedCoalescerOptions<Item, Result> {
  /** Names the batches in metrics and traces; as of a `Coalescer`. */
  name?: string;
  /** Processes the items of several keys at once; returns their results by key, in the same order. */
  run: (batch: KeyedItems<Item>[]) => Promise<Result[][]>;
  /** Whether a batch that failed with this error may be repeated; by default always, so `run` must be idempotent. */
  isRepeatable?: (error: unknown) => boolean;
  /** The most items of one batch, over all its keys, or the most weight. */
  maxBatch: number;
  /** How much of a batch an item takes, at most `maxBatch`; 1 by default. */
  weightOf?: (item: Item) => number;
  /** The most queued items of one key; above it {@link Unavailable} is thrown at once. */
  maxQueue: number;
  /** Batches under way at once; a key is in at most one of them. */
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
 * Group commit over keys, as in {@link Coalescer}: queued items of all keys are sent as one batch, the longest waiting
 * keys first. A key has one part under way at a time. A batch that fails is repeated once, each key alone, so that a
 * locked or broken key delays only its own items.
 */
export class KeyedCoalescer<Item, Result> {
  readonly #options: KeyedCoalescerOptions<Item, Result>;
  /** Keys with items queued or under way. */
  readonly #lanes = new Map<string, Lane<Item, Result>>();
  /** Keys with queued items and none under way, the longest waiting first. */
  readonly #ready = new Set<Lane<Item, Result>>();
  #inFlight = 0;
  readonly #nextAtEndOfTurn = atEndOfTurn(() => this.#next());

  constructor(options: KeyedCoalescerOptions<Item, Result>) {
    this.#options = options;
    const { name } = options;
    if (name !== undefined) QUEUED.observe(() => this.#waitingItems(), { queue: name });
  }

  /** The number of keys with items queued or under way. */
  get size(): number {
    return this.#lanes.size;
  }

  /**
   * Adds an item to the next batch that `key` is part of.
   *
   * @throws {Unavailable} the queue of this key is full
   */
  submit(key: string, item: Item): Promise<Result> {
    const lane = this.#lanes.get(key) ?? { key, waiting: [], underWay: false };
    if (lane.waiting.length >= this.#options.maxQueue) {
      return Promise.reject(overflow(lane.waiting));
    }
    this.#lanes.set(key, lane);
    return waitInQueue(this.#options.name, item, (waiting) => {
      lane.waiting.push(waiting);
      if (!lane.underWay) this.#ready.add(lane);
      this.#nextAtEndOfTurn();
    });
  }

  #waitingItems(): number {
    let items = 0;
    for (const { waiting } of this.#lanes.values()) items += waiting.length;
    return items;
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
      const { count, weight } = this.#fitting(lane, room);
      // The next key's items come first in the next batch, also if a lighter one of another key would fit.
      if (count === 0) break;
      const taken = lane.waiting.splice(0, count);
      room -= weight;
      lane.underWay = true;
      this.#ready.delete(lane);
      batch.push({ lane, taken });
    }
    return batch;
  }

  /** How many of a key's items fit, and what they weigh. */
  #fitting({ waiting }: Lane<Item, Result>, room: number): { count: number; weight: number } {
    const { weightOf } = this.#options;
    if (!weightOf) {
      const count = Math.min(waiting.length, room);
      return { count, weight: count };
    }
    let weight = 0;
    let count = 0;
    for (; count < waiting.length; count++) {
      const next = weight + weightOf(waiting[count]!.item);
      if (next > room) break;
      weight = next;
    }
    return { count, weight };
  }

  /** Frees the slot before it answers, so that callers find nothing under way after their answer. */
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
      const { name, run } = this.#options;
      const results = await inBatchSpan(
        name,
        batch.flatMap(({ taken }) => taken.map(({ span }) => span)),
        () =>
          run(
            batch.map(({ lane, taken }) => ({
              key: lane.key,
              items: taken.map(({ item }) => item),
            })),
          ),
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
