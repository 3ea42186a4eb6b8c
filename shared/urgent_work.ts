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

/** Of {@link UrgentWork.perSecond}: what began so long ago counts half. */
const HALF_LIFE_MS = 1_000;
const MS_PER_S = 1_000;

/** Tracks when urgent work last began, and how much of it begins, in this process; other work pauses for a moment. */
export class UrgentWork {
  readonly #nowMs: () => number;
  #lastBegunMs = -Infinity;
  /** Pieces begun, each counted half after every {@link HALF_LIFE_MS}. */
  #begun = 0;

  /** @param nowMs of a clock that never goes back */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Says that a piece of urgent work begins. */
  begin(): void {
    const nowMs = this.#nowMs();
    this.#begun = this.#remembered(nowMs) + 1;
    this.#lastBegunMs = nowMs;
  }

  /** How many pieces begin in a second: what began longer ago counts less. */
  perSecond(): number {
    return this.#remembered(this.#nowMs()) * Math.LN2 / HALF_LIFE_MS * MS_PER_S;
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

  #remembered(nowMs: number): number {
    return this.#begun * 2 ** ((this.#lastBegunMs - nowMs) / HALF_LIFE_MS);
  }
}

/** Urgent work so close together is a rush. */
const RUSH_MS = 50;

/** Background work gets a tenth of the time in a rush. */
const REST_TIMES = 9;
/** What arrives within this time in a rush is done in one pass. */
const MIN_REST_MS = 250;
/** The longest rest, so that a rush that lasts delays background work without stopping it. */
const MAX_REST_MS = 1_000;

/**
 * The `restMs` of a worker that makes way for urgent work: in a rush it rests nine times as long as its passes took,
 * at least 250 ms and at most a second. At rest there is none.
 */
export function restInRush(
  urgent: Pick<UrgentWork, "beganLately">,
): (passMs: number) => number {
  return function restMs(passMs) {
    if (!urgent.beganLately(RUSH_MS)) return 0;
    return Math.min(Math.max(passMs * REST_TIMES, MIN_REST_MS), MAX_REST_MS);
  };
}

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
