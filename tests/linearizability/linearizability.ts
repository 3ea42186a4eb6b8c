import { isDeepStrictEqual } from "node:util";
import { Unplaced } from "./linearizability_unplaced.ts";

/** What a client asked for and heard, and when by one clock. */
export interface Operation<Call, Answer> {
  call: Call;
  answer: Answer;
  /**
   * The number of the last change when it took effect: its own, or where it changed nothing, the one that it saw.
   * Absent where it changed nothing and does not tell.
   */
  seq?: number;
  began: number;
  ended: number;
}

/** What must be indistinguishable from what was observed: one thing after the other. */
export interface Sequential<Call, Answer> {
  /** The number of its last change. */
  readonly seq: number;
  /** Does it; answers what whoever asks must hear. Where it changes nothing it may be done again. */
  apply(call: Call): Answer;
  /** What whoever asks would hear, as long as it would change nothing; else anything. Does not do it. */
  peek(call: Call): Answer;
}

/** Why a history cannot have happened one after the other. */
export interface Violation {
  kind: "order" | "outcome" | "change missing";
  message: string;
}

/**
 * Whether operations that ran at once did so as if each had happened at one moment between its begin and its end.
 * In general that is NP-complete. Here each tells its place (`seq`), so each is done at most twice on the model:
 * O(n), but for sorting the numbers.
 *
 * Of those with one `seq` the one that made this change came first; the others changed nothing that any of them
 * answers by, so among themselves their order is free. One without a place is tried in each that its time allows: as
 * often as others ran at the same time.
 *
 * @param history in the order in which they began
 * @param sequential at the state in which the first began; it is at the last afterwards
 * @param options `mayChange`: whether its answer says that it may have changed something
 * @returns the first contradiction; `undefined` where there is none
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
      const message = `change ${seq} was made by nobody: the model is at ${sequential.seq}`;
      return { kind: "change missing", message };
    }
    if (made) {
      const violation = tooEarly(made.change, latestBegin) ?? otherwise(made.change, made.answer);
      if (violation) return violation;
      latestBegin = Math.max(latestBegin, made.change.began);
    }
    const missed = unplaced.endedBefore(latestBegin);
    if (missed) return unexplained(missed);
    unplaced.place(ends[i + 1]!);
    for (const operation of operations) {
      if (operation === made?.change) continue;
      const violation = tooEarly(operation, latestBegin) ??
        otherwise(operation, sequential.apply(operation.call));
      if (violation) return violation;
      if (sequential.seq !== seq) {
        return { kind: "outcome", message: `${asText(operation)} must have made a change` };
      }
    }
    for (const { began } of operations) latestBegin = Math.max(latestBegin, began);
  }
  const left = unplaced.left();
  return left && unexplained(left);
}

type Placed<Call, Answer> = Operation<Call, Answer> & { seq: number };

function isPlaced<Call, Answer>(
  operation: Operation<Call, Answer>,
): operation is Placed<Call, Answer> {
  return operation.seq !== undefined;
}

/** For each of the numbers, and for after the last: when the first ended of those from it on. */
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

/** The first of the operations that makes a change, which is done then. */
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

function tooEarly(operation: Operation<unknown, unknown>, latestBegin: number) {
  if (operation.ended >= latestBegin) return undefined;
  const message = `${asText(operation)} ended before another began that came before it`;
  return { kind: "order", message } as const;
}

function otherwise(operation: Operation<unknown, unknown>, answer: unknown) {
  if (isDeepStrictEqual(operation.answer, answer)) return undefined;
  const message = `${asText(operation)} must have heard ${JSON.stringify(answer)}`;
  return { kind: "outcome", message } as const;
}

function unexplained(operation: Operation<unknown, unknown>): Violation {
  const message = `${asText(operation)} must have heard something else, whenever it happened`;
  return { kind: "outcome", message };
}

function asText(operation: Operation<unknown, unknown>): string {
  return JSON.stringify(operation);
}
