/**
 * Random commands, one after the other, on the real services and on a reference in memory: they answer alike and
 * look alike after each. What fails is shrunk to the fewest commands, and printed with what replays it.
 */
import { roundsOr, seedOfRun } from "@evently/shared/testing";
import { createWorld } from "../../../services/booking/testing/world.ts";
import { check, explain, type Replay } from "./check.ts";

const RUNS = roundsOr(20);

function replayOfEnvironment(): Replay {
  const [path, replayPath] = [Deno.env.get("TEST_PATH"), Deno.env.get("TEST_REPLAY_PATH")];
  return { seed: seedOfRun(), ...(path ? { path } : {}), ...(replayPath ? { replayPath } : {}) };
}

Deno.test("the services answer every sequence of commands as the reference does", async (t) => {
  const replay = replayOfEnvironment();
  await t.step(`seed ${replay.seed}`, async () => {
    await using world = await createWorld();
    const outcome = await check(world, replay, RUNS);
    if (outcome.failed) throw new Error(explain(outcome), { cause: outcome.errorInstance });
  });
});
