import assert from "node:assert/strict";
import { createWorld } from "../../../services/booking/testing/world.ts";
import { check, explain, replayOf } from "./check.ts";

Deno.test("a planted refund defect is found, shrunk to three commands and replayed", async () => {
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: {
        ...store,
        cancelFrom: (input) => store.cancelFrom({ ...input, refundPercent: 0 }),
      },
    }),
  });
  const outcome = await check(world, { seed: 7 }, 100);
  assert.ok(outcome.failed, "it was not found");
  assert.match(
    explain(outcome),
    /to 1,reserve 1 [^,]*,confirm [^,]*,cancel [^,]*\nreplay: TEST_SEED=7 /,
  );
  const again = await check(world, replayOf(outcome), 1);
  assert.ok(again.failed, `not replayed by ${JSON.stringify(replayOf(outcome))}`);
  assert.equal(String(again.counterexample?.[1]), String(outcome.counterexample?.[1]));
});
