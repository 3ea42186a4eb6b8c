import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { laterSeats, type Offer, type OfferedType, pricesOf, seatsAt, typeAt } from "./offer.ts";

const NOW = new Date("2030-01-01T12:00:00Z");
const HOUR_MS = 3_600_000;

function hours(count: number): Date {
  return new Date(NOW.getTime() + count * HOUR_MS);
}

function type(given: Partial<OfferedType> = {}): OfferedType {
  return {
    ticketTypeId: newId(),
    name: "Ticket",
    description: null,
    kind: "paid",
    priceMinor: 100,
    pools: [0],
    units: [1],
    minPerOrder: 1,
    maxPerOrder: null,
    maxPerBuyer: null,
    salesStartMs: null,
    salesEndMs: null,
    isWaitlistOpen: false,
    ...given,
  };
}

function offer(given: Partial<Offer> = {}): Offer {
  return { types: [], free: { 0: 10 }, maxTickets: 10, maxHeld: null, ...given };
}

Deno.test("typeAt() counts the tickets that the scarcest pool has seats for", () => {
  const cases: [Partial<OfferedType>, Offer["free"], number][] = [
    [{}, { 0: 10 }, 10],
    [{}, { 0: 0 }, 0],
    [{ units: [4] }, { 0: 10 }, 2],
    [{ units: [4] }, { 0: 3 }, 0],
    [{ pools: [0, 2], units: [1, 1] }, { 0: 10, 2: 3 }, 3],
    [{ pools: [0, 2], units: [1, 2] }, { 0: 10, 2: 3 }, 1],
    [{ pools: [0, 2], units: [1, 1] }, { 0: 2, 2: 30 }, 2],
    [{ pools: [0, 2], units: [1, 1] }, { 0: 10 }, 0],
  ];
  for (const [given, free, available] of cases) {
    const state = available > 0 ? "on_sale" : "sold_out";
    const seen = typeAt(type(given), { offer: offer({ free }), now: NOW });
    assert.deepEqual(seen, { state, available }, JSON.stringify([given, free]));
  }
});

Deno.test("typeAt() says that people wait where nothing is left for the public", () => {
  const waitedFor = type({ isWaitlistOpen: true });
  const at = (free: number, of: OfferedType) =>
    typeAt(of, { offer: offer({ free: { 0: free } }), now: NOW });
  assert.deepEqual(at(0, waitedFor), { state: "waitlist", available: 0 });
  assert.deepEqual(at(3, waitedFor), { state: "on_sale", available: 3 });
  const [soon, ended] = [{ salesStartMs: hours(1).getTime() }, { salesEndMs: NOW.getTime() }];
  assert.equal(at(0, { ...waitedFor, ...soon }).state, "soon");
  assert.equal(at(0, { ...waitedFor, ...ended }).state, "ended");
});

Deno.test("typeAt() has no tickets where nobody can order as many as they must", () => {
  const cases: [Partial<OfferedType>, Partial<Offer>][] = [
    [{ minPerOrder: 3 }, { free: { 0: 2 } }],
    [{ minPerOrder: 3 }, { maxTickets: 2 }],
    [{ minPerOrder: 2, units: [4] }, { maxTickets: 7, free: { 0: 100 } }],
    [{ minPerOrder: 3 }, { maxHeld: 2 }],
    [{ minPerOrder: 3, maxPerBuyer: 2 }, {}],
  ];
  for (const [given, limits] of cases) {
    const seen = typeAt(type(given), { offer: offer(limits), now: NOW });
    assert.deepEqual(seen, { state: "sold_out", available: 0 }, JSON.stringify([given, limits]));
  }
});

Deno.test("typeAt() sells from the first moment of the window to the one before its end", () => {
  const windowed = type({ salesStartMs: hours(1).getTime(), salesEndMs: hours(2).getTime() });
  const states = [0, 1, 1.9, 2, 3].map((at) =>
    typeAt(windowed, { offer: offer(), now: hours(at) }).state
  );
  assert.deepEqual(states, ["soon", "on_sale", "on_sale", "ended", "ended"]);
});

Deno.test("seatsAt() is the house's rest, or what the types on sale have of it", () => {
  const own = (free: number, pool: number) => ({
    types: [type({ pools: [0, pool], units: [1, 1] })],
    free: { 0: 10, [pool]: free },
  });
  assert.deepEqual(seatsAt(offer({ types: [type(), type()] }), NOW).availableSeats, 10);
  assert.deepEqual(seatsAt(offer(own(4, 1)), NOW), { availableSeats: 4, isSellable: true });
  assert.deepEqual(seatsAt(offer(own(0, 1)), NOW), { availableSeats: 0, isSellable: false });
  const family = offer({ types: [type({ units: [4] })] });
  assert.equal(seatsAt(family, NOW).availableSeats, 8, "two families, and two seats left over");
  assert.deepEqual(seatsAt(offer(), NOW), { availableSeats: 0, isSellable: false });
});

Deno.test("seatsAt() is sellable before a sale, but not after it", () => {
  const early = offer({ types: [type({ salesStartMs: hours(1).getTime() })] });
  assert.deepEqual(seatsAt(early, NOW), { availableSeats: 0, isSellable: true });
  assert.deepEqual(seatsAt({ ...early, free: { 0: 0 } }, NOW).isSellable, false);
  const late = offer({ types: [type({ salesEndMs: NOW.getTime() })] });
  assert.deepEqual(seatsAt(late, NOW), { availableSeats: 0, isSellable: false });
});

Deno.test("laterSeats() has each moment to come at which the seats for sale differ", () => {
  const pool = (number: number, given: Partial<OfferedType>) =>
    type({ pools: [0, number], units: [1, 1], ...given });
  const sold = offer({
    free: { 0: 10, 1: 3, 2: 4, 3: 0 },
    types: [
      pool(1, { salesEndMs: hours(2).getTime() }),
      pool(2, { salesStartMs: hours(1).getTime(), salesEndMs: hours(3).getTime() }),
      pool(3, { salesStartMs: hours(2.5).getTime() }),
      pool(1, { salesStartMs: hours(-2).getTime(), salesEndMs: hours(-1).getTime() }),
    ],
  });
  assert.equal(seatsAt(sold, NOW).availableSeats, 3);
  assert.deepEqual(laterSeats(sold, NOW), [
    { from: hours(1), availableSeats: 7 },
    { from: hours(2), availableSeats: 4 },
    { from: hours(3), availableSeats: 0 },
  ]);
  assert.deepEqual(laterSeats(sold, hours(2.2)), [{ from: hours(3), availableSeats: 0 }]);
  assert.deepEqual(laterSeats(offer({ types: [type()] }), NOW), []);
});

Deno.test("pricesOf() lists distinct prices from low to high", () => {
  const types = [300, 0, 1_000, 300].map((priceMinor) => type({ priceMinor }));
  assert.deepEqual(pricesOf({ types }), [0, 300, 1_000]);
  assert.deepEqual(pricesOf({ types: [] }), []);
});
