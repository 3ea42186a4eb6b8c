import assert from "node:assert/strict";
import { UrgentWork } from "./urgent_work.ts";

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
