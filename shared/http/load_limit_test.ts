import assert from "node:assert/strict";
import { LoadLimit } from "./load_limit.ts";

const BOUNDS = { least: 10, most: 100 };

/** A limit with a clock of its own, and how many it lets in until it is full. */
function createLimit(bounds = BOUNDS) {
  let nowMs = 0;
  const limit = new LoadLimit({ ...bounds, nowMs: () => nowMs });
  return {
    limit,
    pass: (ms: number) => void (nowMs += ms),
    fill() {
      let entered = 0;
      while (entered <= bounds.most && limit.enter()) entered++;
      return entered;
    },
    answer(count: number) {
      for (let i = 0; i < count; i++) limit.leave();
    },
  };
}

Deno.test("LoadLimit lets in the least number at first, and one for each that leaves", () => {
  const { limit, fill, answer } = createLimit();
  assert.equal(fill(), 10);
  assert.equal(limit.enter(), false);
  answer(1);
  assert.equal(fill(), 1);
});

Deno.test("LoadLimit lets in as many as were answered in the busiest second", () => {
  const { fill, pass, answer } = createLimit();
  for (const more of [10, 10, 20]) {
    assert.equal(fill(), more);
    answer(more);
  }
  pass(1_000);
  assert.equal(fill(), 40);
  answer(35);
  pass(1_000);
  assert.equal(fill(), 35, "a slower second does not count");
});

Deno.test("LoadLimit forgets what was answered more than ten seconds ago", () => {
  const { fill, pass, answer } = createLimit();
  for (let i = 0; i < 3; i++) answer(fill()); // 40 in one second
  pass(9_000);
  assert.equal(fill(), 40);
  pass(1_000);
  answer(40); // in a second that counts alone now
  pass(9_000);
  assert.equal(fill(), 40);
  answer(5);
  pass(1_000);
  answer(35);
  pass(10_000);
  assert.equal(fill(), 10);
});

Deno.test("LoadLimit never lets in more than the most", () => {
  const { fill, answer } = createLimit();
  for (let i = 0; i < 40; i++) answer(fill());
  assert.equal(fill(), 100);
});

Deno.test("LoadLimit with equal bounds is a fixed number", () => {
  const { fill, answer } = createLimit({ least: 5, most: 5 });
  for (let i = 0; i < 3; i++) {
    assert.equal(fill(), 5);
    answer(5);
  }
});
