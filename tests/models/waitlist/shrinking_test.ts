import assert from "node:assert/strict";
import { decideOffers } from "../../../services/booking/waitlist/decide_offers.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import { explain, replayOf } from "../replay.ts";
import { check } from "./check.ts";
import type { Decide } from "./line.ts";
import { SHAPES } from "./shapes.ts";

const SEED = 7;
const RUNS = 500;
const [ONE_POOL, POOLS_AND_TYPES] = SHAPES as [typeof SHAPES[0], typeof SHAPES[0]];

/** The rule on entries that are not what they were. */
function seeing(change: (entry: WaitlistEntry) => Partial<WaitlistEntry>): Decide {
  return (entries, supply, options) =>
    decideOffers(entries.map((entry) => ({ ...entry, ...change(entry) })), supply, options);
}

const DEFECTS: { name: string; decide: Decide; shape?: typeof ONE_POOL; error?: RegExp }[] = [
  {
    name: "a group is passed beyond the rule",
    decide: seeing(() => ({ standsBackUntil: new Date(8.64e15) })),
    error: /F2/,
  },
  {
    name: "later entries are served first",
    decide: (entries, ...rest) => decideOffers(entries.toReversed(), ...rest),
  },
  {
    name: "what went past an entry is forgotten",
    decide: seeing(() => ({ passed: 0 })),
    error: /F2/,
  },
  {
    name: "seats are gathered for ever",
    decide: seeing(() => ({ gatheringSince: undefined })),
    error: /F4/,
  },
  {
    name: "gathering goes on without seats",
    decide: (...input) => ({ ...decideOffers(...input), notGathering: [] }),
    error: /before its time/,
  },
  {
    name: "a last offer is made as a whole one",
    decide: (...input) => {
      const decision = decideOffers(...input);
      return { ...decision, offers: decision.offers.map((one) => ({ ...one, isLast: false })) };
    },
    error: /fewer than it wants/,
  },
  {
    name: "fewer are offered to those who want all",
    decide: seeing(() => ({ minQuantity: 1 })),
  },
  {
    name: "fewer are offered than there are",
    decide: seeing(({ minQuantity }) => ({ quantity: minQuantity })),
  },
  {
    name: "passes are not counted",
    decide: (...input) => ({ ...decideOffers(...input), passes: [] }),
  },
  {
    name: "the smallest order of a type is ignored",
    shape: POOLS_AND_TYPES,
    decide: (entries, supply, options) =>
      decideOffers(entries, {
        ...supply,
        types: supply.types.map((type) => ({ ...type, minPerOrder: 1 })),
      }, options),
  },
  {
    name: "the last preferred type is offered",
    shape: POOLS_AND_TYPES,
    decide: seeing(({ ticketTypeIds }) => ({ ticketTypeIds: ticketTypeIds.toReversed() })),
  },
  {
    name: "only the house is looked at",
    shape: POOLS_AND_TYPES,
    decide: (entries, supply, options) =>
      decideOffers(entries, {
        ...supply,
        types: supply.types.map(({ pools, units, ...type }) => ({
          ...type,
          pools: pools.slice(0, 1),
          units: units.slice(0, 1),
        })),
      }, options),
  },
];

for (const { name, decide, shape = ONE_POOL, error = /./ } of DEFECTS) {
  Deno.test(`check() finds a planted defect of the rule: ${name}`, () => {
    const { outcome } = check({ shape, decide }, { seed: SEED }, RUNS);
    assert.ok(outcome.failed, "the planted defect was not found");
    assert.match(String(outcome.errorInstance), error);
  });
}

Deno.test("check() shrinks a planted defect of the rule and replays it", () => {
  const subject = { shape: ONE_POOL, decide: DEFECTS[0]!.decide };
  const { outcome } = check(subject, { seed: SEED }, RUNS);
  assert.match(
    explain(outcome),
    /to (?=.*free 1)(?=.*join for [2-6] )(?=.*join for 1 )[^/]*a round [^,]*\nreplay: TEST_SEED=7 /,
  );
  assert.ok(String(outcome.counterexample?.[0]).split(",").length <= 5, explain(outcome));
  const replayed = check(subject, replayOf(outcome), 1).outcome;
  assert.ok(replayed.failed, `the failure does not recur with ${explain(outcome)}`);
  assert.equal(String(replayed.counterexample?.[0]), String(outcome.counterexample?.[0]));
});
