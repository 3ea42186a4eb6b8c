import type { Logger } from "../log.ts";

/** Entries with a stack, at most, a minute: a fault on a busy route would write one a request. */
const MAX_STACKS_A_MINUTE = 20;
const MINUTE_MS = 60_000;
const MAX_CAUSES = 5;

/** Logs unexpected errors whole, but no more of them than a person reads. */
export class FailureLog {
  readonly #log: Logger;
  readonly #nowMs: () => number;
  #minuteBeganMs = -Infinity;
  #told = 0;
  #leftOut = 0;

  /** @param nowMs a clock that is never set back */
  constructor(log: Logger, nowMs: () => number = () => performance.now()) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  /** Writes an entry with the error's stack and causes, unless there were many within this minute. */
  tell(error: unknown, fields: Record<string, unknown>): void {
    const nowMs = this.#nowMs();
    if (nowMs - this.#minuteBeganMs >= MINUTE_MS) {
      if (this.#leftOut > 0) {
        this.#log.warn("failed requests were told without a stack", { count: this.#leftOut });
      }
      this.#minuteBeganMs = nowMs;
      this.#told = 0;
      this.#leftOut = 0;
    }
    if (this.#told >= MAX_STACKS_A_MINUTE) {
      this.#leftOut++;
      return;
    }
    this.#told++;
    this.#log.error("request failed", { ...fields, error });
  }
}

/** What went wrong in one line, with the errors beneath: `service down: connection refused`. No stack. */
export function causeText(error: unknown): string {
  const texts: string[] = [];
  let cause: unknown = error;
  while (cause !== undefined && texts.length < MAX_CAUSES) {
    texts.push(cause instanceof Error ? cause.message || cause.name : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return texts.join(": ");
}
