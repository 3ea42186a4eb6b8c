/** Tracks when urgent work last began in this process; other work pauses for a moment. */
export class UrgentWork {
  readonly #nowMs: () => number;
  #lastBegunMs = -Infinity;

  /** @param nowMs of a clock that never goes back */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Says that a piece of urgent work begins. */
  begin(): void {
    this.#lastBegunMs = this.#nowMs();
  }

  /** Whether any began within the last `withinMs`. */
  beganLately(withinMs: number): boolean {
    return this.#nowMs() - this.#lastBegunMs < withinMs;
  }
}
