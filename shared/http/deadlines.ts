/** Waits that began at about the same time, and end together when it is over. */
interface Cohort {
  waits: number;
  closes_ms: number;
  overdue: PromiseWithResolvers<never>;
  timer: ReturnType<typeof setTimeout>;
}

/** Waits that begin within this part of the limit share a timer, so that each lasts up to that much longer. */
const SHARED_PART = 0.01;

/**
 * Ends waits that last too long.
 *
 * A timer and a place in a table for each of them would cost a request more than its body does to read, so waits
 * that begin at about the same time share both. The last one to leave clears the timer.
 */
export class Deadlines {
  readonly #limitMs: number;
  readonly #late: () => Error;
  #joinable: Cohort | undefined;

  /** @param late what a wait that lasts longer than `limitMs` throws */
  constructor(limitMs: number, late: () => Error) {
    this.#limitMs = limitMs;
    this.#late = late;
  }

  /** Waits for `work`, but no longer than the limit. The work itself goes on. */
  async within<T>(work: Promise<T>): Promise<T> {
    const cohort = this.#join();
    try {
      return await Promise.race([work, cohort.overdue.promise]);
    } finally {
      this.#leave(cohort);
    }
  }

  #join(): Cohort {
    const now_ms = performance.now();
    if (this.#joinable === undefined || now_ms > this.#joinable.closes_ms) {
      this.#joinable = this.#openCohort(now_ms);
    }
    this.#joinable.waits++;
    return this.#joinable;
  }

  #openCohort(now_ms: number): Cohort {
    const sharedMs = this.#limitMs * SHARED_PART;
    const overdue = Promise.withResolvers<never>();
    return {
      waits: 0,
      closes_ms: now_ms + sharedMs,
      overdue,
      timer: setTimeout(() => overdue.reject(this.#late()), this.#limitMs + sharedMs),
    };
  }

  #leave(cohort: Cohort): void {
    cohort.waits--;
    if (cohort.waits > 0) return;
    clearTimeout(cohort.timer);
    if (this.#joinable === cohort) this.#joinable = undefined;
  }
}
