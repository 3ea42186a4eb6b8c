/** A wait whose work is not done yet. */
interface Wait {
  done: boolean;
  reject: (error: Error) => void;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Ends waits that last too long.
 *
 * Nearly all work is done within the turn of the event loop in which it is awaited: a small body comes with its
 * head. A timer for each would cost a request more than its body does to read, so only what is not done by the end
 * of the turn gets one; all waits of a turn share the look.
 */
export class Deadlines {
  readonly #limitMs: number;
  readonly #late: () => Error;
  #ofThisTurn: Wait[] = [];

  /** @param late what a wait that lasts longer than `limitMs` throws */
  constructor(limitMs: number, late: () => Error) {
    this.#limitMs = limitMs;
    this.#late = late;
  }

  /** Waits for `work`, but no longer than the limit. The work itself goes on. */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const wait: Wait = { done: false, reject };
      const end = () => {
        wait.done = true;
        if (wait.timer !== undefined) clearTimeout(wait.timer);
      };
      work.then((value) => {
        end();
        resolve(value);
      }, (error) => {
        end();
        reject(error);
      });
      if (this.#ofThisTurn.push(wait) === 1) setImmediate(() => this.#endTurn());
    });
  }

  #endTurn(): void {
    const waits = this.#ofThisTurn;
    this.#ofThisTurn = [];
    for (const wait of waits) {
      if (wait.done) continue;
      wait.timer = setTimeout(() => wait.reject(this.#late()), this.#limitMs);
    }
  }
}
