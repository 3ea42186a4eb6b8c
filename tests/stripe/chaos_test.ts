import { say } from "@evently/shared/output";
import { seedOfRun } from "@evently/shared/testing";
import { runStripeChaos } from "./run_stripe_chaos.ts";

/** Few: `deno task chaos:stripe` has the long run. */
const BUYERS = 42;

Deno.test("after a Stripe that was slow, down and lying, its money is ours and has its seats", async () => {
  const seed = seedOfRun();
  say(`seed ${seed}`);
  await runStripeChaos({ seed, buyers: BUYERS });
});
