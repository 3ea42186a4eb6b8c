/** A wait for something that is not there yet. */
interface Wait {
  /** By `performance.now()`. */
  dueMs: number;
  onLate: () => void;
}

/**
 * A limit of time for any number of waits. As all may last equally long, one timer watches the oldest; a timer for each
 * would cost several microseconds.
 */
export class TimeLimit {
  readonly #limitMs: number;
  /** The oldest first. */
  readonly #waits = new Set<Wait>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  /** How many waits there are. */
  get size(): number {
    return this.#waits.size;
  }

  /** Begins a wait, which {@link watch} then watches. @returns what ends it; else `onLate` is called at the limit */
  begin(onLate: () => void): () => void {
    const wait = { dueMs: performance.now() + this.#limitMs, onLate };
    this.#waits.add(wait);
    return () => void this.#waits.delete(wait);
  }

  /** Sets the timer, if there is a wait and none is set. */
  watch(): void {
    if (this.#waits.size > 0) this.#timer ??= this.#wakeIn(this.#limitMs);
  }

  /** Clears the timer, which outlives the last wait: setting it anew for each would cost what it saves. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wakeIn(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#endLate(), ms);
  }

  #endLate(): void {
    this.#timer = undefined;
    for (const wait of this.#waits) {
      const leftMs = wait.dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer = this.#wakeIn(leftMs);
        return;
      }
      this.#waits.delete(wait);
      wait.onLate();
    }
  }
}
