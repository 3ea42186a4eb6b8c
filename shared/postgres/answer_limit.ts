import { TimeLimit } from "../time_limit.ts";
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

/**
 * Limits how long statements wait for their answers. The server ends slow statements, but a server that hangs ends
 * nothing, and a connection to a lost host looks healthy for a quarter of an hour.
 */
export class AnswerLimit {
  readonly #limitMs: number;
  readonly #onSilence: () => void;
  readonly #waits: TimeLimit;
  #lastAnswerMs = performance.now();

  /** @param onSilence called when nothing at all was answered for `limitMs` */
  constructor(limitMs: number, onSilence: () => void) {
    this.#limitMs = limitMs;
    this.#onSilence = onSilence;
    this.#waits = new TimeLimit(limitMs);
  }

  /** Returns the same statement, which fails with {@link Unanswered} after the limit. */
  limit<Made>(made: Made): Made {
    return intercepted(made, (statement, send) => {
      const { resolve, reject } = statement;
      const end = this.#waits.begin(() => {
        reject(new Unanswered(this.#limitMs));
        if (performance.now() - this.#lastAnswerMs >= this.#limitMs) this.#onSilence();
      });
      const answered = <T>(settle: (outcome: T) => void) => (outcome: T) => {
        end();
        this.#lastAnswerMs = performance.now();
        settle(outcome);
      };
      statement.resolve = answered(resolve);
      statement.reject = answered(reject);
      send(statement);
      this.#waits.watch();
    });
  }

  /** Ends the watch. To be called when the pool has ended, as the timer outlives the last statement. */
  stop(): void {
    this.#waits.stop();
  }
}
