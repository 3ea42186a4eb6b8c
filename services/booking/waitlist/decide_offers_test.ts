import assert from "node:assert/strict";
import { decideOffers, MAX_OFFERS, MIN_OFFER_LEAD_MS } from "./decide_offers.ts";
import { offerIdOf, type WaitlistEntry } from "./entry.ts";
import { gatherMsOf } from "./gathering.ts";
import type { SuppliedType, WaitlistSupply } from "./supply.ts";
import { UNSERVED } from "../testing/entries.ts";

const NOW = new Date("2027-03-01T12:00:00Z");
const HOUR_MS = 3_600_000;
const OFFER_MS = 600_000;
const STARTS_AT = after(96 * HOUR_MS + 30 * 60_000);
/** Of an event that begins at {@link STARTS_AT}, from now on. */
const GATHER_MS = 12 * HOUR_MS;

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

let lastPlace = 0;

/** An entry behind those made before it; its name is its id. */
function entry(entryId: string, quantity: number, over: Partial<WaitlistEntry> = {}) {
  return {
    entryId,
    eventId: "event",
    userId: `user of ${entryId}`,
    ticketTypeIds: ["ticket"],
    quantity,
    minQuantity: quantity,
    place: ++lastPlace,
    status: "waiting",
    joinedAt: NOW,
    ...UNSERVED,
    ...over,
  } satisfies WaitlistEntry;
}

function ticketType(ticketTypeId: string, over: Partial<SuppliedType> = {}): SuppliedType {
  return {
    ticketTypeId,
    pools: [0],
    units: [1],
    generation: 1,
    isOpen: true,
    status: "active",
    minPerOrder: 1,
    largestOrder: 10,
    ...over,
  };
}

function supply(house: number, over: Partial<WaitlistSupply> = {}): WaitlistSupply {
  return {
    eventId: "event",
    isOnSale: true,
    startsAt: STARTS_AT,
    setAside: { 0: house },
    types: [ticketType("ticket")],
    seq: 1,
    ...over,
  };
}

function decide(entries: readonly WaitlistEntry[], seats: WaitlistSupply, now = NOW) {
  return decideOffers(entries, seats, { now, offerMs: OFFER_MS });
}

/** Who is offered how many, in order: `a 2`. */
function offered(entries: readonly WaitlistEntry[], seats: WaitlistSupply, now = NOW): string[] {
  return decide(entries, seats, now).offers.map(({ entryId, quantity, ticketTypeId, isLast }) =>
    `${entryId} ${quantity}${ticketTypeId === "ticket" ? "" : ` ${ticketTypeId}`}${
      isLast ? " last" : ""
    }`
  );
}

Deno.test("decideOffers() serves by place, each with what it wants", () => {
  const line = [entry("a", 2), entry("b", 1), entry("c", 3), entry("d", 1)];
  assert.deepEqual(offered(line, supply(6)), ["a 2", "b 1", "c 3"]);
});

Deno.test("decideOffers() offers nothing without seats", () => {
  const decision = decide([entry("a", 1)], supply(0));
  const nothing = { offers: [], passes: [], gathering: [], notGathering: [] };
  assert.deepEqual(decision, { ...nothing, isExhausted: true });
});

Deno.test("decideOffers() offers fewer to an entry that welcomes fewer", () => {
  const line = [entry("a", 4, { minQuantity: 2 }), entry("b", 1)];
  assert.deepEqual(offered(line, supply(3)), ["a 3"]);
  assert.deepEqual(offered(line, supply(5)), ["a 4", "b 1"]);
});

Deno.test("decideOffers() offers no more than the largest order", () => {
  const types = [ticketType("ticket", { largestOrder: 2 })];
  const line = [entry("few", 4, { minQuantity: 1 }), entry("all", 4)];
  assert.deepEqual(offered(line, supply(9, { types })), ["few 2"]);
});

Deno.test("decideOffers() makes an offer with the id of its round and the usual time", () => {
  const [offer] = decide([entry("a", 1, { round: 2 })], supply(1)).offers;
  assert.deepEqual(offer, {
    entryId: "a",
    offerId: offerIdOf("a", 3),
    ticketTypeId: "ticket",
    quantity: 1,
    expiresAt: after(OFFER_MS),
    isLast: false,
  });
});

