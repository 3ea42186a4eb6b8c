/**
 * `deno task chaos:stripe`: sells tickets while a stand-in for Stripe is slow, down and lying, and compares its money
 * with ours afterwards.
 *
 * --buyers N   buyers of a round (420)
 * --rounds N   rounds, each with the next seed (5)
 * --seed N     seed of the first round (default: random)
 */
import { parseArgs } from "node:util";
import { exitProgram, say } from "@evently/shared/output";
import { seedOfRun } from "@evently/shared/testing";
import { runStripeChaos } from "./run_stripe_chaos.ts";

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      buyers: { type: "string", default: "420" },
      rounds: { type: "string", default: "5" },
      seed: { type: "string", default: String(seedOfRun()) },
    },
  });
  for (let round = 0; round < Number(values.rounds); round++) {
    const seed = Number(values.seed) + round;
    say(`seed ${seed}`);
    const report = await runStripeChaos({ seed, buyers: Number(values.buyers) });
    say(JSON.stringify(report));
  }
  return 0;
}

if (import.meta.main) await exitProgram(await main());
