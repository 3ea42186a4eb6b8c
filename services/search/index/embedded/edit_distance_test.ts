import assert from "node:assert/strict";
import { editDistance, editDistanceToBeginning } from "./edit_distance.ts";

Deno.test("editDistance() counts insertions, deletions, replacements and swaps", () => {
  const cases: [string, string, number][] = [
    ["diwali", "diwali", 0],
    ["diwalli", "diwali", 1],
    ["dewali", "diwali", 1],
    ["dwiali", "diwali", 1],
    ["diwal", "diwali", 1],
    ["dewalli", "diwali", 2],
    ["", "ab", 2],
  ];
  for (const [a, b, edits] of cases) {
    assert.equal(editDistance(a, b, 2), edits, `${a} ${b}`);
    assert.equal(editDistance(b, a, 2), edits, `${b} ${a}`);
  }
});

Deno.test("editDistance() returns Infinity above the limit", () => {
  assert.equal(editDistance("dewalli", "diwali", 1), Infinity);
  assert.equal(editDistance("abc", "xyz", 2), Infinity);
  assert.equal(editDistance("a", "abcd", 2), Infinity);
});

Deno.test("editDistanceToBeginning() uses the nearest beginning, shorter or longer", () => {
  const cases: [string, string, number][] = [
    ["dewal", "diwali", 1],
    ["orkest", "orchestra", 2],
    ["orch", "orchestra", 0],
    ["orchestras", "orchestra", 1],
    ["sym", "orchestra", Infinity],
  ];
  for (const [a, b, edits] of cases) assert.equal(editDistanceToBeginning(a, b, 2), edits, a);
});