Deno.test("decideOffers() ends an offer with the sale, and with the event's beginning", () => {
  const endOf = (seats: WaitlistSupply, offerMs: number) =>
    decideOffers([entry("a", 1)], seats, { now: NOW, offerMs }).offers[0]?.expiresAt;
  const types = [ticketType("ticket", { salesEnd: after(60_000) })];
  assert.deepEqual(endOf(supply(1, { types }), OFFER_MS), after(60_000));
  const startsAt = after(2 * HOUR_MS);
  assert.deepEqual(endOf(supply(1, { startsAt }), 3 * HOUR_MS), startsAt);
});

Deno.test("decideOffers() makes no offer shortly before the event begins", () => {
  const line = [entry("a", 1)];
  assert.deepEqual(offered(line, supply(1, { startsAt: after(MIN_OFFER_LEAD_MS) })), ["a 1"]);
  assert.deepEqual(offered(line, supply(1, { startsAt: after(MIN_OFFER_LEAD_MS - 1) })), []);
  assert.deepEqual(offered(line, supply(1, { isOnSale: false })), []);
});

Deno.test("decideOffers() offers only types that are open, active and in their window", () => {
  const line = [entry("a", 1)];
  const seats = (over: Partial<SuppliedType>) => supply(1, { types: [ticketType("ticket", over)] });
  assert.deepEqual(offered(line, seats({ isOpen: false })), []);
  assert.deepEqual(offered(line, seats({ status: "paused" })), []);
  assert.deepEqual(offered(line, seats({ salesStart: after(1) })), []);
  assert.deepEqual(offered(line, seats({ salesStart: NOW })), ["a 1"]);
  assert.deepEqual(offered(line, seats({ salesEnd: NOW })), []);
  assert.deepEqual(offered(line, supply(1, { types: [ticketType("another")] })), []);
});

Deno.test("decideOffers() makes at most 256 offers at once", () => {
  const line = Array.from({ length: MAX_OFFERS + 1 }, (_, i) => entry(`e${i}`, 1));
  assert.equal(decide(line, supply(1_000)).offers.length, MAX_OFFERS);
});

Deno.test("decideOffers() offers the first preferred type that there is enough of", () => {
  const types = [
    ticketType("stalls", { pools: [0, 1], units: [1, 1] }),
    ticketType("balcony", { pools: [0, 2], units: [1, 1] }),
    ticketType("table", { pools: [0, 1], units: [4, 4] }),
  ];
  const seats = supply(0, { types, setAside: { 0: 9, 1: 1, 2: 8 } });
  const preferring = (...ticketTypeIds: string[]) => entry("a", 2, { ticketTypeIds });
  assert.deepEqual(offered([preferring("stalls", "balcony")], seats), ["a 2 balcony"]);
  assert.deepEqual(offered([preferring("balcony", "stalls")], seats), ["a 2 balcony"]);
  assert.deepEqual(offered([preferring("stalls", "table")], seats), []);
  const fewer = entry("a", 2, { ticketTypeIds: ["stalls", "balcony"], minQuantity: 1 });
  assert.deepEqual(offered([fewer], seats), ["a 1 stalls"]);
});

Deno.test("decideOffers() takes all that a type draws on from the seats left for later entries", () => {
  const types = [
    ticketType("stalls", { pools: [0, 1], units: [1, 1] }),
    ticketType("table", { pools: [0, 1], units: [4, 4] }),
    ticketType("balcony"),
  ];
  const line = [
    entry("a", 1, { ticketTypeIds: ["table"] }),
    entry("b", 1, { ticketTypeIds: ["stalls"] }),
    entry("c", 3, { ticketTypeIds: ["balcony"] }),
  ];
  const seats = supply(0, { types, setAside: { 0: 7, 1: 4 } });
  assert.deepEqual(offered(line, seats), ["a 1 table", "c 3 balcony"]);
});

