import assert from "node:assert/strict";
import { offerIdOf, type WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { BookingRow } from "./model/tables.ts";
import { checkAgreement, checkEntry, checkLine } from "./waitlist_entries.ts";
import { UNSERVED } from "../../services/booking/testing/entries.ts";

const AT = new Date("2027-03-01T12:00:00Z");
const OFFER = {
  offerId: offerIdOf("entry", 1),
  ticketTypeId: "event",
  quantity: 2,
  offeredAt: AT,
  expiresAt: AT,
  isLast: false,
};

function entry(over: Partial<WaitlistEntry> = {}): WaitlistEntry {
  return {
    entryId: "entry",
    eventId: "event",
    userId: "user",
    ticketTypeIds: ["event"],
    quantity: 2,
    minQuantity: 2,
    place: 1,
    status: "waiting",
    joinedAt: AT,
    ...UNSERVED,
    ...over,
  };
}

/** The booking of {@link OFFER}. */
function booking(over: Partial<BookingRow> = {}): BookingRow {
  const ids = { bookingId: OFFER.offerId, userId: "user", eventId: "event", entryId: "entry" };
  return { ...ids, quantity: 2, status: "pending", ...over } as BookingRow;
}

const OFFERING = entry({ status: "offering", round: 1, offer: OFFER });
const OFFERED: WaitlistEntry = { ...OFFERING, status: "offered" };

Deno.test("checkEntry() allows an offer, its end, and a partial one that is declined", () => {
  checkEntry([undefined, entry({ status: "joining" })]);
  checkEntry([entry(), OFFERING]);
  checkEntry([OFFERING, OFFERED]);
  checkEntry([OFFERED, { ...OFFERED, status: "expired" }]);
  const part = { ...OFFERED, quantity: 4, minQuantity: 2 };
  checkEntry([part, { ...part, status: "waiting", minQuantity: 4 }]);
});

const ENTRY_VIOLATIONS: Record<string, [WaitlistEntry, WaitlistEntry]> = {
  "an entry went from expired to waiting": [entry({ status: "expired" }), entry()],
  "an entry's place changed": [entry(), entry({ place: 2 })],
  "an entry's ticketTypeIds changed": [entry(), entry({ ticketTypeIds: ["other"] })],
  "an entry wants more than before": [entry(), entry({ quantity: 3 })],
  "an entry is content with fewer than it said": [entry({ minQuantity: 1 }), entry()],
  "an entry contradicts itself": [entry(), entry({ passed: 2 })],
  "a decision did not count the round": [entry(), { ...OFFERING, round: 0 }],
  "an offer's id is not that of its entry and round": [
    entry({ round: 1 }),
    { ...OFFERING, round: 2 },
  ],
};

for (const [violation, change] of Object.entries(ENTRY_VIOLATIONS)) {
  Deno.test(`checkEntry() notices: ${violation}`, () => {
    assert.throws(() => checkEntry(change), new RegExp(`^Violation: ${violation}`));
  });
}

Deno.test("checkAgreement() allows what an entry and its booking become together", () => {
  checkAgreement(OFFERING, undefined);
  checkAgreement(OFFERED, booking());
  checkAgreement(OFFERED, booking({ status: "confirming" }));
  const confirmed = booking({ status: "confirmed", confirmedAt: AT });
  checkAgreement({ ...OFFERED, status: "converted" }, confirmed);
  checkAgreement({ ...OFFERED, status: "expired" }, booking({ status: "cancelled" }));
});

const AGREEMENT_VIOLATIONS: Record<string, [WaitlistEntry, BookingRow | undefined]> = {
  "an offer has no open booking": [OFFERED, booking({ status: "expired" })],
  "an open offer has no entry that is offered it": [{ ...OFFERED, status: "left" }, booking()],
  "an entry was converted unsold": [
    { ...OFFERED, status: "converted" },
    booking({ status: "cancelled" }),
  ],
  "an offer was sold and not converted": [
    { ...OFFERED, status: "expired" },
    booking({ status: "cancelled", confirmedAt: AT }),
  ],
  "an offer is not of its entry's user and event": [OFFERED, booking({ userId: "stranger" })],
  "an entry and its booking differ in what is offered": [OFFERED, booking({ quantity: 1 })],
};

for (const [violation, [of, row]] of Object.entries(AGREEMENT_VIOLATIONS)) {
  Deno.test(`checkAgreement() notices: ${violation}`, () => {
    assert.throws(() => checkAgreement(of, row), new RegExp(`^Violation: ${violation}`));
  });
}

Deno.test("checkLine() notices a place given twice, and an account that waits twice", () => {
  checkLine([entry({ status: "left" }), entry({ place: 2 })]);
  assert.throws(
    () => checkLine([entry(), entry({ userId: "other" })]),
    /two entries have one place/,
  );
  assert.throws(() => checkLine([entry(), entry({ place: 2 })]), /an account waits twice/);
});
