import { Unavailable } from "../errors/mod.ts";

/** How a {@link Lane} works. */
export interface LaneOptions {
  /** Pieces of work under way at once. */
  width: number;
  /** The most pieces that wait; asked each time. */
  maxWaiting: () => number;
  /** Called after each piece, with how long it took: until it resolves its place in the lane stays taken. */
  rest: (tookMs: number) => Promise<void>;
  /** Of a clock that never goes back. */
  nowMs: () => number;
}

/** Runs pieces of work in order, a few at a time, with a bounded queue. */
export class Lane {
  readonly #options: LaneOptions;
  #waiting: (() => Promise<void>)[] = [];
  #taken = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /**
   * For callers that would do something before: nothing is worth it when the lane is full.
   *
   * @throws {Unavailable} too many wait already
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
   * Runs a piece of work when its turn has come.
   *
   * @throws {Unavailable} too many wait already
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    this.assertRoom();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push(() => work().then(resolve, reject));
    if (this.#taken < this.#options.width) void this.#take();
    return promise;
  }

  /** Takes a place in the lane until nothing waits. */
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
