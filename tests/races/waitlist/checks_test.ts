/** Each check of a waitlist notices what it is for: a sound event is broken in one way at a time. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { offerIdOf } from "../../../services/booking/waitlist/entry.ts";
import { assertWaitlistAddsUp } from "./checks.ts";
import type { EntryState, WaitlistState } from "./state.ts";

const NOW = new Date("2026-11-28T12:00:00Z");
const LATER = new Date("2026-11-28T12:10:00Z");
const TYPE = newId();

interface Sound {
  state: WaitlistState;
  /** Has the offer of one seat, joined last, and wants one. */
  offered: EntryState;
  /** Waits for two together, and is first. */
  group: EntryState;
}

function entry(place: number, fields: Partial<EntryState>): EntryState {
  return {
    entryId: newId(),
    userId: newId(),
    ticketTypeIds: [TYPE],
    quantity: 1,
    minQuantity: 1,
    place,
    status: "waiting",
    passed: 0,
    standsBackUntil: null,
    round: 0,
    offer: undefined,
    ...fields,
  };
}

/** Five seats: three sold, one offered past the group, one kept for it. */
function soundState(): Sound {
  const group = entry(1, { quantity: 2, minQuantity: 2, passed: 1 });
  const offered = entry(2, { status: "offered", round: 1 });
  const offerId = offerIdOf(offered.entryId, 1);
  const { entryId, userId } = offered;
  offered.offer = { offerId, ticketTypeId: TYPE, quantity: 1, expiresAt: LATER };
  return {
    group,
    offered,
    state: {
      isOnSale: true,
      startsAt: new Date("2026-12-28T12:00:00Z"),
      isPaused: false,
      entries: [group, offered],
      bookings: [
        {
          bookingId: offerId,
          userId,
          entryId,
          status: "pending",
          expiresAt: LATER,
          hasLapsed: false,
          wasConfirmed: false,
        },
      ],
      allocations: [
        {
          allocationId: offerId,
          ticketTypeId: TYPE,
          quantity: 1,
          state: "held",
          source: "waitlist",
        },
      ],
      passes: [{ entryId: group.entryId, byEntryId: entryId, seats: 1 }],
      facts: [
        { topic: "waitlist.joined", entryId: group.entryId, offerId: undefined, quantity: 0 },
        { topic: "waitlist.joined", entryId, offerId: undefined, quantity: 0 },
        { topic: "waitlist.offered", entryId, offerId, quantity: 1 },
      ],
      pools: [{ pool: 0, capacity: 5, held: 1, sold: 3, setAside: 1 }],
      types: [{
        ticketTypeId: TYPE,
        pools: [0],
        units: [1],
        status: "active",
        isOpen: true,
        minPerOrder: 1,
        largestOrder: 10,
        salesEnd: null,
      }],
    },
  };
}

function check({ state }: Sound): void {
  const early = new Set(state.entries.map(({ entryId }) => entryId));
  assertWaitlistAddsUp(state, { now: NOW, early });
}

Deno.test("assertWaitlistAddsUp() accepts a sound event", () => check(soundState()));

/** What can be wrong, and what the check says. */
const BROKEN: Readonly<Record<string, [(sound: Sound) => void, RegExp]>> = {
  "a free seat that is not set aside": [
    ({ state }) => state.pools[0]!.setAside = 0,
    /seats set aside of pool 0/,
  ],
  "seats set aside though nobody waits": [
    ({ state, group, offered }) => {
      group.status = "left";
      offered.status = "expired";
      Object.assign(state.bookings[0]!, { status: "expired" });
      const { entryId, offer } = offered;
      const fact = {
        topic: "waitlist.offer_lapsed",
        entryId,
        offerId: offer!.offerId,
        quantity: 1,
      };
      state.facts.push(fact);
    },
    /open lists though nobody waits/,
  ],
  "a closed list though somebody waits": [
    ({ state }) => {
      state.types[0]!.isOpen = false;
      state.pools[0]!.setAside = 0;
    },
    /closed lists though somebody waits/,
  ],
  "an offer that was not made": [
    ({ offered }) => offered.status = "offering",
    /on which the worker did not go on/,
  ],
  "two active entries of a user": [
    ({ group, offered }) => group.userId = offered.userId,
    /two active entries/,
  ],
  "two entries with one place": [({ group }) => group.place = 2, /have one place/],
  "an offer whose booking has ended": [
    ({ state }) => state.bookings[0]!.status = "expired",
    /is expired, its entry offered/,
  ],
  "an offer whose booking is missing": [
    ({ state }) => {
      state.bookings = [];
      state.facts.pop();
    },
    /the booking of entry .* is missing/,
  ],
  "an offer of another user's": [
    ({ state }) => state.bookings[0]!.userId = newId(),
    /is another user's/,
  ],
  "a second offer that is open": [
    ({ state, offered }) => {
      offered.round = 2;
      const bookingId = offerIdOf(offered.entryId, 2);
      state.bookings.push({ ...state.bookings[0]!, bookingId });
    },
    /is pending, its entry offered/,
  ],
  "an offer whose id is no round of its entry": [
    ({ offered }) => offered.round = 0,
    /has a foreign id/,
  ],
  "an offer without seats": [({ state }) => state.allocations = [], /the seats of the offer/],
  "an offer with more seats than it says": [
    ({ state }) => state.allocations[0]!.quantity = 2,
    /the seats of the offer/,
  ],
  "an offer of public seats": [
    ({ state }) => state.allocations[0]!.source = "public",
    /the seats of the offer/,
  ],
  "an offer that ends when its booking does not": [
    ({ state }) => state.bookings[0]!.expiresAt = NOW,
    /the end of the offer/,
  ],
  "a bought offer whose entry is open": [
    ({ state }) => Object.assign(state.bookings[0]!, { wasConfirmed: true }),
    /the entry of a confirmed offer/,
  ],
  "a converted entry that bought nothing": [
    ({ state, group }) => {
      group.status = "converted";
      void state;
    },
    /was converted without a booking/,
  ],
  "an offer that was announced twice": [
    ({ state }) => state.facts.push(state.facts[2]!),
    /2 instead of 1/,
  ],
  "an offer that was not announced": [({ state }) => state.facts.pop(), /0 instead of 1/],
  "a lapse that was not announced": [
    ({ state, offered }) => {
      offered.status = "expired";
      Object.assign(state.bookings[0]!, { status: "expired", hasLapsed: true });
    },
    /waitlist.offer_lapsed .* 0 instead of 1/,
  ],
  "a fact of nobody": [
    ({ state }) => state.facts.push({ ...state.facts[2]!, offerId: newId() }),
    /1 instead of 0/,
  ],
  "a seat that nobody offers to whom it fits": [
    ({ state, group }) => {
      group.minQuantity = 1;
      group.passed = 0;
      state.passes = [];
    },
    /the worker left an offer unmade/,
  ],
  "a pass that was not noted": [
    ({ state, group }) => {
      state.passes = [];
      group.passed = 0;
    },
    /seats offered past entry/,
  ],
  "a pass that was not counted": [({ group }) => group.passed = 0, /by its passes/],
  "more passes than the rule allows": [({ group }) => group.passed = 2, /2 seats passed/],
};

for (const [what, [spoil, message]] of Object.entries(BROKEN)) {
  Deno.test(`assertWaitlistAddsUp() notices ${what}`, () => {
    const sound = soundState();
    spoil(sound);
    assert.throws(() => check(sound), (error: Error) => {
      assert.ok(error instanceof assert.AssertionError);
      assert.match(error.message, message);
      return true;
    });
  });
}
