/** Bounds of a {@link LoadLimit}. */
export interface LoadLimitOptions {
  /** The most requests under way, however few were answered lately: a burst after a rest. */
  least: number;
  /** The most, however many were answered: each costs memory. */
  most: number;
  /** A monotonic clock; replaced in tests. */
  nowMs?: () => number;
}

const SECOND_MS = 1_000;
/** For so many seconds it is remembered how many requests were answered. */
const REMEMBERED_S = 10;

/**
 * Bounds the requests under way by what was done lately: as many as were answered in the busiest of the last ten seconds,
 * so that a request that is let in waits about a second at most, on any machine. More than that would make all of them
 * wait, without one more being answered.
 */
export class LoadLimit {
  readonly #least: number;
  readonly #most: number;
  readonly #nowMs: () => number;
  /** Answers of each second, by its number modulo the length. */
  readonly #answered = new Array<number>(REMEMBERED_S).fill(0);
  #second = 0;
  #underWay = 0;

  constructor({ least, most, nowMs = () => performance.now() }: LoadLimitOptions) {
    this.#least = least;
    this.#most = most;
    this.#nowMs = nowMs;
  }

  /** Lets a request in, unless there are too many; whoever is let in must {@link leave}. */
  enter(): boolean {
    if (this.#underWay >= this.#most) return false;
    if (this.#underWay >= this.#least && this.#underWay >= this.#busiest()) return false;
    this.#underWay++;
    return true;
  }

  /** Says that a request was answered. */
  leave(): void {
    this.#underWay--;
    this.#forget();
    this.#answered[this.#second % REMEMBERED_S]!++;
  }

  #busiest(): number {
    this.#forget();
    return Math.max(...this.#answered);
  }

  /** Clears the seconds that have come since, and so those of ten seconds ago. */
  #forget(): void {
    const now = Math.floor(this.#nowMs() / SECOND_MS);
    const from = Math.max(this.#second + 1, now - REMEMBERED_S + 1);
    for (let second = from; second <= now; second++) this.#answered[second % REMEMBERED_S] = 0;
    this.#second = now;
  }
}
