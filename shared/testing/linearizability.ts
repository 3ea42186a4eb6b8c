import { isDeepStrictEqual } from "node:util";

/** What a client asked for and heard, and when by one clock. */
export interface Operation<Call, Answer> {
  call: Call;
  answer: Answer;
  /** The number of the last change when it took effect: its own, or where it changed nothing, the one that it saw. */
  seq: number;
  began: number;
  ended: number;
}

/** What must be indistinguishable from what was observed: one thing after the other. */
export interface Sequential<Call, Answer> {
  /** The number of its last change. */
  readonly seq: number;
  /** Does it; answers what whoever asks must hear. Where it changes nothing it may be done again. */
  apply(call: Call): Answer;
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
 * answers by, so among themselves their order is free.
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
  const bySeq = Map.groupBy(history, ({ seq }) => seq);
  let latestBegin = -Infinity;
  for (const seq of [...bySeq.keys()].sort((a, b) => a - b)) {
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

function asText(operation: Operation<unknown, unknown>): string {
  return JSON.stringify(operation);
}
