import assert from "node:assert/strict";
import { rarelyInRush, UrgentWork } from "./urgent_work.ts";

Deno.test("urgent work counts for a moment after it began", () => {
  let nowMs = 0;
  const urgent = new UrgentWork(() => nowMs);
  assert.equal(urgent.beganLately(20), false);
  urgent.begin();
  nowMs = 19;
  assert.equal(urgent.beganLately(20), true);
  nowMs = 20;
  assert.equal(urgent.beganLately(20), false);
});

Deno.test("rarelyInRush() runs at each call, and in a rush once in its interval", async () => {
  let nowMs = 0, runs = 0;
  const urgent = new UrgentWork(() => nowMs);
  const run = rarelyInRush(urgent, () => Promise.resolve(void runs++), {
    intervalMs: 1_000,
    nowMs: () => nowMs,
  });
  await run();
  await run();
  assert.equal(runs, 2);
  for (; nowMs < 2_000; nowMs += 10) {
    urgent.begin();
    await run();
  }
  assert.equal(runs, 3);
  nowMs += 50;
  await run();
  assert.equal(runs, 4);
});
