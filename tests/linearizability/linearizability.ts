import { isDeepStrictEqual } from "node:util";
import { Unplaced } from "./linearizability_unplaced.ts";

/** A call of a client, its answer, and when it began and ended by one shared clock. */
export interface Operation<Call, Answer> {
  call: Call;
  answer: Answer;
  /**
   * Sequence number of the last change when it took effect: its own change, or the last one it saw.
   * Absent if it changed nothing and reports no number.
   */
  seq?: number;
  began: number;
  ended: number;
}

/** Sequential model; the history must be indistinguishable from one of its executions. */
export interface Sequential<Call, Answer> {
  /** Sequence number of its last change. */
  readonly seq: number;
  /** Executes a call and returns the expected answer. A call that changes nothing may be executed again. */
  apply(call: Call): Answer;
  /** Returns the answer to a call without executing it. Meaningful only if the call changes nothing. */
  peek(call: Call): Answer;
}

/** Why a history is not linearizable. */
export interface Violation {
  kind: "order" | "outcome" | "change missing";
  message: string;
}

/**
 * Checks linearizability: whether each concurrent operation could have taken effect at one moment between its begin
 * and its end. The general problem is NP-complete. Here most operations report their place (`seq`), so each is
 * executed at most twice on the model: O(n) plus sorting.
 *
 * Among operations with the same `seq`, the one that made the change comes first. The others changed nothing, so
 * their order is free. An operation without a `seq` is tried at each place that its time allows.
 *
 * @param history operations in the order in which they began
 * @param sequential model in its initial state; it is in its final state afterwards
 * @param options `mayChange`: whether an operation's answer allows that it made a change
 * @returns the first contradiction, or `undefined` if there is none
 */
export function findViolation<Call, Answer>(
  history: readonly Operation<Call, Answer>[],
  sequential: Sequential<Call, Answer>,
  { mayChange }: { mayChange: (operation: Operation<Call, Answer>) => boolean },
): Violation | undefined {
  const bySeq = Map.groupBy(history.filter(isPlaced), ({ seq }) => seq);
  const seqs = [...bySeq.keys()].sort((a, b) => a - b);
  const unplaced = new Unplaced(history.filter((operation) => !isPlaced(operation)), sequential);
  const ends = firstEndsFrom(seqs, bySeq);
  let latestBegin = -Infinity;
  unplaced.place(ends[0]!);
  for (const [i, seq] of seqs.entries()) {
    const operations = bySeq.get(seq)!;
    const made = makeChange(operations.filter(mayChange), sequential);
    if (sequential.seq !== seq) {
      const message = `change ${seq} was made by no operation: the model is at ${sequential.seq}`;
      return { kind: "change missing", message };
    }
    if (made) {
      const violation = orderViolation(made.change, latestBegin) ??
        outcomeViolation(made.change, made.answer);
      if (violation) return violation;
      latestBegin = Math.max(latestBegin, made.change.began);
    }
    const missed = unplaced.endedBefore(latestBegin);
    if (missed) return unexplainedAnswer(missed);
    unplaced.place(ends[i + 1]!);
    for (const operation of operations) {
      if (operation === made?.change) continue;
      const violation = orderViolation(operation, latestBegin) ??
        outcomeViolation(operation, sequential.apply(operation.call));
      if (violation) return violation;
      if (sequential.seq !== seq) {
        return {
          kind: "outcome",
          message: `${asText(operation)} makes another change on the model`,
        };
      }
    }
    for (const { began } of operations) latestBegin = Math.max(latestBegin, began);
  }
  const left = unplaced.left();
  return left && unexplainedAnswer(left);
}

type Placed<Call, Answer> = Operation<Call, Answer> & { seq: number };

function isPlaced<Call, Answer>(
  operation: Operation<Call, Answer>,
): operation is Placed<Call, Answer> {
  return operation.seq !== undefined;
}

/** Returns for each sequence number, and for after the last, the earliest end of the operations from it on. */
function firstEndsFrom(
  seqs: readonly number[],
  bySeq: ReadonlyMap<number, readonly { ended: number }[]>,
): number[] {
  const ends = [...seqs, 0].map(() => Infinity);
  for (let i = seqs.length - 1; i >= 0; i--) {
    ends[i] = bySeq.get(seqs[i]!)!.reduce((end, { ended }) => Math.min(end, ended), ends[i + 1]!);
  }
  return ends;
}

/** Executes candidates until one makes a change, and returns that one. */
function makeChange<Call, Answer>(
  candidates: readonly Operation<Call, Answer>[],
  sequential: Sequential<Call, Answer>,
): { change: Operation<Call, Answer>; answer: Answer } | undefined {
  const before = sequential.seq;
  for (const change of candidates) {
    const answer = sequential.apply(change.call);
    if (sequential.seq !== before) return { change, answer };
  }
}

function orderViolation(operation: Operation<unknown, unknown>, latestBegin: number) {
  if (operation.ended >= latestBegin) return undefined;
  const message = `${asText(operation)} ended before an operation began that has a smaller seq`;
  return { kind: "order", message } as const;
}

function outcomeViolation(operation: Operation<unknown, unknown>, answer: unknown) {
  if (isDeepStrictEqual(operation.answer, answer)) return undefined;
  const message = `${asText(operation)} must have been answered by ${JSON.stringify(answer)}`;
  return { kind: "outcome", message } as const;
}

function unexplainedAnswer(operation: Operation<unknown, unknown>): Violation {
  const message = `${
    asText(operation)
  } has an answer that no moment between its begin and end explains`;
  return { kind: "outcome", message };
}

function asText(operation: Operation<unknown, unknown>): string {
  return JSON.stringify(operation);
}
