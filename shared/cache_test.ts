import assert from "node:assert/strict";
import { FreshCache } from "./cache.ts";
import { ManualClock } from "./clock.ts";

function countingCache(maxEntries = 10) {
  const clock = new ManualClock();
  const loads: string[][] = [];
  const cache = new FreshCache<string, string>({
    load: (keys) => {
      loads.push(keys);
      const failing = keys.includes("bad");
      return failing ? Promise.reject(new Error("down")) : Promise.resolve(
        new Map(keys.filter((k) => k !== "none").map((k) => [k, k + loads.length])),
      );
    },
    maxAgeMs: 1_000,
    maxEntries,
    clock,
  });
  return { cache, clock, loads };
}

Deno.test("get() shares one load among concurrent requests", async () => {
  const { cache, loads } = countingCache();
  const values = await Promise.all(Array.from({ length: 50 }, () => cache.get("a")));
  assert.deepEqual(new Set(values), new Set(["a1"]));
  assert.equal(loads.length, 1);
});

Deno.test("get() never returns a value older than maxAgeMs", async () => {
  const { cache, clock } = countingCache();
  assert.equal(await cache.get("a"), "a1");
  clock.advance(999);
  assert.equal(await cache.get("a"), "a1");
  clock.advance(1);
  assert.equal(await cache.get("a"), "a2");
});

Deno.test("getNewer() loads an outdated value once, however many requests have it", async () => {
  const { cache, loads } = countingCache();
  assert.equal(await cache.get("a"), "a1");
  const values = await Promise.all(Array.from({ length: 50 }, () => cache.getNewer("a", "a1")));
  assert.deepEqual(new Set(values), new Set(["a2"]));
  assert.equal(await cache.getNewer("a", "a1"), "a2", "a newer one is there already");
  assert.equal(await cache.getNewer("b", "b0"), "b3");
  assert.equal(loads.length, 3);
});

Deno.test("getMany() loads only stale keys and caches missing values", async () => {
  const { cache, loads } = countingCache();
  await cache.get("a");
  assert.deepEqual(await cache.getMany(["a", "none"]), new Map([["a", "a1"], ["none", undefined]]));
  assert.equal(await cache.get("none"), undefined);
  assert.deepEqual(loads, [["a"], ["none"]]);
});

Deno.test("get() does not cache failures", async () => {
  const { cache, loads } = countingCache();
  await assert.rejects(cache.get("bad"), /down/);
  await assert.rejects(cache.get("bad"), /down/);
  assert.equal(loads.length, 2);
});

Deno.test("FreshCache keeps at most maxEntries", async () => {
  const { cache, loads } = countingCache(2);
  for (const key of ["a", "b", "c"]) await cache.get(key);
  await cache.get("c");
  assert.equal(loads.length, 3);
  await cache.get("a");
  assert.equal(loads.length, 4, "the oldest was dropped");
});

Deno.test("forget() and clear() drop values, even while they are being loaded", async () => {
  const { cache, loads } = countingCache();
  await Promise.all([cache.get("a"), cache.get("b")]);
  cache.forget("a");
  assert.equal(await cache.get("a"), "a3");
  assert.equal(await cache.get("b"), "b2");
  const old = cache.get("c");
  cache.clear();
  assert.equal(await cache.get("c"), "c5");
  assert.equal(await old, "c4");
  assert.equal(loads.length, 5);
});
