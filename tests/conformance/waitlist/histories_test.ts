import assert from "node:assert/strict";
import { createTestDatabase, roundsOr } from "@evently/shared/testing";
import { explain, replayOfEnvironment } from "../../models/replay.ts";
import { check } from "./check.ts";

const RUNS = roundsOr(60);

Deno.test("the model waitlist gives the same answers and rows as PostgreSQL", async (t) => {
  const replay = replayOfEnvironment();
  await t.step(`seed ${replay.seed}`, async () => {
    await using database = await createTestDatabase("bookings_db");
    const outcome = await check(database.sql, replay, { runs: RUNS });
    if (outcome.failed) throw new Error(explain(outcome), { cause: outcome.errorInstance });
  });
});

Deno.test("the comparison finds a planted defect and shrinks it to its few steps", async () => {
  await using database = await createTestDatabase("bookings_db");
  const outcome = await check(database.sql, { seed: 7 }, {
    runs: 100,
    adapt: (stores) => ({
      ...stores,
      waitlist: { ...stores.waitlist, decline: () => Promise.resolve(undefined) },
    }),
  });
  assert.ok(outcome.failed, "the planted defect was not found");
  const [operations] = outcome.counterexample!;
  const names = operations.map(({ name }) => name);
  assert.deepEqual(names, ["join", "admit", "decide", "makeOffers", "decline"]);
});
