import assert from "node:assert/strict";
import type { WaitlistEntry } from "./entry.ts";
import type { SuppliedType, WaitlistSupply } from "./supply.ts";
import {
  estimatedMinutes,
  estimatedWait,
  PACE_WINDOW_MS,
  type WaitingState,
  whyWaiting,
} from "./why.ts";

const NOW = new Date("2027-03-01T12:00:00Z");
const HOUR_MS = 3_600_000;
/** Seats are gathered for an hour. */
const STARTS_AT = after(8 * HOUR_MS);

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

const ENTRY: WaitlistEntry = {
  entryId: "entry",
  eventId: "event",
  userId: "user",
  ticketTypeIds: ["stalls", "balcony"],
  quantity: 4,
  minQuantity: 4,
  place: 8,
  status: "waiting",
  joinedAt: NOW,
  passed: 2,
  gatheringSince: undefined,
  standsBackUntil: undefined,
  round: 0,
  offer: undefined,
  closedReason: undefined,
};

function ticketType(ticketTypeId: string, pool: number): SuppliedType {
  return {
    ticketTypeId,
    pools: [0, pool],
    units: [1, 1],
    generation: 1,
    isOpen: true,
    status: "active",
    minPerOrder: 1,
    largestOrder: 10,
  };
}

const TYPES = [ticketType("stalls", 1), ticketType("balcony", 2)];

function supply(setAside: Record<number, number>, over: Partial<WaitlistSupply> = {}) {
  return {
    eventId: "event",
    isOnSale: true,
    startsAt: STARTS_AT,
    setAside,
    types: TYPES,
    seq: 1,
    ...over,
  } satisfies WaitlistSupply;
}

const NOTHING = supply({ 0: 5 });
const TOO_FEW = supply({ 0: 5, 1: 1, 2: 3 });
const ENOUGH = supply({ 0: 5, 1: 1, 2: 4 });

function why(entry: Partial<WaitlistEntry> = {}, state: Partial<WaitingState> = {}) {
  return whyWaiting({ ...ENTRY, ...entry }, {
    queue: { pausedAt: undefined },
    supply: TOO_FEW,
    gatheringAhead: undefined,
    ahead: { entries: 3, seats: 7 },
    now: NOW,
    ...state,
  });
}

Deno.test("whyWaiting() says that nothing is free", () => {
  assert.deepEqual(why({}, { supply: NOTHING }), { code: "NOTHING_FREE" });
});

Deno.test("whyWaiting() says that others are first, and how many", () => {
  assert.deepEqual(why({}, { supply: ENOUGH }), { code: "OTHERS_FIRST", entries: 3, seats: 7 });
  assert.deepEqual(why(), { code: "OTHERS_FIRST", entries: 3, seats: 7 });
});

Deno.test("whyWaiting() says how many seats are gathered, and until when", () => {
  const gatheringSince = after(-HOUR_MS / 2);
  const until = after(HOUR_MS / 2 + HOUR_MS / 16);
  assert.deepEqual(
    why({ gatheringSince }),
    { code: "GATHERING", kept: 3, of: 4, passed: 2, until },
  );
  assert.equal(why({ gatheringSince }, { now: until })?.code, "OTHERS_FIRST");
  assert.equal(why({ gatheringSince }, { supply: NOTHING })?.code, "NOTHING_FREE");
  const types = TYPES.map((type) => ({ ...type, minPerOrder: 6 }));
  const most = { quantity: 8, gatheringSince };
  assert.deepEqual(
    why(most, { supply: { ...TOO_FEW, types } }),
    { code: "GATHERING", kept: 3, of: 6, passed: 2, until },
  );
});

Deno.test("whyWaiting() says until when an earlier group keeps seats", () => {
  const gatheringAhead = { gatheringSince: NOW, standsBackUntil: undefined };
  const behind = { code: "BEHIND_A_GROUP", until: after(HOUR_MS) };
  assert.deepEqual(why({}, { supply: ENOUGH, gatheringAhead }), behind);
  assert.deepEqual(why({}, { gatheringAhead }), behind);
  const code = (over: Partial<WaitingState>) => why({}, { supply: ENOUGH, ...over })?.code;
  assert.equal(code({ gatheringAhead, now: behind.until }), "OTHERS_FIRST");
  const standing = { ...gatheringAhead, standsBackUntil: after(1) };
  assert.equal(code({ gatheringAhead: standing }), "OTHERS_FIRST");
});

Deno.test("whyWaiting() says until when an entry stands back", () => {
  const standsBackUntil = after(60_000);
  assert.deepEqual(why({ standsBackUntil }), { code: "STANDING_BACK", until: standsBackUntil });
  assert.equal(why({ standsBackUntil }, { now: standsBackUntil })?.code, "OTHERS_FIRST");
  assert.equal(why({ standsBackUntil }, { supply: ENOUGH })?.code, "OTHERS_FIRST");
});

Deno.test("whyWaiting() says that nothing wanted is on sale", () => {
  const sold = (over: Partial<WaitlistSupply>) => why({}, { supply: { ...ENOUGH, ...over } })?.code;
  assert.equal(sold({ isOnSale: false }), "NOT_ON_SALE");
  assert.equal(sold({ startsAt: after(599_999) }), "NOT_ON_SALE");
  assert.equal(sold({ types: [] }), "NOT_ON_SALE");
  const paused = TYPES.map((type) => ({ ...type, status: "paused" as const }));
  assert.equal(sold({ types: paused }), "NOT_ON_SALE");
  assert.equal(sold({ types: [TYPES[0]!, paused[1]!] }), "OTHERS_FIRST");
});

Deno.test("whyWaiting() says that the waitlist is paused, or why the entry was closed", () => {
  assert.deepEqual(why({}, { queue: { pausedAt: NOW } }), { code: "PAUSED" });
  assert.deepEqual(
    why({ status: "closed", closedReason: "event_over" }),
    { code: "CLOSED", reason: "event_over" },
  );
});

Deno.test("whyWaiting() says nothing of an entry that does not wait, or without the supply", () => {
  for (const status of ["offering", "offered", "converted", "expired", "left"] as const) {
    assert.equal(why({ status }), undefined, status);
  }
  assert.equal(why({ status: "joining" })?.code, "OTHERS_FIRST");
  assert.equal(why({}, { supply: undefined }), undefined);
});

Deno.test("estimatedWait() has four texts", () => {
  assert.deepEqual([1, 2, 5, 6, 20, 21].map(estimatedWait), [
    "Next in line",
    "5-15 minutes",
    "5-15 minutes",
    "15-60 minutes",
    "15-60 minutes",
    "More than 1 hour",
  ]);
});

Deno.test("estimatedMinutes() goes by the pace of offers, up to the event's beginning", () => {
  const minutes = (position: number, offers: number) =>
    estimatedMinutes({ position, offers, startsAt: STARTS_AT, now: NOW });
  const anHour = 18;
  assert.equal(minutes(6, anHour * PACE_WINDOW_MS / HOUR_MS), 20);
  assert.equal(minutes(1, 1_000), 1);
  assert.equal(minutes(1, 2), undefined, "too few to tell");
  assert.equal(minutes(8, 3), undefined, "the event has begun by then");
  assert.equal(estimatedMinutes({ position: 8, offers: 3, startsAt: undefined, now: NOW }), 480);
});
