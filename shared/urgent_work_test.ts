import assert from "node:assert/strict";
import { rarelyInRush, restInRush, UrgentWork } from "./urgent_work.ts";

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

Deno.test("urgent work counts how much of it begins in a second", () => {
  let nowMs = 0;
  const urgent = new UrgentWork(() => nowMs);
  assert.equal(urgent.perSecond(), 0);
  for (; nowMs < 10_000; nowMs += 5) urgent.begin();
  assert.equal(Math.round(urgent.perSecond() / 10), 20);
  nowMs += 10_000;
  assert.ok(urgent.perSecond() < 1);
});

Deno.test("restInRush() rests nine times as long as passes took, within bounds, and not without a rush", () => {
  let nowMs = 0;
  const urgent = new UrgentWork(() => nowMs);
  const restMs = restInRush(urgent);
  assert.equal(restMs(100), 0);
  urgent.begin();
  assert.deepEqual([0, 10, 50, 100, 60_000].map(restMs), [250, 250, 450, 900, 1_000]);
  nowMs = 50;
  assert.equal(restMs(100), 0);
});