Deno.test("decideOffers() keeps the first freed seat for a group and lets the second go on", () => {
  const line = [entry("group", 6), entry("single", 1), entry("next", 1)];
  assert.deepEqual(offered(line, supply(1)), []);
  const decision = decide(line, supply(2));
  assert.deepEqual(offered(line, supply(2)), ["single 1"]);
  assert.deepEqual(decision.passes, [
    { entryId: "group", byEntryId: "single", byPlace: line[1]!.place, seats: 1, kept: 1 },
  ]);
  assert.deepEqual(offered(line, supply(3)), ["single 1"]);
  assert.deepEqual(offered(line, supply(4)), ["single 1", "next 1"]);
});

Deno.test("decideOffers() keeps as many seats for a group as went past it before", () => {
  const line = [entry("group", 6, { passed: 2 }), entry("single", 1)];
  assert.deepEqual(offered(line, supply(3)), []);
  assert.deepEqual(offered(line, supply(4)), ["single 1"]);
});

Deno.test("decideOffers() lets fewer seats go past a group than it waits for", () => {
  const types = [ticketType("ticket", { minPerOrder: 9 }), ticketType("single")];
  const singles = ["a", "b", "c", "d"].map((id) => entry(id, 1, { ticketTypeIds: ["single"] }));
  const line = [entry("group", 10, { minQuantity: 3 }), ...singles];
  // As much would stay behind for it as went past it, of three and of four, too.
  assert.deepEqual(offered(line, supply(8, { types })), ["a 1 single", "b 1 single"]);
});

Deno.test("decideOffers() gives a later entry as many seats as may go past those ahead", () => {
  const line = [entry("group", 6), entry("few", 4, { minQuantity: 1 })];
  assert.deepEqual(offered(line, supply(5)), ["few 2"]);
  assert.deepEqual(offered([line[0]!, entry("pair", 2)], supply(3)), []);
  assert.deepEqual(offered([line[0]!, entry("pair", 2)], supply(4)), ["pair 2"]);
});

Deno.test("decideOffers() asks every earlier entry, not only the first", () => {
  const line = [entry("six", 6), entry("four", 4, { passed: 1 }), entry("single", 1)];
  assert.deepEqual(offered(line, supply(2)), []);
  assert.deepEqual(offered(line, supply(3)), ["single 1"]);
  const most = [entry("six", 6), entry("three", 3, { passed: 2 }), entry("single", 1)];
  assert.deepEqual(offered(most, supply(2)), []);
});

Deno.test("decideOffers() does not serve a later entry before one that fits and may not pass", () => {
  const types = [ticketType("ticket"), ticketType("same")];
  const other = entry("later", 1, { ticketTypeIds: ["same"] });
  const line = [entry("group", 6), entry("single", 1), other];
  assert.deepEqual(offered(line, supply(1, { types })), []);
});

Deno.test("decideOffers() serves later entries whose seats a group could not use", () => {
  const types = [
    ticketType("stalls", { pools: [0, 1], units: [1, 1] }),
    ticketType("balcony", { pools: [0, 2], units: [1, 1] }),
  ];
  const line = [
    entry("group", 6, { ticketTypeIds: ["stalls"] }),
    entry("single", 1, { ticketTypeIds: ["balcony"] }),
  ];
  const seats = supply(0, { types, setAside: { 0: 3, 1: 1, 2: 2 } });
  const { offers, passes } = decide(line, seats);
  assert.deepEqual(offers.map(({ entryId }) => entryId), ["single"]);
  assert.deepEqual(passes, []);
});

Deno.test("decideOffers() protects a group by the type that most seats are left of", () => {
  const types = [
    ticketType("stalls", { pools: [1] }),
    ticketType("balcony", { pools: [2] }),
  ];
  const group = entry("group", 6, { ticketTypeIds: ["stalls", "balcony"] });
  const line = [
    group,
    entry("a", 1, { ticketTypeIds: ["stalls"] }),
    entry("b", 3, { ticketTypeIds: ["balcony"] }),
  ];
  const { offers, passes } = decide(line, supply(0, { types, setAside: { 1: 2, 2: 4 } }));
  assert.deepEqual(offers.map(({ entryId }) => entryId), ["a"]);
  assert.deepEqual(passes, [], "four of the balcony are left as before");
});

Deno.test("decideOffers() waits for the least that an order of the type may have", () => {
  const types = [ticketType("ticket", { minPerOrder: 3 })];
  const line = [entry("a", 4, { minQuantity: 1 })];
  assert.deepEqual(offered(line, supply(2, { types })), []);
  assert.deepEqual(decide(line, supply(2, { types })).gathering, ["a"]);
  assert.deepEqual(offered(line, supply(3, { types })), ["a 3"]);
});

