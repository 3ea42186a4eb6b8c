import { isDeepStrictEqual } from "node:util";
import type { Operation, Sequential } from "./linearizability.ts";

/**
 * Operations that changed nothing and did not say what they saw. Each must have had a moment, within its time, in
 * which it would have heard just that. Each is given the first that there is, which leaves the others the most.
 */
export class Unplaced<Call, Answer> {
  readonly #operations: readonly Operation<Call, Answer>[];
  readonly #sequential: Sequential<Call, Answer>;
  #begun = 0;
  /** Begun by now, and without a moment so far: no more than clients at once. */
  #open: Operation<Call, Answer>[] = [];

  /** @param operations in the order in which they began */
  constructor(
    operations: readonly Operation<Call, Answer>[],
    sequential: Sequential<Call, Answer>,
  ) {
    this.#operations = operations;
    this.#sequential = sequential;
  }

  /**
   * Gives this moment to all that may have it.
   *
   * @param nextEnd when the first ended of those that come later: what began after that comes later too
   */
  place(nextEnd: number): void {
    let latestBegin = nextEnd;
    const open: Operation<Call, Answer>[] = [];
    const tryPlace = (operation: Operation<Call, Answer>) => {
      if (isDeepStrictEqual(operation.answer, this.#sequential.peek(operation.call))) return;
      open.push(operation);
      latestBegin = Math.min(latestBegin, operation.ended);
    };
    this.#open.forEach(tryPlace);
    while (this.#begun < this.#operations.length) {
      const operation = this.#operations[this.#begun]!;
      if (operation.began > latestBegin) break;
      this.#begun++;
      tryPlace(operation);
    }
    this.#open = open;
  }

  /** One without a moment that ended before `began`, and so had to come before whatever began then. */
  endedBefore(began: number): Operation<Call, Answer> | undefined {
    return this.#open.find(({ ended }) => ended < began);
  }

  /** One that had no moment at all. */
  left(): Operation<Call, Answer> | undefined {
    return this.#open[0] ?? this.#operations[this.#begun];
  }
}
