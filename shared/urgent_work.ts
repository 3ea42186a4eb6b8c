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

/** Urgent work so close together is a rush. */
const RUSH_MS = 50;

/** Has `run` run at each call, but during a rush of urgent work at most once in `intervalMs`. */
export function rarelyInRush(
  urgent: Pick<UrgentWork, "beganLately">,
  run: () => Promise<void>,
  { intervalMs, nowMs = () => performance.now() }: { intervalMs: number; nowMs?: () => number },
): () => Promise<void> {
  let lastMs = -Infinity;
  return async function runUnlessRush() {
    if (urgent.beganLately(RUSH_MS) && nowMs() - lastMs < intervalMs) return;
    lastMs = nowMs();
    await run();
  };
}
