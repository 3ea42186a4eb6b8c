import { setImmediate } from "node:timers";
import { Unavailable } from "../errors/mod.ts";
import { QUEUED } from "../metrics/mod.ts";
import { isTracing, type Span } from "../tracing/mod.ts";
import { inBatchSpan, startWait } from "./batch_trace.ts";

/** Options of a {@link Coalescer}. */
export interface CoalescerOptions<Item, Result> {
  /** Names the batches in metrics and traces: "insert bookings". Without it they are in neither. */
  name?: string;
  /** Processes all items at once; returns one result for each, in the same order. */
  run: (items: Item[]) => Promise<Result[]>;
  /** The most items of one batch. */
  maxBatch: number;
  /** The most queued items; above it {@link Unavailable} is thrown at once. */
  maxQueue: number;
  /** Batches under way at once. */
  maxInFlight?: number;
  /** Runs after each batch has been answered; the next batch starts when it resolves. */
  rest?: () => Promise<void>;
}

/** A queued item and the promise of its result. */
export interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
  /** Ended when the item is answered. */
  span: Span | undefined;
}

/** Puts an item in a queue, as part of the trace of whoever asks. */
export function waitInQueue<Item, Result>(
  name: string | undefined,
  item: Item,
  push: (waiting: Waiting<Item, Result>) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const span = isTracing ? startWait(name) : undefined;
    if (!span) return push({ item, resolve, reject, span });
    const ending = <Outcome>(settle: (outcome: Outcome) => void) => (outcome: Outcome) => {
      span.end();
      settle(outcome);
    };
    push({ item, resolve: ending(resolve), reject: ending(reject), span });
  });
}

/**
 * Group commit: items that arrive while a batch is under way form the next batch. There is no timer, so batches grow
 * with the load. A batch starts at the end of a turn of the event loop, to include all requests of that turn. After an
 * answer the next batch starts one turn later, to include requests that have arrived but are not read yet.
 */
export class Coalescer<Item, Result> {
  readonly #options: CoalescerOptions<Item, Result>;
  #queue: Waiting<Item, Result>[] = [];
  #inFlight = 0;
  readonly #nextAtEndOfTurn = atEndOfTurn(() => this.#next());

  constructor(options: CoalescerOptions<Item, Result>) {
    this.#options = options;
    const { name } = options;
    if (name !== undefined) QUEUED.observe(() => this.#queue.length, { queue: name });
  }

  /** Whether nothing is queued and nothing is under way. */
  get idle(): boolean {
    return this.#inFlight === 0 && this.#queue.length === 0;
  }

  /**
   * Adds an item to the next batch.
   *
   * @throws {Unavailable} the queue is full
   */
  submit(item: Item): Promise<Result> {
    if (this.#full) return Promise.reject(overflow(this.#queue));
    return waitInQueue(this.#options.name, item, (waiting) => {
      this.#queue.push(waiting);
      this.#nextAtEndOfTurn();
    });
  }

  /** Whether the queue is full, not counting items of the batches that start at the end of this turn. */
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

  /** Frees the slot before it answers, so that callers find the coalescer idle after their answer. */
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
      const { name, run } = this.#options;
      const results = await inBatchSpan(
        name,
        batch.map(({ span }) => span),
        () => run(batch.map(({ item }) => item)),
      );
      if (results.length !== batch.length) {
        throw new Error(`a batch of ${batch.length} items was answered by ${results.length}`);
      }
      return () => batch.forEach(({ resolve }, i) => resolve(results[i]!));
    } catch (error) {
      return () => batch.forEach(({ reject }) => reject(error));
    }
  }
}

/** The error for an item that does not fit the queue. */
export function overflow({ length }: readonly unknown[]): Unavailable {
  return new Unavailable(
    `Cannot accept more requests as the queue is full: ${length} are waiting`,
  );
}

/** Returns a function that runs `run` once at the end of each turn of the event loop in which it is called. */
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
