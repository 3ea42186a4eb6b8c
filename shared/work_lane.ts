import { Unavailable } from "./errors/mod.ts";
import { QUEUED } from "./metrics/mod.ts";

/** Options of a {@link Lane}. */
export interface LaneOptions {
  /** Its name in metrics. */
  name?: string;
  /** Tasks that run at once. */
  width: number;
  /** Maximum waiting tasks; called for each new one. */
  maxWaiting: () => number;
  /** Called after each task with its duration; the task's slot stays taken until it resolves. */
  rest: (tookMs: number) => Promise<void>;
  /** A monotonic clock. */
  nowMs: () => number;
}

/** Runs tasks in order, a few at a time, with a bounded queue. */
export class Lane {
  readonly #options: LaneOptions;
  #waiting: (() => Promise<void>)[] = [];
  #taken = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    const { name } = options;
    if (name !== undefined) QUEUED.observe(() => this.#waiting.length, { queue: name });
  }

  /**
   * Throws if the queue is full, for callers that have other work to do before {@link run}.
   *
   * @throws {Unavailable} too many tasks are waiting
   */
  assertRoom(): void {
    const { width, maxWaiting } = this.#options;
    if (this.#taken < width || this.#waiting.length < maxWaiting()) return;
    const { length } = this.#waiting;
    throw new Unavailable(
      `Cannot accept more requests as the queue is full: ${length} are waiting`,
    );
  }

  /**
   * Runs a task when its turn comes.
   *
   * @throws {Unavailable} too many tasks are waiting
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.assertRoom();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push(() => work().then(resolve, reject));
    if (this.#taken < this.#options.width) void this.#take();
    return promise;
  }

  /** Takes a slot and runs tasks until none is waiting. */
  async #take(): Promise<void> {
    const { rest, nowMs } = this.#options;
    this.#taken++;
    for (let piece = this.#waiting.shift(); piece; piece = this.#waiting.shift()) {
      const begunMs = nowMs();
      await piece();
      await rest(nowMs() - begunMs);
    }
    this.#taken--;
  }
}
