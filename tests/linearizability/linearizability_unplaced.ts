import { isDeepStrictEqual } from "node:util";
import type { Operation, Sequential } from "./linearizability.ts";

/**
 * Operations without a sequence number, which changed nothing. Each must fit a moment between its begin and its end
 * at which the model gives the same answer. Each takes the first such moment, which leaves the others most choice.
 */
export class Unplaced<Call, Answer> {
  readonly #operations: readonly Operation<Call, Answer>[];
  readonly #sequential: Sequential<Call, Answer>;
  #begun = 0;
  /** Operations that have begun but have no moment yet; at most one per client. */
  #open: Operation<Call, Answer>[] = [];

  /** @param operations operations in the order in which they began */
  constructor(
    operations: readonly Operation<Call, Answer>[],
    sequential: Sequential<Call, Answer>,
  ) {
    this.#operations = operations;
    this.#sequential = sequential;
  }

  /**
   * Assigns the current moment to all operations that fit it.
   *
   * @param nextEnd earliest end of the later operations with a place; an operation that began after it comes later
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

  /** Returns an operation without a moment that ended before `began`, and so can no longer get one. */
  endedBefore(began: number): Operation<Call, Answer> | undefined {
    return this.#open.find(({ ended }) => ended < began);
  }

  /** Returns an operation that has no moment in the end. */
  left(): Operation<Call, Answer> | undefined {
    return this.#open[0] ?? this.#operations[this.#begun];
  }
}
