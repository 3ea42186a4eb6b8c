import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { EventHolds } from "../peers/event_bookings.ts";
import { judgeHolds } from "./judge_holds.ts";

const NONE = { bookings: 0, tickets: 0 };

function holdsOf(
  { paid = 0, lapsed = 0, byListed = 0, held = 0, size = 1 }: {
    paid?: number;
    lapsed?: number;
    /** Those of `lapsed` that are of listed accounts. */
    byListed?: number;
    held?: number;
    /** Tickets of each reservation. */
    size?: number;
  },
): EventHolds {
  const of = (bookings: number) => ({ bookings, tickets: bookings * size });
  const outcomes = { paid: of(paid), lapsed: of(lapsed) };
  return {
    held: { ...of(held), accounts: held },
    paying: NONE,
    last_hour: outcomes,
    last_day: outcomes,
    accounts: [{
      user_id: newId(),
      held: NONE,
      last_hour: { paid: NONE, lapsed: of(byListed) },
      last_day: { paid: NONE, lapsed: of(byListed) },
    }],
    blocks: [],
  };
}

const CASES: [string, Parameters<typeof holdsOf>[0], ReturnType<typeof judgeHolds>][] = [
  ["nothing", {}, undefined],
  ["a few accounts", { lapsed: 20, byListed: 20 }, "few_accounts"],
  ["half by the listed accounts", { lapsed: 20, byListed: 10 }, "few_accounts"],
  ["less than half by them", { lapsed: 20, byListed: 9 }, "many_accounts"],
  ["too few that ended", { lapsed: 19, byListed: 19 }, undefined],
  ["four of five lapsed", { paid: 5, lapsed: 20 }, "many_accounts"],
  ["fewer than four of five", { paid: 6, lapsed: 20 }, undefined],
  ["too few seats to matter", { lapsed: 20, byListed: 20, size: 0.4 }, undefined],
  ["with those held now they matter", { lapsed: 20, held: 5, size: 0.4 }, "many_accounts"],
  ["a rush of real sales", { paid: 500, lapsed: 300, held: 200 }, undefined],
];

for (const [name, holds, warning] of CASES) {
  Deno.test(`judgeHolds() of 100 seats: ${name}: ${warning ?? "no warning"}`, () => {
    assert.equal(judgeHolds(holdsOf(holds), { capacity: 100 }), warning);
  });
}
