import assert from "node:assert/strict";
import { UrgentWork } from "./urgent_work.ts";

Deno.test("urgent work is seen from the first begin to the last end", () => {
  const work = new UrgentWork();
  const anyLately = work.watch();
  assert.equal(anyLately(), false);
  work.begin();
  work.begin();
  assert.equal(anyLately(), true);
  work.end();
  assert.equal(anyLately(), true);
  work.end();
  assert.equal(anyLately(), false);
});

Deno.test("urgent work that came and went is seen once, by each who watches", () => {
  const work = new UrgentWork();
  const watchers = [work.watch(), work.watch()];
  work.begin();
  work.end();
  assert.deepEqual(watchers.map((anyLately) => anyLately()), [true, true]);
  assert.deepEqual(watchers.map((anyLately) => anyLately()), [false, false]);
});
