import assert from "node:assert/strict";
import { newId } from "../../ids.ts";
import { rankByKey } from "./rank_by_key.ts";

const KEYS = Array.from({ length: 3_000 }, newId);
const NAMES = ["172.30.80.130:8004", "172.30.80.131:8004", "172.30.80.132:8004"];

Deno.test("rankByKey() gives each name its share of keys, in any order of names", () => {
  const counts = new Map<string, number>();
  for (const key of KEYS) {
    const name = NAMES[rankByKey(key, NAMES)]!;
    const reversed = NAMES.toReversed();
    assert.equal(reversed[rankByKey(key, reversed)], name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  assert.equal(counts.size, 3);
  // Random keys: ten standard deviations are 260.
  for (const count of counts.values()) assert.ok(Math.abs(count - 1_000) < 260, `${count}`);
});

Deno.test("rankByKey() moves only the keys of the name that goes", () => {
  const left = NAMES.slice(0, 2);
  for (const key of KEYS) {
    const before = NAMES[rankByKey(key, NAMES)]!;
    const after = left[rankByKey(key, left)]!;
    assert.ok(left.includes(before) ? after === before : true);
  }
});

Deno.test("rankByKey() of no names is -1", () => {
  assert.equal(rankByKey("key", []), -1);
});
