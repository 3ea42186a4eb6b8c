import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { PublicEvents } from "./public_events.ts";
import {
  createEventWorld,
  createOffer,
  type EventWorld,
  type Json,
  type Offer,
  readFeed,
  seatsOf,
} from "../testing/world.ts";
import { numberChanges } from "../search_feed/number_changes.ts";

const HOUR_MS = 3_600_000;
const ROUNDS = roundsOr(12);
const SEED = seedOfRun();

function later(world: EventWorld, hours: number): string {
  return new Date(world.clock.now().getTime() + hours * HOUR_MS).toISOString();
}

async function eventOf(world: EventWorld, { eventId }: Offer): Promise<Json> {
  const { status, body } = await world.send("GET", `/events/${eventId}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

async function availabilityOf(world: EventWorld, { eventId }: Offer): Promise<Json> {
  return (await world.send("GET", `/events/${eventId}/availability`)).body;
}

/** What the change feed has of an event. */
async function documentOf(world: EventWorld, { eventId }: Offer): Promise<Json> {
  await numberChanges({ seatSql: world.sql });
  const { items } = await readFeed(world);
  return items.find(({ event_id }) => event_id === eventId).event;
}

/** `available` and `state` of each type that is shown, by name. */
function byName({ ticket_types }: Json): Record<string, [number, string]> {
  return Object.fromEntries(
    ticket_types.map((type: Json) => [type.name, [type.available, type.state]]),
  );
}

Deno.test("an event shows its ticket types with prices, limits, windows and what is left", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 20, base_price: 50 } });
  const { pool_id } = await offer.pool({ name: "Balcony", capacity: 9 });
  const family = await offer.type({
    name: "Family",
    description: "For four",
    price: 150,
    gives: 4,
    max_per_buyer: 2,
  });
  const [start, end] = [later(world, 1), later(world, 2)];
  const balcony = await offer.type({
    name: "Balcony",
    price: 80.5,
    pools: [{ pool_id }],
    min_per_order: 2,
    max_per_order: 6,
    sales_start: start,
    sales_end: end,
    position: 0,
  });
  const child = await offer.type({ name: "Child", kind: "free", price: 0, capacity: 3 });
  const hidden = await offer.type({ name: "Paused", price: 9_999, status: "paused" });

  const event = await eventOf(world, offer);
  assert.deepEqual(event.ticket_types, [
    {
      ticket_type_id: balcony.ticket_type_id,
      name: "Balcony",
      kind: "paid",
      price: 80.5,
      available: 0,
      state: "soon",
      sales_start: start,
      sales_end: end,
      min_per_order: 2,
      max_per_order: 6,
      gives: 1,
    },
    {
      ticket_type_id: offer.eventId,
      name: "General admission",
      kind: "paid",
      price: 50,
      available: 20,
      state: "on_sale",
      min_per_order: 1,
      max_per_order: 10,
      gives: 1,
    },
    {
      ticket_type_id: family.ticket_type_id,
      name: "Family",
      description: "For four",
      kind: "paid",
      price: 150,
      available: 5,
      state: "on_sale",
      min_per_order: 1,
      max_per_order: 2,
      max_per_buyer: 2,
      gives: 4,
    },
    {
      ticket_type_id: child.ticket_type_id,
      name: "Child",
      kind: "free",
      price: 0,
      available: 3,
      state: "on_sale",
      min_per_order: 1,
      max_per_order: 10,
      gives: 1,
    },
  ]);
  assert.deepEqual(event.price_range, { min: 0, max: 150 });
  assert.deepEqual([event.available_seats, event.total_capacity], [20, 20]);

  const { by_type, available_seats } = await availabilityOf(world, offer);
  assert.equal(available_seats, 20);
  assert.deepEqual(by_type, [
    { ticket_type_id: balcony.ticket_type_id, available: 0, state: "soon" },
    { ticket_type_id: offer.eventId, available: 20, state: "on_sale" },
    { ticket_type_id: family.ticket_type_id, available: 5, state: "on_sale" },
    { ticket_type_id: child.ticket_type_id, available: 3, state: "on_sale" },
  ]);
  assert.ok(!JSON.stringify(event).includes(hidden.ticket_type_id));

  const internal = (await world.internal("GET", `/events/${offer.eventId}`)).body;
  assert.deepEqual([internal.available_seats, internal.by_type], [20, by_type]);
});

Deno.test("a plain event shows its default type with its name and description", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { base_price: 0, max_tickets_per_booking: 4 } });
  await offer.change(offer.eventId, { name: "Standing", description: "In front" });
  const { ticket_types, price_range } = await eventOf(world, offer);
  assert.deepEqual(ticket_types, [{
    ticket_type_id: offer.eventId,
    name: "Standing",
    description: "In front",
    kind: "free",
    price: 0,
    available: 100,
    state: "on_sale",
    min_per_order: 1,
    max_per_order: 4,
    gives: 1,
  }]);
  assert.deepEqual(price_range, { min: 0, max: 0 });
  const plain = await world.sql`
    SELECT plain FROM seat_inventory WHERE event_id = ${offer.eventId} AND pool = 0`;
  assert.deepEqual([...plain], [{ plain: true }], "what plain events cost is tested here");
  assert.equal((await world.internal("GET", `/events/${offer.eventId}`)).body.by_type, undefined);
  const document = await documentOf(world, offer);
  const { prices, seats_taken, available_later } = document;
  assert.deepEqual([prices, seats_taken, available_later], [undefined, undefined, undefined]);
});

Deno.test("a window opens and closes for readers without a change or a query", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  await offer.type({ name: "Early", capacity: 4, sales_end: later(world, 1) });
  await offer.type({ name: "Late", capacity: 3, sales_start: later(world, 1) });
  await offer.change(offer.eventId, { status: "paused" });
  world.clock.advance(HOUR_MS - 500);

  assert.deepEqual(byName(await eventOf(world, offer)), {
    Early: [4, "on_sale"],
    Late: [0, "soon"],
  });
  const before = await availabilityOf(world, offer);
  world.clock.advance(500);
  assert.deepEqual(byName(await eventOf(world, offer)), {
    Early: [0, "ended"],
    Late: [3, "on_sale"],
  });
  const after = await availabilityOf(world, offer);
  assert.deepEqual([before.available_seats, after.available_seats], [4, 3]);
  assert.equal(
    after.last_updated,
    before.last_updated,
    "the same reading, seen half a second later",
  );
});

Deno.test("an event is sold out when no type can be bought now or later", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const [start, end] = [later(world, 1), later(world, 3)];
  const type = await offer.type({ capacity: 2, sales_start: start, sales_end: end });
  const read = async () => {
    const { status, available_seats } = await eventOf(world, offer);
    const listed = (await world.send("GET", "/events")).body.events[0];
    const { events: [summary] } = (await world.internal("POST", "/events/lookup", {
      event_ids: [offer.eventId],
    })).body;
    const internal = (await world.internal("GET", `/events/${offer.eventId}`)).body;
    const document = await documentOf(world, offer);
    for (const other of [listed, internal, document]) {
      assert.deepEqual([other.status, other.available_seats], [status, available_seats]);
    }
    assert.equal(summary.status, status);
    return [status, available_seats];
  };
  await offer.change(offer.eventId, { status: "paused" });
  assert.deepEqual(await read(), ["published", 0], "its sale is still to come");
  world.clock.advance(HOUR_MS);
  assert.deepEqual(await read(), ["published", 2]);
  const held = await offer.held(type.ticket_type_id, { quantity: 2 });
  assert.deepEqual(await read(), ["sold_out", 0], "eight seats of the house are in no type's pool");
  await seatsOf(world, offer.eventId).release(held);
  assert.deepEqual(await read(), ["published", 2]);
  world.clock.advance(2 * HOUR_MS);
  assert.deepEqual(await read(), ["sold_out", 0]);
});

Deno.test("no type is on sale once the event has begun, or is cancelled", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  await offer.type({ sales_start: later(world, 9_999) });
  await offer.send("DELETE", "");
  const { ticket_types } = await eventOf(world, offer);
  assert.deepEqual(ticket_types.map(({ state }: Json) => state), ["ended", "ended"]);

  const begun = await createOffer(world);
  await begun.type();
  world.clock.set(new Date((await eventOf(world, begun)).start_datetime));
  const { ticket_types: types, status } = await eventOf(world, begun);
  assert.deepEqual([...types.map(({ state }: Json) => state), status], [
    "ended",
    "ended",
    "published",
  ]);
});

Deno.test("what this process does to ticket types and seats is seen at once", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const type = await offer.type({ name: "Own", capacity: 2 });
  const seen = async () => byName(await eventOf(world, offer));
  const generally = (available: number): [number, string] => [available, "on_sale"];
  assert.deepEqual(await seen(), { "General admission": generally(10), Own: generally(2) });
  const held = await offer.held(type.ticket_type_id, { quantity: 2 });
  assert.deepEqual(await seen(), { "General admission": generally(8), Own: [0, "sold_out"] });
  await offer.held(offer.eventId, { quantity: 3 });
  assert.deepEqual(await seen(), { "General admission": generally(5), Own: [0, "sold_out"] });
  await seatsOf(world, offer.eventId).release(held);
  assert.deepEqual(await seen(), { "General admission": generally(7), Own: generally(2) });
  await offer.change(type.ticket_type_id, { capacity: 1, name: "Renamed" });
  assert.deepEqual(await seen(), { "General admission": generally(7), Renamed: generally(1) });
  await seatsOf(world, offer.eventId).waitlist(true);
  world.clock.advance(1_000);
  assert.deepEqual(await seen(), {
    "General admission": [0, "waitlist"],
    Renamed: [0, "sold_out"],
  });
});

Deno.test("what another process does is seen within a second", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const type = await offer.type({ name: "Own", capacity: 2 });
  const events = new PublicEvents({ sql: world.sql, clock: world.clock });
  const free = async () => (await events.find(offer.eventId))?.offer.free;
  assert.deepEqual(await free(), { 0: 10, 1: 2 });
  await offer.held(type.ticket_type_id);
  world.clock.advance(999);
  assert.deepEqual(await free(), { 0: 10, 1: 2 });
  world.clock.advance(1);
  assert.deepEqual(await free(), { 0: 9, 1: 1 });
});

Deno.test("concurrent readers of an event whose types were sold share one query", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  await offer.type();
  let statements = 0;
  const counting = new Proxy(world.sql, {
    apply(target, self, args) {
      if (args[0]?.raw?.some((text: string) => text.includes("WHERE e.event_id ="))) statements++;
      return Reflect.apply(target, self, args);
    },
  }) as Pool;
  const events = new PublicEvents({ sql: counting, clock: world.clock });
  const { seatSeq } = (await events.find(offer.eventId))!;
  await offer.held(offer.eventId);
  events.seatsAre(offer.eventId, { availableSeats: 99, seq: seatSeq + 1 });
  const seen = await Promise.all(times(500, () => events.find(offer.eventId)));
  assert.deepEqual(new Set(seen.map((event) => event?.offer.free[0])), new Set([99]));
  assert.equal(statements, 2);
});

Deno.test("search documents have the prices, the seats taken and the windows to come", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10, base_price: 50 } });
  const [start, end] = [later(world, 1), later(world, 3)];
  await offer.type({ name: "Early", price: 20, capacity: 4, sales_end: end });
  await offer.type({ name: "Late", price: 50, capacity: 3, sales_start: start });
  await offer.type({ name: "Paused", price: 1, status: "paused" });
  await offer.change(offer.eventId, { status: "paused", price: 70.5 });
  await offer.held((await offer.types()).find(({ name }) => name === "Early")!.ticket_type_id);

  const { prices, seats_taken, available_seats, available_later } = await documentOf(world, offer);
  assert.deepEqual([prices, seats_taken, available_seats], [[20, 50], 1, 3]);
  assert.deepEqual(available_later, [
    { from: start, available_seats: 6 },
    { from: end, available_seats: 3 },
  ]);
});

/** Begin and end of sales, in hours from now. */
const WINDOWS: readonly [number?, number?][] = [[], [], [-1], [1], [-1, 2], [-2, -1], [1, 2]];

function windowOf(world: EventWorld, [start, end]: readonly [number?, number?]) {
  return {
    sales_start: start && later(world, start),
    sales_end: end && later(world, end),
  };
}

/** Whether anybody can hold the smallest order of a type; takes nothing. */
async function canHold(
  world: EventWorld,
  { eventId }: Offer,
  { ticketTypeId, quantity }: { ticketTypeId: string; quantity: number },
): Promise<boolean> {
  let granted = false;
  const rollback = new Error("rolled back");
  await transaction(world.sql, async (tx) => {
    const [row] = await tx<{ held: number }[]>`
      SELECT cardinality(granted) AS held
        FROM hold_seats(
          ${eventId}, ${[newId()]}::uuid[], ${[quantity]}::integer[], ${[
      world.clock.now().toISOString(),
    ]}::timestamptz[],
          'public', false, ${world.clock.now()}, ${[newId()]}::uuid[], ${[
      ticketTypeId,
    ]}::uuid[], NULL)`;
    granted = row!.held === 1;
    throw rollback;
  }).catch((error: unknown) => {
    if (error !== rollback) throw error;
  });
  return granted;
}

Deno.test(`available is 0 exactly when nothing can be held (TEST_SEED=${SEED})`, async () => {
  await using world = await createEventWorld();
  const random = randomFrom(SEED);
  const maybe = <T>(value: () => T): T | undefined => random.below(3) === 0 ? value() : undefined;
  let exhausted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const offer = await createOffer(world, {
      fields: {
        total_capacity: 4 + random.below(12),
        max_tickets_per_booking: 2 + random.below(6),
        max_held_per_user: maybe(() => 2 + random.below(6)),
      },
    });
    const pools = await Promise.all(times(2, (n) =>
      offer.pool({
        name: `Pool ${n}`,
        capacity: 1 + random.below(8),
      })));
    for (let count = 1 + random.below(3); count > 0; count--) {
      const minPerOrder = 1 + random.below(2);
      await offer.type({
        name: `Type ${count}`,
        gives: 1 + random.below(3),
        pools: pools.filter(() => random.below(2) === 0).map(({ pool_id }) => ({
          pool_id,
          units: 1 + random.below(2),
        })),
        min_per_order: minPerOrder,
        max_per_order: maybe(() => minPerOrder + random.below(3)),
        ...windowOf(world, random.pick(WINDOWS)),
      });
    }
    if (random.below(2) === 0) await offer.change(offer.eventId, { status: "paused" });

    for (let holds = 0; holds < 30; holds++) {
      const { ticket_types, available_seats } = await eventOf(world, offer);
      const holdable: Json[] = [];
      for (const type of ticket_types) {
        const wish = { ticketTypeId: type.ticket_type_id, quantity: type.min_per_order };
        const can = await canHold(world, offer, wish);
        assert.equal(type.available > 0, can, JSON.stringify({ type, ticket_types }));
        if (can) holdable.push(type);
      }
      assert.equal(available_seats > 0, holdable.length > 0, JSON.stringify(ticket_types));
      if (holdable.length === 0) {
        exhausted++;
        break;
      }
      const { ticket_type_id, min_per_order } = random.pick(holdable);
      await offer.held(ticket_type_id, { quantity: min_per_order, buyerId: newId() });
    }
  }
  assert.ok(exhausted > 0, "an event was sold to the last seat");
});
