import { AssertionError } from "node:assert/strict";
import type { WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { Decision } from "../../services/booking/waitlist/store.ts";
import type { WaitlistSupply } from "../../services/booking/waitlist/supply.ts";
import { assertFollowsRule } from "../models/waitlist/rule.ts";
import { assertHolds, Violation } from "./violation.ts";

/** What a decision was made of: waiting entries by place, and the supply. */
export interface DecisionBasis {
  entries: readonly WaitlistEntry[];
  supply: WaitlistSupply;
}

/** What a decision gives to whom, and when. */
export type CheckedDecision = Pick<
  Decision,
  "now" | "offers" | "passes" | "gathering" | "notGathering"
>;

/**
 * Checks that a decision is the one that the rule demands, which is stated anew in `tests/models/waitlist`.
 *
 * @throws {Violation}
 */
export function checkDecision(basis: DecisionBasis, decision: CheckedDecision): void {
  const { offers, gathering, notGathering, now } = decision;
  const kept = checkOffers(basis, decision);
  const served = new Set(offers.map(({ entryId }) => entryId));
  for (const { entryId, gatheringSince } of basis.entries) {
    if (served.has(entryId)) continue;
    const since = notGathering.includes(entryId)
      ? undefined
      : gathering.includes(entryId)
      ? now
      : gatheringSince;
    const expected = kept.get(entryId);
    assertHolds(+(since ?? 0) === +(expected ?? 0), "the time for an entry is wrong", decision, {
      entryId,
      since,
      expected,
    });
  }
}

/**
 * Checks just that all who can be offered something are offered it.
 *
 * @returns since when seats are to be kept for whom
 * @throws {Violation}
 */
export function checkOffers(
  { entries, supply }: DecisionBasis,
  decision: CheckedDecision,
): ReadonlyMap<string, Date> {
  const { now, offers } = decision;
  const waiting = new Set(entries.map(({ entryId }) => entryId));
  const strangers = offers.filter(({ entryId }) => !waiting.has(entryId));
  assertHolds(strangers.length === 0, "somebody was served who did not wait", ...strangers);
  const keptSince = new Map(entries.flatMap(({ entryId, gatheringSince }) => {
    return gatheringSince ? [[entryId, gatheringSince] as const] : [];
  }));
  if (supply.isOnSale) return followRule(decision, { entries, supply, now, keptSince });
  assertHolds(offers.length === 0, "an offer of an event that is over", ...offers);
  return keptSince;
}

function followRule(...[decision, round]: Parameters<typeof assertFollowsRule>) {
  try {
    return assertFollowsRule(decision, round);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const shown = [decision, round.entries, round.supply, { now: round.now }];
    const details = shown.map((value) => JSON.stringify(value)).join("\n  ");
    throw new Violation(`a decision breaks the rule: ${error.message}\n  ${details}`);
  }
}
