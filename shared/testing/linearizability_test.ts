import assert from "node:assert/strict";
import { findViolation, type Operation, type Sequential } from "./linearizability.ts";

/** One seat, which can be taken and given back; `look` changes nothing. */
type Call = "take" | "give" | "look";
type Seat = Operation<Call, boolean>;

class SeatOnce implements Sequential<Call, boolean> {
  seq = 0;
  #taken = false;

  apply(call: Call): boolean {
    if (call === "look") return this.#taken;
    const wished = call === "take";
    if (this.#taken === wished) return false;
    this.#taken = wished;
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

function violationOf(...history: Seat[]) {
  return kindOf(history.toSorted((a, b) => a.began - b.began));
}

function kindOf(history: readonly Seat[]) {
  const mayChange = ({ call, answer }: Seat) => call !== "look" && answer;
  return findViolation(history, new SeatOnce(), { mayChange })?.kind;
}

Deno.test("a history of one thing after the other is linearizable", () => {
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

Deno.test("of what overlaps, the later begun may come first", () => {
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

Deno.test("a seat that two took is found", () => {
  const both = [operation("take", true, [1, 0, 5]), operation("take", true, [1, 1, 6])];
  assert.equal(violationOf(...both), "outcome");
  both[1]!.seq = 2;
  assert.equal(violationOf(...both), "change missing");
});

Deno.test("a lost change is found, and a refusal that nothing explains", () => {
  const lost = [operation("take", true, [1, 0, 1]), operation("take", true, [3, 2, 3])];
  assert.equal(violationOf(...lost), "change missing");
  assert.equal(violationOf(operation("take", false, [0, 0, 1])), "outcome");
  assert.equal(violationOf(operation("look", true, [0, 0, 1])), "outcome");
});

Deno.test("a look at what had been overtaken before it began is found", () => {
  assert.equal(
    violationOf(operation("take", true, [1, 0, 1]), operation("look", false, [0, 2, 3])),
    "order",
  );
});

Deno.test("a look at what began only after it had ended is found", () => {
  assert.equal(
    violationOf(operation("look", true, [1, 0, 1]), operation("take", true, [1, 2, 3])),
    "order",
  );
});

Deno.test("changes whose numbers go against time are found", () => {
  assert.equal(
    violationOf(operation("give", true, [2, 0, 1]), operation("take", true, [1, 2, 3])),
    "order",
  );
});

Deno.test("a long history is checked in one go", () => {
  const history = Array.from({ length: 200_000 }, (_, i) => {
    const call = i % 2 === 0 ? "take" : "give";
    return operation(call, true, [i + 1, 2 * i, 2 * i + 1]);
  });
  assert.equal(kindOf(history), undefined);
  history[150_000]!.answer = false;
  assert.equal(kindOf(history), "change missing");
});
