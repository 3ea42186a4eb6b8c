import assert from "node:assert/strict";
import { createWorld } from "../../../services/booking/testing/world.ts";
import { explain, replayOf } from "../replay.ts";
import { check } from "./check.ts";

Deno.test("check() finds a planted defect, shrinks it to three commands and replays it", async () => {
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: {
        ...store,
        cancelFrom: (input) => store.cancelFrom({ ...input, refundPercent: 0 }),
      },
    }),
  });
  const outcome = await check(world, { seed: 7 }, 100);
  assert.ok(outcome.failed, "the planted defect was not found");
  assert.match(
    explain(outcome),
    /to 1,reserve 1 [^,]*,confirm [^,]*,cancel [^,]*\nreplay: TEST_SEED=7 /,
  );
  const replayed = await check(world, replayOf(outcome), 1);
  assert.ok(
    replayed.failed,
    `the failure does not recur with ${JSON.stringify(replayOf(outcome))}`,
  );
  assert.equal(String(replayed.counterexample?.[1]), String(outcome.counterexample?.[1]));
});
