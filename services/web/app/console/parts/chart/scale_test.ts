import assert from "node:assert/strict";
import { labelled, linesFor } from "./scale.ts";

const HIGHEST = [0, 1, 2, 3, 4, 7, 10, 41, 99, 100, 1_610, 54_321, 1_000_000];

Deno.test("linesFor() gives whole numbers in equal steps, from 0 to above the highest", () => {
  for (const highest of HIGHEST) {
    const lines = linesFor(highest);
    const step = lines[1]!;
    assert.deepEqual(lines, [0, step, 2 * step, 3 * step], `of ${highest}`);
    assert.ok(Number.isInteger(step) && step > 0, `a step of ${step}`);
    assert.ok(lines.at(-1)! >= highest, `${lines} of ${highest}`);
    assert.ok(lines.at(-1)! <= Math.max(3, 2 * highest), `${lines} waste room over ${highest}`);
  }
});

Deno.test("linesFor() counts in steps that people count in", () => {
  assert.deepEqual(linesFor(1_610), [0, 600, 1_200, 1_800]);
  assert.deepEqual(linesFor(41), [0, 20, 40, 60]);
});

Deno.test("labelled() has the last point, in equal steps, and no more than fit", () => {
  for (let points = 0; points <= 400; points++) {
    for (const most of [2, 3, 6]) {
      const found = labelled(points, most);
      assert.ok(found.length <= most, `${found} of ${points}`);
      assert.equal(found.at(-1), points === 0 ? undefined : points - 1);
      const steps = new Set(found.slice(1).map((point, i) => point - found[i]!));
      assert.ok(steps.size <= 1 && found.every((point) => point >= 0), `${found} of ${points}`);
    }
  }
});
