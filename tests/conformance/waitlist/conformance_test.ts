import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createTestDatabase, roundsOr } from "@evently/shared/testing";
import { explain, replayOfEnvironment } from "../../models/replay.ts";
import { BookingTables } from "../../simulation/model/tables.ts";
import { WAITLIST_STORE_CASES } from "./cases.ts";
import { check } from "./check.ts";
import { Line } from "./fixtures.ts";
import { modelStores, postgresStores } from "./stores.ts";

const RUNS = roundsOr(60);

Deno.test("the PostgreSQL waitlist store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(WAITLIST_STORE_CASES)) {
    await t.step(name, async () => {
      await using database = await createTestDatabase("bookings_db");
      const stores = postgresStores(database.sql);
      await run(stores, new Line(stores));
    });
  }
});

Deno.test("the model waitlist store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(WAITLIST_STORE_CASES)) {
    await t.step(name, async () => {
      const stores = modelStores(new BookingTables(newId));
      await run(stores, new Line(stores));
    });
  }
});

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
