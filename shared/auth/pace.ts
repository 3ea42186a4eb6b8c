import { type Pause, SYSTEM_PAUSE } from "../clock.ts";

/** Where a {@link Pace} has its time from. */
export interface PaceTime {
  /** Of a clock that never goes back. */
  now_ms: () => number;
  pause: Pause;
}

const SYSTEM_TIME: PaceTime = { now_ms: () => performance.now(), pause: SYSTEM_PAUSE };
/** The most that one piece of work keeps from the next, however long it took. */
const MAX_SPACING_MS = 1_000;

/** Spaces pieces of work out, so that they take no more than a share of the time. */
export class Pace {
  readonly #share: number;
  readonly #time: PaceTime;
  /** When the next may begin. */
  #next_ms = -Infinity;
  /** How long the last piece took. */
  #took_ms = 0;

  /** @param share of one thread's time: at 0.5 a pause is as long as the piece before it; 2 is all of two threads */
  constructor(share: number, time: PaceTime = SYSTEM_TIME) {
    this.#share = share;
    this.#time = time;
  }

  /** Does it when its time has come, or at once where it is not `paced`. */
  async run<T>(work: () => Promise<T>, { paced }: { paced: boolean }): Promise<T> {
    if (paced) await this.#turn();
    const begun_ms = this.#time.now_ms();
    try {
      return await work();
    } finally {
      this.#took_ms = this.#time.now_ms() - begun_ms;
    }
  }

  async #turn(): Promise<void> {
    const now_ms = this.#time.now_ms();
    const begin_ms = Math.max(now_ms, this.#next_ms);
    this.#next_ms = begin_ms + Math.min(this.#took_ms / this.#share, MAX_SPACING_MS);
    if (begin_ms > now_ms) await this.#time.pause(begin_ms - now_ms);
  }
}
