import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { SoldOutMemory } from "./sold_out_memory.ts";

/** Later than what most of these tests look at. */
const STARTS_IN_MS = 3_600_000;

function createMemory() {
  const clock = new ManualClock();
  const memory = new SoldOutMemory(clock);
  const event = newId();
  const startsAt = new Date(clock.now().getTime() + STARTS_IN_MS);
  return {
    clock,
    memory,
    event,
    /** Notes a refusal by the inventory. */
    refused: (available: number, seq = 1, askedAt = clock.now()) =>
      memory.remember(event, { available, seq, askedAt, startsAt }),
    seatsAre: (availableSeats: number, seq: number) =>
      memory.seatsAre(event, { availableSeats, seq }),
  };
}

Deno.test("SoldOutMemory refuses quantities above the free seats only", () => {
  const { memory, event, refused } = createMemory();
  refused(1);
  assert.equal(memory.refuses(event, 2), true);
  assert.equal(memory.refuses(event, 1), false);
  assert.equal(memory.refuses(newId(), 2), false);
});

Deno.test("SoldOutMemory lets one request ask again every 200 ms", () => {
  const { clock, memory, event, refused } = createMemory();
  refused(0);
  for (let round = 0; round < 3; round++) {
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(199);
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(1);
    assert.equal(memory.refuses(event, 1), false, "one asks");
  }
});

Deno.test("SoldOutMemory counts from the time of the hold, not of its answer", () => {
  const { clock, memory, event, refused } = createMemory();
  const askedAt = clock.now();
  clock.advance(150);
  refused(0, 1, askedAt);
  clock.advance(49);
  assert.equal(memory.refuses(event, 1), true);
  clock.advance(1);
  assert.equal(memory.refuses(event, 1), false);
});

Deno.test("SoldOutMemory ignores old refusals", () => {
  const { clock, memory, event, refused } = createMemory();
  refused(0);
  clock.advance(400);
  for (let request = 0; request < 3; request++) assert.equal(memory.refuses(event, 1), false);
});

Deno.test("SoldOutMemory notes freed seats at once, and ignores older news", () => {
  const { memory, event, refused, seatsAre } = createMemory();
  refused(0, 5);
  seatsAre(3, 4);
  assert.equal(memory.refuses(event, 1), true, "older");
  seatsAre(2, 6);
  assert.equal(memory.refuses(event, 2), false);
  assert.equal(memory.refuses(event, 3), true);
  refused(0, 5);
  assert.equal(memory.refuses(event, 2), false, "the refusal is older");
  refused(0, 6);
  assert.equal(memory.refuses(event, 2), true, "for another reason, such as a waitlist");
});

Deno.test("SoldOutMemory refuses nobody without a refusal", () => {
  const { memory, event, seatsAre } = createMemory();
  seatsAre(0, 1);
  assert.equal(memory.refuses(event, 1), false);
});

Deno.test("SoldOutMemory refuses nobody after the event has begun", () => {
  const { clock, memory, event, refused } = createMemory();
  clock.advance(STARTS_IN_MS - 1);
  refused(0);
  assert.equal(memory.refuses(event, 1), true);
  clock.advance(1);
  assert.equal(memory.refuses(event, 1), false);
  assert.equal(memory.refuses(event, 1), false);
});

Deno.test("SoldOutMemory knows ticket types until seats may have become free", () => {
  const { clock, memory, event, seatsAre } = createMemory();
  const [type, other] = [newId(), newId()];
  const refused = (seq: number) => {
    const startsAt = new Date(clock.now().getTime() + STARTS_IN_MS);
    const seen = { available: 1, seq, askedAt: clock.now(), startsAt };
    memory.rememberType({ eventId: event, ticketTypeId: type }, seen);
  };
  refused(5);
  assert.equal(memory.refusesType(event, type, 2), true);
  assert.equal(memory.refusesType(event, type, 1), false);
  assert.equal(memory.refusesType(event, other, 2), false);
  assert.equal(memory.refuses(event, 2), false, "other types may be left");
  memory.seatsAre(event, { availableSeats: 9, seq: 6, isSale: true });
  assert.equal(memory.refusesType(event, type, 2), true, "a sale frees nothing");
  seatsAre(10, 7);
  assert.equal(memory.refusesType(event, type, 2), false);
  refused(6);
  assert.equal(memory.refusesType(event, type, 2), false, "the refusal is older");
  refused(7);
  assert.equal(memory.refusesType(event, type, 2), true);
});
