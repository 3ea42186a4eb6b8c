import { intercepted } from "./pending_statement.ts";

/** The server did not answer in time: it hangs, or the network has lost it. It may have done what it was told. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** As a socket would say it. */
  readonly code = "ETIMEDOUT";

  constructor(limitMs: number) {
    super(`Cannot wait any longer as PostgreSQL must answer within ${limitMs} ms`);
  }
}

/**
 * Gives statements the longest time that they may wait for their answer. The server ends what takes long, but one
 * that hangs ends nothing, and a connection whose other end is gone looks well for a quarter of an hour.
 */
export class AnswerLimit {
  readonly #limitMs: number;
  readonly #onSilence: () => void;
  #lastAnswerMs = performance.now();

  /** @param onSilence called when nothing at all was answered for `limit_ms` */
  constructor(limitMs: number, onSilence: () => void) {
    this.#limitMs = limitMs;
    this.#onSilence = onSilence;
  }

  /** The same statement, which fails with {@link Unanswered} when it has waited too long. */
  limit<Made>(made: Made): Made {
    return intercepted(made, (statement, send) => {
      const { resolve, reject } = statement;
      const timer = setTimeout(() => {
        reject(new Unanswered(this.#limitMs));
        if (performance.now() - this.#lastAnswerMs >= this.#limitMs) this.#onSilence();
      }, this.#limitMs);
      const answered = <T>(settle: (outcome: T) => void) => (outcome: T) => {
        clearTimeout(timer);
        this.#lastAnswerMs = performance.now();
        settle(outcome);
      };
      statement.resolve = answered(resolve);
      statement.reject = answered(reject);
      send(statement);
    });
  }
}
