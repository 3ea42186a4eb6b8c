/** A wait, and how to end it. */
interface Wait {
  due_ms: number;
  end: () => void;
}

/**
 * Ends waits that last too long, all after the same time: so one timer, set for the oldest, serves all that wait
 * at once.
 */
export class Deadlines {
  readonly #limitMs: number;
  /** In the order in which they are due. */
  readonly #waits = new Set<Wait>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /**
   * Waits for `work`, but no longer than the limit: then `late` says what to throw. The work itself goes on.
   */
  async within<T>(work: Promise<T>, late: () => Error): Promise<T> {
    const overdue = Promise.withResolvers<never>();
    const wait = {
      due_ms: performance.now() + this.#limitMs,
      end: () => overdue.reject(late()),
    };
    this.#waits.add(wait);
    if (this.#timer === undefined) this.#setTimer(this.#limitMs);
    try {
      return await Promise.race([work, overdue.promise]);
    } finally {
      this.#waits.delete(wait);
      if (this.#waits.size === 0) this.#clearTimer();
    }
  }

  #setTimer(ms: number): void {
    this.#timer = setTimeout(() => this.#endOverdue(), ms);
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #endOverdue(): void {
    this.#timer = undefined;
    const now_ms = performance.now();
    for (const wait of this.#waits) {
      if (wait.due_ms > now_ms) {
        this.#setTimer(Math.ceil(wait.due_ms - now_ms));
        return;
      }
      this.#waits.delete(wait);
      wait.end();
    }
  }
}
