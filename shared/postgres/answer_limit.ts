import { intercepted } from "./pending_statement.ts";

/** The server did not answer in time: it hangs or is unreachable. It may have run the statement. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** As a socket would say it. */
  readonly code = "ETIMEDOUT";

  constructor(limitMs: number) {
    super(`Cannot wait any longer as PostgreSQL must answer within ${limitMs} ms`);
  }
}

/** A statement that was sent and is not answered. */
interface Waiting {
  reject: (error: unknown) => void;
  /** By `performance.now()`, as all times here. */
  dueMs: number;
}

/**
 * Limits how long statements wait for their answers. The server ends slow statements, but a server that hangs ends
 * nothing, and a connection to a lost host looks healthy for a quarter of an hour.
 *
 * All wait equally long, so one timer watches the oldest; one for each statement would cost several microseconds.
 */
export class AnswerLimit {
  readonly #limitMs: number;
  readonly #onSilence: () => void;
  /** The oldest first. */
  readonly #waiting = new Set<Waiting>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAnswerMs = performance.now();

  /** @param onSilence called when nothing at all was answered for `limitMs` */
  constructor(limitMs: number, onSilence: () => void) {
    this.#limitMs = limitMs;
    this.#onSilence = onSilence;
  }

  /** Returns the same statement, which fails with {@link Unanswered} after the limit. */
  limit<Made>(made: Made): Made {
    return intercepted(made, (statement, send) => {
      const { resolve, reject } = statement;
      const waiting = { reject, dueMs: performance.now() + this.#limitMs };
      this.#waiting.add(waiting);
      const answered = <T>(settle: (outcome: T) => void) => (outcome: T) => {
        this.#waiting.delete(waiting);
        this.#lastAnswerMs = performance.now();
        settle(outcome);
      };
      statement.resolve = answered(resolve);
      statement.reject = answered(reject);
      send(statement);
      if (this.#waiting.size > 0) this.#timer ??= this.#wakeIn(this.#limitMs);
    });
  }

  /** Ends the watch. To be called when the pool has ended, as the timer outlives the last statement. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wakeIn(ms: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#endOverdue(), ms);
  }

  #endOverdue(): void {
    this.#timer = undefined;
    const nowMs = performance.now();
    for (const waiting of this.#waiting) {
      if (waiting.dueMs > nowMs) {
        this.#timer = this.#wakeIn(waiting.dueMs - nowMs);
        return;
      }
      this.#waiting.delete(waiting);
      waiting.reject(new Unanswered(this.#limitMs));
      if (nowMs - this.#lastAnswerMs >= this.#limitMs) this.#onSilence();
    }
  }
}
