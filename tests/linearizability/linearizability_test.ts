import assert from "node:assert/strict";
import { findViolation, type Operation, type Sequential } from "./linearizability.ts";

/** Calls on a single seat; `look` changes nothing. */
type Call = "take" | "give" | "look";
type Seat = Operation<Call, boolean>;

class SeatModel implements Sequential<Call, boolean> {
  seq = 0;
  #taken = false;

  peek(call: Call): boolean {
    return call === "look" ? this.#taken : this.#taken !== (call === "take");
  }

  apply(call: Call): boolean {
    if (call === "look") return this.#taken;
    const wanted = call === "take";
    if (this.#taken === wanted) return false;
    this.#taken = wanted;
    this.seq++;
    return true;
  }
}

function operation(
  call: Call,
  answer: boolean,
  [seq, began, ended]: [seq: number, began: number, ended: number],
): Seat {
  return { call, answer, seq, began, ended };
}

/** Creates an operation without a sequence number. */
function unplaced(call: Call, answer: boolean, [began, ended]: [number, number]): Seat {
  return { call, answer, began, ended };
}

function violationOf(...history: Seat[]) {
  return kindOf(history.toSorted((a, b) => a.began - b.began));
}

function kindOf(history: readonly Seat[]) {
  const mayChange = ({ call, answer }: Seat) => call !== "look" && answer;
  return findViolation(history, new SeatModel(), { mayChange })?.kind;
}

Deno.test("findViolation() accepts a sequential history", () => {
  assert.equal(
    violationOf(
      operation("look", false, [0, 0, 1]),
      operation("take", true, [1, 2, 3]),
      operation("take", false, [1, 4, 5]),
      operation("give", true, [2, 6, 7]),
      operation("look", false, [2, 8, 9]),
    ),
    undefined,
  );
});

Deno.test("findViolation() accepts overlapping operations in either order", () => {
  assert.equal(
    violationOf(
      operation("take", false, [1, 0, 10]),
      operation("look", true, [1, 1, 9]),
      operation("take", true, [1, 2, 3]),
      operation("look", false, [2, 4, 9]),
      operation("give", true, [2, 5, 11]),
    ),
    undefined,
  );
});

Deno.test("findViolation() finds a seat taken twice", () => {
  const both = [operation("take", true, [1, 0, 5]), operation("take", true, [1, 1, 6])];
  assert.equal(violationOf(...both), "outcome");
  both[1]!.seq = 2;
  assert.equal(violationOf(...both), "change missing");
});

Deno.test("findViolation() finds a lost change and an unexplained refusal", () => {
  const lost = [operation("take", true, [1, 0, 1]), operation("take", true, [3, 2, 3])];
  assert.equal(violationOf(...lost), "change missing");
  assert.equal(violationOf(operation("take", false, [0, 0, 1])), "outcome");
  assert.equal(violationOf(operation("look", true, [0, 0, 1])), "outcome");
});

Deno.test("findViolation() finds a stale read", () => {
  assert.equal(
    violationOf(operation("take", true, [1, 0, 1]), operation("look", false, [0, 2, 3])),
    "order",
  );
});

Deno.test("findViolation() finds a read of a later change", () => {
  assert.equal(
    violationOf(operation("look", true, [1, 0, 1]), operation("take", true, [1, 2, 3])),
    "order",
  );
});

Deno.test("findViolation() finds sequence numbers that contradict real time", () => {
  assert.equal(
    violationOf(operation("give", true, [2, 0, 1]), operation("take", true, [1, 2, 3])),
    "order",
  );
});

Deno.test("findViolation() tries an operation without seq wherever its time allows", () => {
  const changes = [
    operation("take", true, [1, 10, 12]),
    operation("give", true, [2, 14, 20]),
    operation("take", true, [3, 22, 24]),
  ];
  const kindWith = (...looks: Seat[]) => violationOf(...changes, ...looks);
  assert.equal(kindWith(unplaced("look", false, [0, 1])), undefined, "before all changes");
  assert.equal(kindWith(unplaced("look", true, [0, 1])), "outcome");
  assert.equal(kindWith(unplaced("look", true, [0, 10])), undefined, "during the first change");
  assert.equal(kindWith(unplaced("take", false, [13, 13.5])), undefined, "between two changes");
  assert.equal(kindWith(unplaced("look", false, [13, 13.5])), "outcome");
  assert.equal(kindWith(unplaced("look", false, [13, 15])), undefined);
  assert.equal(kindWith(unplaced("look", false, [25, 26])), "outcome", "after all changes");
  assert.equal(kindWith(unplaced("look", true, [25, 26])), undefined);
});

Deno.test("findViolation() keeps operations without seq in real-time order", () => {
  const give = operation("give", true, [2, 10, 20]);
  const taken = [operation("take", true, [1, 0, 1]), give];
  const [free, notFree] = [false, true];
  assert.equal(
    violationOf(
      ...taken,
      unplaced("look", notFree, [11, 12]),
      unplaced("look", free, [13, 14]),
    ),
    undefined,
  );
  assert.equal(
    violationOf(
      ...taken,
      unplaced("look", free, [11, 12]),
      unplaced("look", notFree, [13, 14]),
    ),
    "outcome",
  );
  assert.equal(
    violationOf(
      ...taken,
      operation("look", notFree, [1, 13, 14]),
      unplaced("look", free, [11, 12]),
    ),
    "outcome",
  );
  assert.equal(
    violationOf(
      ...taken,
      operation("look", free, [2, 11, 12]),
      unplaced("look", notFree, [13, 14]),
    ),
    "outcome",
  );
});

Deno.test("findViolation() checks a long history in one pass", () => {
  const history = Array.from({ length: 200_000 }, (_, i) => {
    const call = i % 2 === 0 ? "take" : "give";
    return operation(call, true, [i + 1, 2 * i, 2 * i + 1]);
  });
  const looks = history.map(({ seq, began, ended }) => {
    return unplaced("look", seq! % 2 === 1, [began + 0.5, ended + 0.5]);
  });
  const all = history.flatMap((operation, i) => [operation, looks[i]!]);
  assert.equal(kindOf(all), undefined);
  looks[100_000]!.answer = !looks[100_000]!.answer;
  assert.equal(kindOf(all), undefined, "the read may precede the change that it overlaps");
  history[150_000]!.answer = false;
  assert.equal(kindOf(history), "change missing");
});
