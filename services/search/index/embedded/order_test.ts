import assert from "node:assert/strict";
import { firstRows } from "./order.ts";

Deno.test("firstRows() returns the beginning of the sorted rows", () => {
  const rows = Int32Array.from({ length: 200 }, (_, i) => (i * 73) % 200);
  const compare = (a: number, b: number) => (a % 7) - (b % 7) || b - a;
  const sorted = Array.from(rows).sort(compare);
  for (const count of [0, 1, 2, 10, 199, 200, 300]) {
    assert.deepEqual(firstRows(rows.slice(), count, compare), sorted.slice(0, count), `${count}`);
  }
});