Deno.test("decideOffers() says for whom seats are gathered from now on", () => {
  const line = [entry("six", 6), entry("single", 1), entry("three", 3)];
  const decision = decide(line, supply(2));
  assert.deepEqual(decision.gathering, ["six", "three"]);
  assert.deepEqual(decision.notGathering, []);
});

Deno.test("decideOffers() gathers for entries that hold others up more than those ahead", () => {
  const types = [ticketType("ticket"), ticketType("balcony", { pools: [1] })];
  const line = [
    entry("six", 6),
    entry("six more", 6),
    entry("four", 4),
    entry("passed", 6, { passed: 1 }),
    entry("passed as much", 5, { passed: 1 }),
    entry("pair", 2, { ticketTypeIds: ["balcony"] }),
    entry("last", 2, { ticketTypeIds: ["ticket", "balcony"] }),
  ];
  const { gathering } = decide(line, supply(1, { types, setAside: { 0: 1, 1: 1 } }));
  assert.deepEqual(gathering, ["six", "four", "passed", "pair", "last"]);
});

Deno.test("decideOffers() says when nobody further back can be given anything", () => {
  const isExhausted = (entries: WaitlistEntry[], seats: number, over: Partial<SuppliedType> = {}) =>
    decide(entries, supply(seats, { types: [ticketType("ticket", over)] })).isExhausted;
  assert.equal(isExhausted([entry("a", 1)], 1), true);
  assert.equal(isExhausted([entry("a", 1)], 2), false);
  assert.equal(isExhausted([entry("six", 6)], 1), true, "the first freed seat is kept");
  assert.equal(isExhausted([entry("six", 6)], 2), false, "the second one may go to somebody");
  assert.equal(isExhausted([entry("a", 1)], 2, { minPerOrder: 2 }), false);
  assert.equal(isExhausted([], 1, { minPerOrder: 2 }), true);
  assert.equal(isExhausted([], 1, { status: "paused" }), true);
});

Deno.test("decideOffers() ends gathering when no seats are left", () => {
  const gathering = { gatheringSince: after(-HOUR_MS) };
  const line = [entry("six", 6, gathering), entry("three", 3, gathering)];
  assert.deepEqual(decide(line, supply(2)).notGathering, []);
  assert.deepEqual(decide(line, supply(0)).notGathering, ["six", "three"]);
});

Deno.test("decideOffers() makes a last offer when seats were gathered long enough", () => {
  const since = after(-GATHER_MS);
  const line = [entry("six", 6, { gatheringSince: since }), entry("single", 1)];
  assert.deepEqual(offered(line, supply(3)), ["six 3 last"]);
  assert.deepEqual(offered(line, supply(3), after(-1)), ["single 1"]);
  assert.deepEqual(offered(line, supply(6)), ["six 6"], "a whole one is none to give up");
});

Deno.test("decideOffers() makes a last offer of the type that most seats are left of", () => {
  const types = [ticketType("stalls", { pools: [1] }), ticketType("balcony", { pools: [2] })];
  const ticketTypeIds = ["stalls", "balcony"];
  const line = [entry("six", 6, { ticketTypeIds, gatheringSince: after(-GATHER_MS) })];
  const seats = supply(0, { types, setAside: { 1: 2, 2: 4 } });
  assert.deepEqual(offered(line, seats), ["six 4 balcony last"]);
});

Deno.test("decideOffers() makes no last offer that is no order of the type", () => {
  const types = [ticketType("ticket", { minPerOrder: 4 }), ticketType("single")];
  const line = [
    entry("six", 6, { gatheringSince: after(-GATHER_MS) }),
    entry("a", 1, { ticketTypeIds: ["single"] }),
    entry("b", 2, { ticketTypeIds: ["single"] }),
  ];
  const decision = decide(line, supply(3, { types }));
  assert.deepEqual(decision.offers.map(({ entryId }) => entryId), ["a", "b"]);
  assert.deepEqual(decision.passes, [], "nobody is held up by it any longer");
  assert.deepEqual(decision.notGathering, ["six"], "which begins anew with the next seat");
  assert.deepEqual(offered(line, supply(4, { types })), ["six 4 last"]);
});

