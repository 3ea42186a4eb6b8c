/**
 * Runs random histories of a waitlist, from joining to lapsed last offers, and asserts after each round that it follows
 * the rule, and after each step that no seat is lost. A failure is shrunk and printed with the variables that replay it.
 */
import { roundsOr } from "@evently/shared/testing";
import assert from "node:assert/strict";
import { decideOffers } from "../../../services/booking/waitlist/decide_offers.ts";
import { explain, replayOfEnvironment } from "../replay.ts";
import { check } from "./check.ts";
import { SHAPES } from "./shapes.ts";

const RUNS = roundsOr(500);

for (const shape of SHAPES) {
  Deno.test(`the waitlist's decisions follow the rule: ${shape.name}`, async (t) => {
    const replay = replayOfEnvironment();
    await t.step(`seed ${replay.seed}`, () => {
      const { outcome, seen } = check({ shape, decide: decideOffers }, replay, RUNS);
      if (outcome.failed) throw new Error(explain(outcome), { cause: outcome.errorInstance });
      const isWholeRun = replay.path === undefined && RUNS >= 100;
      if (isWholeRun) {
        assert.ok(Object.values(seen).every((count) => count > 0), JSON.stringify(seen));
      }
    });
  });
}
