/** Time as a dependency: code that decides by time asks a `Clock`, so that it can be simulated. */
export interface Clock {
  /** The current time. */
  now(): Date;
}

/** Waits for some milliseconds: a dependency like {@link Clock}. */
export type Pause = (ms: number) => Promise<void>;

/** The machine's clock. */
export const SYSTEM_CLOCK: Clock = { now: () => new Date() };

/** Waits with the machine's timers. */
export const SYSTEM_PAUSE: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A clock that stands still until it is moved; for tests and the simulation. */
export class ManualClock implements Clock {
  #nowMs: number;

  constructor(start: Date = new Date()) {
    this.#nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  /** Moves the clock forward (or, with a negative number, back). */
  advance(byMs: number): void {
    this.#nowMs += byMs;
  }

  /** Moves the clock to `time`. */
  set(time: Date): void {
    this.#nowMs = time.getTime();
  }
}
