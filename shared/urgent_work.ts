import { type Pause, SYSTEM_PAUSE } from "./clock.ts";

/** Clock and timer of work that yields to urgent work; replaced in tests. */
export interface YieldingTime {
  /** A monotonic clock. */
  nowMs: () => number;
  pause: Pause;
}

/** The machine's. */
export const SYSTEM_YIELDING: YieldingTime = {
  nowMs: () => performance.now(),
  pause: SYSTEM_PAUSE,
};

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

  /** Waits for `ms`, or until no urgent work has begun within `withinMs`, which it looks at as often. */
  async rest(
    ms: number,
    { withinMs, time }: { withinMs: number; time: YieldingTime },
  ): Promise<void> {
    const endMs = time.nowMs() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = endMs - time.nowMs()) {
      if (!this.beganLately(withinMs)) return;
      await time.pause(Math.min(leftMs, withinMs));
    }
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
