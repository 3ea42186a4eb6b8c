import { setImmediate } from "node:timers";
import { Unavailable } from "../errors/mod.ts";

/** How a {@link Coalescer} works its items off. */
export interface CoalescerOptions<Item, Result> {
  /** Does all items at once; answers one result an item, in the same order. */
  run: (items: Item[]) => Promise<Result[]>;
  /** The most items of one batch. */
  maxBatch: number;
  /** The most items that wait; past it {@link Unavailable} is thrown at once. */
  maxQueue: number;
  /** Batches under way at once. */
  maxInFlight?: number;
  /** Runs after each batch has been answered; the next batch starts when it resolves. */
  rest?: () => Promise<void>;
}

/** An item, and who waits for its result. */
export interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: while one batch is under way, what arrives waits, and goes as the next batch. There is no
 * timer, so the busier it is the larger the batches. What goes, goes at the end of a turn of the event loop, so that
 * of requests that came in together the first does not go alone. What waited for a batch goes one turn after its
 * answer, or sooner with what is submitted: so that what had come in, but was not read yet, goes too.
 */
export class Coalescer<Item, Result> {
  readonly #options: CoalescerOptions<Item, Result>;
  #queue: Waiting<Item, Result>[] = [];
  #inFlight = 0;
  readonly #nextAtEndOfTurn = atEndOfTurn(() => this.#next());

  constructor(options: CoalescerOptions<Item, Result>) {
    this.#options = options;
  }

  /** Nothing waits and nothing is under way. */
  get idle(): boolean {
    return this.#inFlight === 0 && this.#queue.length === 0;
  }

  /**
   * Adds an item to the next batch.
   *
   * @throws {Unavailable} too many wait already
   */
  submit(item: Item): Promise<Result> {
    if (this.#full) return Promise.reject(overflow(this.#queue));
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject });
      this.#nextAtEndOfTurn();
    });
  }

  /** What goes at the end of this turn does not wait. */
  get #full(): boolean {
    const { maxQueue, maxBatch, maxInFlight = 1 } = this.#options;
    const going = (maxInFlight - this.#inFlight) * maxBatch;
    return this.#queue.length - going >= maxQueue;
  }

  #next(): void {
    const { maxBatch, maxInFlight = 1 } = this.#options;
    while (this.#inFlight < maxInFlight && this.#queue.length > 0) {
      const batch = this.#queue.slice(0, maxBatch);
      this.#queue = this.#queue.slice(maxBatch);
      this.#inFlight++;
      void this.#run(batch);
    }
  }

  /** Frees the place before it answers, so that whoever is answered finds the coalescer idle. */
  async #run(batch: Waiting<Item, Result>[]): Promise<void> {
    const answer = await this.#outcome(batch);
    const { rest } = this.#options;
    if (rest) {
      answer();
      await rest();
      this.#inFlight--;
    } else {
      this.#inFlight--;
      answer();
    }
    setImmediate(this.#nextAtEndOfTurn);
  }

  async #outcome(batch: Waiting<Item, Result>[]): Promise<() => void> {
    try {
      const results = await this.#options.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`a batch of ${batch.length} items was answered by ${results.length}`);
      }
      return () => batch.forEach(({ resolve }, i) => resolve(results[i]!));
    } catch (error) {
      return () => batch.forEach(({ reject }) => reject(error));
    }
  }
}

/** The refusal of what does not fit a queue. */
export function overflow({ length }: readonly unknown[]): Unavailable {
  return new Unavailable(
    `Cannot accept more requests as the queue is full: ${length} are waiting`,
  );
}

/** Does it once at the end of each turn of the event loop in which it was called. */
export function atEndOfTurn(run: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    setImmediate(() => {
      called = false;
      run();
    });
  };
}
