import assert from "node:assert/strict";
import type { WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { WaitlistSupply } from "../../services/booking/waitlist/supply.ts";
import { checkDecision, type CheckedDecision } from "./waitlist_decisions.ts";
import { UNSERVED } from "../../services/booking/testing/entries.ts";

const NOW = new Date("2027-03-01T12:00:00Z");
const HOUR_MS = 3_600_000;

function at(hours: number): Date {
  return new Date(+NOW + hours * HOUR_MS);
}

function entry(place: number, over: Partial<WaitlistEntry> = {}): WaitlistEntry {
  return {
    entryId: `e${place}`,
    eventId: "event",
    userId: `u${place}`,
    ticketTypeIds: ["event"],
    quantity: 1,
    minQuantity: over.quantity ?? 1,
    place,
    status: "waiting",
    joinedAt: NOW,
    ...UNSERVED,
    ...over,
  };
}

function supply(seats: number, isOnSale = true): WaitlistSupply {
  const bounds = { minPerOrder: 1, largestOrder: 10 };
  const type = { ticketTypeId: "event", pools: [0], units: [1], generation: 1, ...bounds };
  const types = [{ ...type, isOpen: true, status: "active" as const }];
  return { eventId: "event", isOnSale, startsAt: at(96), setAside: { 0: seats }, types, seq: 1 };
}

function decision(over: Partial<CheckedDecision> = {}): CheckedDecision {
  return { now: NOW, offers: [], passes: [], gathering: [], notGathering: [], ...over };
}

function offer(entryId: string, quantity = 1) {
  const what = { offerId: `of ${entryId}`, ticketTypeId: "event", isLast: false };
  return { entryId, quantity, expiresAt: at(0.1), ...what };
}

Deno.test("checkDecision() allows who is first, and seats that are kept for a group", () => {
  checkDecision(
    { entries: [entry(1), entry(2)], supply: supply(1) },
    decision({
      offers: [offer("e1")],
    }),
  );
  const group = [entry(1, { quantity: 3 }), entry(2)];
  checkDecision({ entries: group, supply: supply(1) }, decision({ gathering: ["e1"] }));
});

const REFUSED: Record<string, Parameters<typeof checkDecision>> = {
  "a decision breaks the rule: F1": [
    { entries: [entry(1), entry(2)], supply: supply(1) },
    decision({ offers: [offer("e2")] }),
  ],
  "somebody was served who did not wait": [
    { entries: [], supply: supply(1) },
    decision({ offers: [offer("e1")] }),
  ],
  "an offer of an event that is over": [
    { entries: [entry(1)], supply: supply(1, false) },
    decision({ offers: [offer("e1")] }),
  ],
  "the time for an entry is wrong": [
    { entries: [entry(1, { quantity: 3 })], supply: supply(1) },
    decision(),
  ],
};

for (const [violation, parameters] of Object.entries(REFUSED)) {
  Deno.test(`checkDecision() notices: ${violation}`, () => {
    assert.throws(() => checkDecision(...parameters), new RegExp(`^Violation: ${violation}`));
  });
}
