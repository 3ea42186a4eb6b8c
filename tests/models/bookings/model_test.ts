/**
 * Runs random commands, one at a time, on the real services and on a reference in memory, and compares answers and
 * state after each. A failure is shrunk to the fewest commands and printed with the variables that replay it.
 */
import { roundsOr } from "@evently/shared/testing";
import { createWorld } from "../../../services/booking/testing/world.ts";
import { explain, replayOfEnvironment } from "../replay.ts";
import { check } from "./check.ts";

const RUNS = roundsOr(20);

Deno.test("booking service matches the reference model on random command sequences", async (t) => {
  const replay = replayOfEnvironment();
  await t.step(`seed ${replay.seed}`, async () => {
    await using world = await createWorld();
    const outcome = await check(world, replay, RUNS);
    if (outcome.failed) throw new Error(explain(outcome), { cause: outcome.errorInstance });
  });
});