Deno.test("decideOffers() holds nobody up for an entry whose last offer has to wait", () => {
  const types = [
    ticketType("stalls", { pools: [0, 1], units: [1, 1] }),
    ticketType("balcony", { pools: [0, 2], units: [1, 1], minPerOrder: 2 }),
    ticketType("single", { pools: [0, 2], units: [1, 1] }),
  ];
  const four = entry("four", 4, { ticketTypeIds: ["stalls"] });
  const three = entry("three", 3, { ticketTypeIds: ["stalls", "balcony"], passed: 1 });
  const single = entry("single", 1, { ticketTypeIds: ["single"] });
  const seats = supply(0, { types, setAside: { 0: 2, 1: 1, 2: 2 } });
  assert.deepEqual(offered([four, three, single], seats), []);
  const overdue = { ...three, gatheringSince: after(-GATHER_MS) };
  assert.deepEqual(offered([overdue], seats), ["three 2 balcony last"]);
  assert.deepEqual(offered([four, overdue, single], seats), ["single 1 single"]);
});

Deno.test("decideOffers() keeps nothing back for an entry that stands back", () => {
  const group = entry("six", 6, { standsBackUntil: after(1) });
  const line = [group, entry("a", 1), entry("b", 1)];
  const decision = decide(line, supply(2));
  assert.deepEqual(offered(line, supply(2)), ["a 1", "b 1"]);
  assert.deepEqual(decision.passes, []);
  assert.deepEqual(decision.gathering, []);
  assert.deepEqual(offered(line, supply(6)), ["six 6"], "it keeps its place");
  assert.deepEqual(offered(line, supply(2), group.standsBackUntil), ["a 1"]);
});

Deno.test("gatherMsOf() is an eighth of the time to the start, within bounds", () => {
  const hours = (n: number) => gatherMsOf(after(n * HOUR_MS), NOW) / HOUR_MS;
  assert.deepEqual([96, 200, 8, 1, 0, -1].map(hours), [12, 12, 1, 1 / 6, 1 / 6, 1 / 6]);
});

/** A group of six waits first; a single joins every two minutes; one seat comes free every so many minutes. */
function serveSixAmongSingles(everyMinutes: number) {
  const startsAt = after(1_000 * HOUR_MS);
  let line: WaitlistEntry[] = [entry("six", 6)];
  let free = 0;
  let freed = 0;
  let passed = 0;
  let longestGap = 0;
  let lastSingle = 0;
  let served: { minute: number; freed: number; passed: number } | undefined;
  for (let minute = 0; minute < 1_000; minute++) {
    const now = after(minute * 60_000);
    if (minute > 0 && minute % everyMinutes === 0) {
      free++;
      freed++;
    }
    if (minute % 2 === 0) line.push(entry(`single ${minute}`, 1));
    const decision = decide(line, supply(free, { startsAt }), now);
    for (const { entryId, quantity } of decision.offers) {
      free -= quantity;
      if (entryId === "six") {
        served = { minute, freed, passed };
        continue;
      }
      longestGap = Math.max(longestGap, minute - lastSingle);
      lastSingle = minute;
      if (served) return { ...served, longestGap };
    }
    const gone = new Set(decision.offers.map(({ entryId }) => entryId));
    passed += decision.passes.reduce((sum, pass) => sum + pass.seats, 0);
    line = line.filter(({ entryId }) => !gone.has(entryId)).map((waiting) => ({
      ...waiting,
      passed: waiting.entryId === "six" ? passed : waiting.passed,
      gatheringSince: decision.gathering.includes(waiting.entryId) ? now : waiting.gatheringSince,
    }));
  }
  throw new Error("the six were never served");
}

Deno.test("decideOffers() serves six together at the tenth freed seat, amid singles", () => {
  assert.deepEqual(serveSixAmongSingles(3), { minute: 30, freed: 10, passed: 4, longestGap: 9 });
  assert.deepEqual(serveSixAmongSingles(12), {
    minute: 120,
    freed: 10,
    passed: 4,
    longestGap: 36,
  });
});
