import assert from "node:assert/strict";
import { randomFrom, roundsOr, seedOfRun } from "@evently/shared/testing";
import type { Conditions } from "./conditions.ts";
import { DEFECTS } from "./defects.ts";
import { describeFailure } from "./main.ts";
import { PAYMENT_DEFECTS } from "./payment_defects.ts";
import { WAITLIST_DEFECTS } from "./waitlist_defects.ts";
import { runWorld } from "./world.ts";

/** The simulation uses no store, so one pass of the run is enough. */
const ignore = Deno.env.get("TEST_STORES") === "real";
const RANDOM_WORLDS = roundsOr(50);
/** Seeds that every run simulates. */
const KNOWN_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** Number of worlds within which a defect must be found. */
const MAX_WORLDS = 1_000;

const CALM = { lost: 0, answerLost: 0, late: 0, doubled: 0, slow: 0 };
/** One event that sells several types, with many buyers at once and few faults. */
const BUSY_SHOP: Partial<Conditions> = {
  faults: { ...CALM, slow: 50 },
  ...{ longestDelayMs: 500, jump: 2, longestJumpMs: 2_000, crash: 0, dead: new Set<string>() },
  ...{ capacities: [40], shops: [0], startsInMs: [72_000_000], concurrency: 16 },
  ...{ attemptsPerMinute: 0, waiters: 0 },
};
/** A small event with a long line, and two processes that serve it. */
const LONG_LINE: Partial<Conditions> = {
  ...{ waiters: 500, capacities: [5], shops: [0], startsInMs: [72_000_000], processes: 2 },
  ...{ skewsMs: [0, 0], concurrency: 16, attemptsPerMinute: 0, crash: 0, clockSet: 0 },
  ...{ jump: 20, longestJumpMs: 60_000, longestDelayMs: 500, holdTtlMs: 30_000 },
  dead: new Set<string>(),
};
/** Short holds, and most payments processing when they end. */
const LATE_MONEY: Partial<Conditions> = {
  ...{ processing: 700, webhooks: 500, declined: 0, attemptsPerMinute: 0, holdTtlMs: 3_000 },
  ...{ capacities: [40], startsInMs: [72_000_000], shops: [], waiters: 0, concurrency: 6 },
  ...{ skewsMs: [0, 0], eventSkewsMs: [0], clockSet: 0, dead: new Set<string>() },
  ...{ jump: 10, longestJumpMs: 20_000, longestDelayMs: 500 },
};
/** As late money, with requests that arrive a second time after minutes. */
const LATE_RELEASES: Partial<Conditions> = {
  ...LATE_MONEY,
  ...{ faults: { ...CALM, late: 50, doubled: 200 }, longestDelayMs: 240_000 },
};
/** Conditions that make rare defects likely to show. */
const WORLDS: Readonly<Record<string, Partial<Conditions>>> = {
  ...Object.fromEntries(Object.keys(WAITLIST_DEFECTS).map((name) => [name, LONG_LINE])),
  ...Object.fromEntries(Object.keys(PAYMENT_DEFECTS).map((name) => [name, LATE_MONEY])),
  "late money gets seats before its old ones are released": {
    ...LATE_MONEY,
    ...{ faults: { ...CALM, lost: 150, slow: 200 }, longestDelayMs: 4_000 },
  },
  "late money gets its seats under their old ids": LATE_RELEASES,
  "a refund of a part forgets those of before": {
    ...BUSY_SHOP,
    ...{ shops: [], processing: 0, declined: 0, holdTtlMs: 300_000 },
  },
  "a public hold ignores the waitlist": LONG_LINE,
  "a release sets nothing aside": LONG_LINE,
  "a limit a buyer is checked by what was counted before the lock": BUSY_SHOP,
  "a price that changes is the price of what was held": BUSY_SHOP,
  "a renewed hold first releases its allocations": {
    faults: { lost: 100, answerLost: 60, late: 60, doubled: 100, slow: 300 },
    ...{ longestDelayMs: 1_000, holdTtlMs: 3_000, jump: 20, longestJumpMs: 4_000 },
    ...{ skewsMs: [0, 0], eventSkewsMs: [0], clockSet: 0, concurrency: 16, capacities: [40] },
    ...{ startsInMs: [72_000_000], dead: new Set<string>() },
  },
  "void does not return captured money": {
    faults: { ...CALM, slow: 200 },
    ...{ longestDelayMs: 4_000, holdTtlMs: 150_000, jump: 10, longestJumpMs: 2_000 },
    ...{ skewsMs: [0, 100_000], eventSkewsMs: [0, 200_000], clockSet: 0, concurrency: 16 },
    ...{ capacities: [40], startsInMs: [72_000_000], crash: 0, dead: new Set<string>() },
  },
};

Deno.test({ name: "simulation keeps every invariant with known seeds", ignore }, async (t) => {
  for (const seed of KNOWN_SEEDS) {
    await t.step(`seed ${seed}`, async () => {
      const history = await runWorld(seed);
      assert.ok(!history.failure, describeFailure(history));
    });
  }
});

Deno.test(
  { name: "seats that late money took survive releases of minutes ago", ignore },
  async (t) => {
    const first = seedOfRun();
    await t.step(`seed ${first}`, async () => {
      for (let i = 0; i < RANDOM_WORLDS; i++) {
        const history = await runWorld(first + i, { overrides: LATE_RELEASES });
        assert.ok(!history.failure, describeFailure(history));
      }
    });
  },
);

Deno.test({ name: "simulation keeps every invariant with new seeds", ignore }, async (t) => {
  const first = seedOfRun();
  await t.step(`seed ${first}`, async () => {
    for (let i = 0; i < RANDOM_WORLDS; i++) {
      const history = await runWorld(first + i);
      assert.ok(!history.failure, describeFailure(history));
    }
  });
});

Deno.test(
  { name: "runWorld() repeats the history of a seed", ignore },
  async () => {
    const seed = randomFrom(seedOfRun()).below(2 ** 31);
    const [first, again, other] = [
      await runWorld(seed),
      await runWorld(seed),
      await runWorld(seed + 1),
    ];
    assert.deepEqual(again, first, `seed ${seed}`);
    assert.notEqual(other.hash, first.hash);
  },
);

Deno.test(
  {
    name: "simulation finds every planted defect and prints how to replay it",
    ignore,
  },
  async (t) => {
    for (const [name, defect] of Object.entries(DEFECTS)) {
      await t.step(name, async () => {
        const overrides = WORLDS[name] ?? {};
        let seed = 1;
        let history = await runWorld(seed, { defect, overrides });
        while (!history.failure && seed < MAX_WORLDS) {
          history = await runWorld(++seed, { defect, overrides });
        }
        assert.ok(history.failure, `not found in ${MAX_WORLDS} worlds`);
        const replayed = await runWorld(seed, { defect, overrides });
        assert.equal(replayed.hash, history.hash);
        assert.equal(replayed.failure?.violation.message, history.failure.violation.message);
        assert.match(describeFailure(history), new RegExp(`deno task sim --seed ${seed} `));
      });
    }
  },
);
