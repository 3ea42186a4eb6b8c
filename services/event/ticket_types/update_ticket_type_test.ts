import assert from "node:assert/strict";
import { times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  assertPoolsAddUp,
  createEventWorld,
  createOffer,
  type EventWorld,
  numberedChanges,
  seatsOf,
} from "../testing/world.ts";
import type { ManagedTicketTypeResponse } from "./wire.ts";

const STALE = "Ticket type was updated by another admin. Please refresh and try again.";
const MINUTE_MS = 60_000;

function idsOf(types: readonly ManagedTicketTypeResponse[]): string[] {
  return types.map(({ ticket_type_id }) => ticket_type_id);
}

/** What an allocation remembers of the type that it was sold as. */
async function allocationOf({ sql }: EventWorld, allocationId: string) {
  const [row] = await sql`
    SELECT quantity, unit_price_minor, pools::integer[] AS pools, units
      FROM seat_allocations WHERE allocation_id = ${allocationId}`;
  return { ...row };
}

Deno.test("sending back what was read of a type changes nothing, in any state", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
  await offer.type({
    description: "Upstairs",
    gives: 2,
    capacity: 5,
    pools: [{ pool_id: pool.pool_id, units: 3 }],
    max_per_order: 3,
    max_per_buyer: 3,
    sales_start: at(-MINUTE_MS),
    sales_end: at(MINUTE_MS),
  });
  await offer.type({ name: "Guests", price: 0, status: "paused" });
  const changes = () => numberedChanges(world);
  const versions = () => world.sql`SELECT version, updated_at FROM events`;
  const before = [await offer.types(), await changes(), await versions()];
  world.clock.advance(1_000);

  for (const type of before[0] as ManagedTicketTypeResponse[]) {
    const { version, ...unguarded } = type;
    const spelled = { name: ` ${type.name}`, ...type.kind === "free" ? { price: 0 } : {} };
    for (const body of [type, unguarded, {}, { version }, spelled]) {
      assert.deepEqual(await offer.change(type.ticket_type_id, body), type, JSON.stringify(body));
    }
    const stale = await offer.send("PUT", `/ticket-types/${type.ticket_type_id}`, {
      ...type,
      version: version + 1,
    });
    assert.deepEqual([stale.status, stale.body.code, stale.body.error], [
      409,
      "STALE_VERSION",
      STALE,
    ]);
  }
  assert.deepEqual([await offer.types(), await changes(), await versions()], before);
});

Deno.test("updateTicketType() changes what is given and takes away what is null", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const { ticket_type_id: id } = await offer.type();
  const start = new Date(world.clock.now().getTime() - 1).toISOString();
  world.clock.advance(1_000);

  const full = await offer.change(id, {
    name: "Terrace",
    description: "Outside",
    price: 750.25,
    gives: 2,
    capacity: 8,
    min_per_order: 2,
    max_per_order: 4,
    max_per_buyer: 6,
    sales_start: start,
    version: 1,
  });
  assert.equal(full.version, 2);
  assert.equal(full.updated_at, world.clock.now().toISOString());
  const { name, description, price, gives, capacity, min_per_order, max_per_order } = full;
  assert.deepEqual(
    { name, description, price, gives, capacity, min_per_order, max_per_order },
    {
      name: "Terrace",
      description: "Outside",
      price: 750.25,
      gives: 2,
      capacity: 8,
      min_per_order: 2,
      max_per_order: 4,
    },
  );
  assert.deepEqual([full.max_per_buyer, full.sales_start, full.available], [6, start, 8]);
  assert.equal((await offer.pools()).at(-1)!.name, "Terrace");

  const bare = await offer.change(id, {
    description: null,
    capacity: null,
    max_per_order: null,
    max_per_buyer: null,
    sales_start: null,
    sales_end: null,
    min_per_order: 1,
  });
  for (
    const field of ["description", "capacity", "max_per_order", "max_per_buyer", "sales_start"]
  ) {
    assert.ok(!Object.hasOwn(bare, field), field);
  }
  assert.deepEqual([bare.version, bare.available], [3, 50]);
  assert.equal((await offer.pools()).length, 1, "the own pool is gone");
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("the default type is changed like others; name and price are the event's", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const id = offer.eventId;
  const seen = async () => (await world.send("GET", `/events/${id}`)).body;
  assert.equal((await seen()).version, 2);

  const renamed = await offer.change(id, { name: "Standing", price: 900, max_per_order: 4 });
  assert.deepEqual([renamed.name, renamed.price, renamed.version], ["Standing", 900, 2]);
  assert.deepEqual([(await seen()).base_price, (await seen()).version], [900, 3]);
  const limited = await offer.change(id, { max_per_order: 5, capacity: 30 });
  assert.deepEqual([limited.version, limited.capacity, limited.available], [3, 30, 30]);
  assert.equal((await seen()).version, 3, "the event's version is of its own columns");

  await offer.send("PUT", "", { base_price: 0 });
  const [free] = await offer.types();
  assert.deepEqual([free!.kind, free!.price, free!.version], ["free", 0, 4]);
  const stale = await offer.send("PUT", `/ticket-types/${id}`, { price: 5, version: 3 });
  assert.deepEqual([stale.status, stale.body.error], [409, STALE]);
  const paid = await offer.change(id, { kind: "paid", price: 5, version: 4 });
  assert.deepEqual([paid.kind, paid.price], ["paid", 5]);
  assert.equal((await seen()).base_price, 5);
});

Deno.test("a plain hold is of the default type, as it is now", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const { eventId } = offer;
  const held = async (quantity = 1) => {
    const { results: [result] } = await seatsOf(world, eventId).hold([{ quantity }]);
    return result!.outcome === "refused" ? result!.reason : result!.outcome;
  };
  assert.equal(await held(), "held");
  await offer.change(eventId, { status: "paused" });
  assert.equal(await held(), "not_on_sale");
  await offer.change(eventId, { status: "active", min_per_order: 2 });
  assert.deepEqual([await held(1), await held(2)], ["min", "held"]);
  await offer.change(eventId, { min_per_order: 1, max_per_order: 3 });
  assert.deepEqual([await held(4), await held(3)], ["max", "held"]);
  await offer.change(eventId, { max_per_order: null, capacity: 2 });
  assert.deepEqual([await held(3), await held(2)], ["seats", "held"]);
  await offer.change(eventId, { capacity: null });
  assert.equal(await held(10), "held");
  await assertPoolsAddUp(world.sql, eventId);
  await assertInventoryAddsUp(world.sql, eventId);
});

Deno.test("every change of types and pools is numbered for search", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const change = async () => {
    const row = (await numberedChanges(world)).find((row) => row.event_id === offer.eventId);
    return row!.change as number;
  };
  const pool = await offer.pool();
  const type = await offer.type();
  const typePath = `/ticket-types/${type.ticket_type_id}`;
  const poolPath = `/pools/${pool.pool_id}`;
  for (
    const [method, path, body] of [
      ["POST", "/pools", { name: "Balcony", capacity: 1 }],
      ["PUT", poolPath, { capacity: 20 }],
      ["POST", "/ticket-types", { name: "Late", price: 1 }],
      ["PUT", typePath, { price: 2 }],
      ["PUT", typePath, { status: "paused" }],
      ["PUT", `/ticket-types/${offer.eventId}`, { price: 3 }],
      ["PUT", "", { max_held_per_user: 3 }],
      ["DELETE", typePath, undefined],
      ["DELETE", poolPath, undefined],
    ] as const
  ) {
    const before = await change();
    assert.ok((await offer.send(method, path, body)).status < 300);
    assert.ok(await change() > before, `${method} ${path}`);
  }
});

Deno.test("moving a type makes the others close ranks", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const types = [offer.eventId];
  for (const name of ["A", "B", "C"]) types.push((await offer.type({ name })).ticket_type_id);
  const [house, a, b, c] = types as [string, string, string, string];
  const moved = async (id: string, position: number) => {
    const type = await offer.change(id, { position });
    const listed = await offer.types();
    assert.deepEqual(listed.map((type) => type.position), [0, 1, 2, 3]);
    assert.equal(type.position, idsOf(listed).indexOf(id));
    return idsOf(listed);
  };
  assert.deepEqual(await moved(c, 0), [c, house, a, b]);
  assert.deepEqual(await moved(c, 2), [house, a, c, b]);
  assert.deepEqual(await moved(house, 99), [a, c, b, house]);
  const before = await offer.types();
  assert.deepEqual(await moved(house, 50), [a, c, b, house], "the last stays the last");
  assert.deepEqual(await offer.types(), before);
  assert.deepEqual(
    before.map(({ version }) => version),
    [1, 3, 1, 2],
    "only a type that is moved gets a version",
  );
});

Deno.test("two organisers at once: one update of a version wins", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const { ticket_type_id: id } = await offer.type();
  const answers = await Promise.all(
    times(6, (i) => offer.send("PUT", `/ticket-types/${id}`, { price: 100 + i, version: 1 })),
  );
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.error]).toSorted(),
    [[200, undefined], ...times(5, () => [409, STALE])],
  );
  const [, type] = await offer.types();
  const winner = answers.find(({ status }) => status === 200)!.body;
  assert.deepEqual([type!.price, type!.version], [winner.price, 2]);
  for (const path of [`/ticket-types/${id}?version=1`, `/ticket-types/${id}`]) {
    const body = path.includes("?") ? undefined : { version: 1 };
    const late = await offer.send("DELETE", path, body);
    assert.deepEqual([late.status, late.body.error], [409, STALE]);
  }
  assert.equal((await offer.send("DELETE", `/ticket-types/${id}`, { version: 2 })).status, 200);
});

Deno.test("changes touch neither the price nor the seats of what is held or sold", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 40 } });
  const { eventId } = offer;
  const seats = seatsOf(world, eventId);
  const stalls = await offer.pool({ capacity: 20 });
  const balcony = await offer.pool({ name: "Balcony", capacity: 20 });
  const type = await offer.type({ gives: 2, pools: [{ pool_id: stalls.pool_id }] });
  const { ticket_type_id: id } = type;
  const held = await offer.held(id, { quantity: 3 });
  const sold = await offer.held(id, { quantity: 2 });
  await seats.commit(sold);
  const before = [await allocationOf(world, held), await allocationOf(world, sold)];

  const changed = await offer.change(id, {
    price: 1_000,
    gives: 3,
    pools: [{ pool_id: balcony.pool_id, units: 1 }],
    status: "paused",
  });
  assert.deepEqual([changed.held, changed.sold], [3, 2]);
  assert.deepEqual([await allocationOf(world, held), await allocationOf(world, sold)], before);
  assert.equal(await offer.tryHold(id), "not_on_sale");
  await assertPoolsAddUp(world.sql, eventId);

  await offer.change(id, { status: "active" });
  const later = await offer.held(id, { quantity: 1 });
  assert.deepEqual(await allocationOf(world, later), {
    quantity: 1,
    unit_price_minor: 100_000,
    pools: [0, 2],
    units: [3, 1],
  });
  await seats.commit(held);
  await seats.release(sold);
  await assertPoolsAddUp(world.sql, eventId);
  const counters = (await offer.pools()).map(({ held, sold }) => [held, sold]);
  assert.deepEqual(counters, [[3, 6], [0, 6], [1, 0]]);
  await assertInventoryAddsUp(world.sql, eventId);
});

Deno.test("lowering a type's capacity below what is taken is 409 and says how many", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type({ capacity: 10, gives: 3 });
  const { ticket_type_id: id } = type;
  const held = await offer.held(id, { quantity: 2 });
  await seatsOf(world, offer.eventId).commit(await offer.held(id, { quantity: 1 }));
  const put = (fields: Record<string, unknown>) => offer.send("PUT", `/ticket-types/${id}`, fields);

  const { status, body } = await put({ capacity: 2, price: 1 });
  assert.deepEqual([status, body.code, body.error], [
    409,
    "CAPACITY_BELOW_SOLD",
    "Cannot set capacity to 2 as seats are held or sold: current value is 3",
  ]);
  const [, stored] = await offer.types();
  assert.deepEqual([stored!.capacity, stored!.price, stored!.version], [10, 500, 1]);
  const full = await offer.change(id, { capacity: 3 });
  assert.deepEqual([full.available, full.state], [0, "sold_out"]);
  assert.equal(await offer.tryHold(id), "seats");

  const unlimited = await offer.change(id, { capacity: null });
  assert.deepEqual([unlimited.capacity, unlimited.available], [undefined, 30]);
  const own = (await offer.pools()).at(-1)!;
  assert.deepEqual([own.held, own.sold], [2, 1], "it stays while seats of it are taken");
  await seatsOf(world, offer.eventId).release(held);
  const again = await offer.change(id, { capacity: 5 });
  assert.deepEqual([again.capacity, again.available], [5, 4]);
  assert.equal((await offer.pools()).at(-1)!.pool_id, own.pool_id);
  await assertPoolsAddUp(world.sql, offer.eventId);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("the own pool of a type can be resized as a pool; the type's version tells", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type({ capacity: 10 });
  const own = (await offer.pools()).at(-1)!;
  const put = (body: unknown) => offer.send("PUT", `/pools/${own.pool_id}`, body);
  assert.equal((await put({ capacity: 20, name: "Upper circle" })).status, 200);
  const [, resized] = await offer.types();
  assert.deepEqual([resized!.capacity, resized!.version, resized!.name], [20, 2, type.name]);
  const stale = await offer.send("PUT", `/ticket-types/${type.ticket_type_id}`, type);
  assert.deepEqual([stale.status, stale.body.error], [409, STALE]);
  const changed = await offer.change(type.ticket_type_id, { price: 7, version: 2 });
  assert.deepEqual([changed.capacity, changed.available], [20, 20]);
  assert.equal((await offer.pools()).at(-1)!.name, "Upper circle");
});

Deno.test("a limit a buyer counts what buyers have when it is set", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type();
  const { ticket_type_id: id } = type;
  const [anna, ben] = [crypto.randomUUID(), crypto.randomUUID()];
  await offer.held(id, { quantity: 3, buyerId: anna });
  await seatsOf(world, offer.eventId).commit(await offer.held(id, { buyerId: anna }));

  await offer.change(id, { max_per_buyer: 5 });
  assert.equal(await offer.tryHold(id, { quantity: 2, buyerId: anna }), "buyer_limit");
  assert.equal(await offer.tryHold(id, { quantity: 1, buyerId: anna }), "held");
  assert.equal(await offer.tryHold(id, { quantity: 5, buyerId: ben }), "held");
  await offer.change(id, { max_per_buyer: 2 });
  assert.equal(await offer.tryHold(id, { buyerId: ben }), "buyer_limit");
  await offer.change(id, { max_per_buyer: null });
  assert.equal(await offer.tryHold(id, { quantity: 2, buyerId: anna }), "held");
  await offer.change(id, { max_per_buyer: 8 });
  assert.equal(await offer.tryHold(id, { quantity: 2, buyerId: anna }), "buyer_limit");
  assert.equal(await offer.tryHold(id, { quantity: 3, buyerId: ben }), "held");
});

Deno.test("a type whose event has no seats that it needs is sold out, others are not", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const pool = await offer.pool({ capacity: 4 });
  const draw = [{ pool_id: pool.pool_id }];
  const family = await offer.type({ name: "Family", gives: 4, pools: draw });
  const single = await offer.type({ name: "Single", pools: draw });
  await offer.held(single.ticket_type_id);
  const states = async () =>
    (await offer.types()).map(({ name, state, available }) => [name, state, available]);
  assert.deepEqual(await states(), [
    ["General admission", "on_sale", 9],
    ["Family", "sold_out", 0],
    ["Single", "on_sale", 3],
  ]);
  assert.equal(await offer.tryHold(family.ticket_type_id), "seats");
  assert.equal(await offer.tryHold(single.ticket_type_id, { quantity: 3 }), "held");
});

Deno.test("a sale window opens and closes a type", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const startsAt = new Date(world.clock.now().getTime() + MINUTE_MS);
  const { ticket_type_id: id } = await offer.type({
    sales_start: startsAt.toISOString(),
    sales_end: new Date(startsAt.getTime() + MINUTE_MS).toISOString(),
  });
  const seen = async () => {
    const [, type] = await offer.types();
    return [type!.state, type!.available > 0, await offer.tryHold(id)];
  };
  world.clock.advance(MINUTE_MS - 1);
  assert.deepEqual(await seen(), ["soon", false, "not_on_sale"]);
  world.clock.advance(1);
  assert.deepEqual(await seen(), ["on_sale", true, "held"]);
  world.clock.advance(MINUTE_MS - 1);
  assert.deepEqual(await seen(), ["on_sale", true, "held"]);
  world.clock.advance(1);
  assert.deepEqual(await seen(), ["ended", false, "not_on_sale"]);
});

/** An event of ten seats with a type of its own pool that is taken, so that people can wait for it. */
async function waitedFor(world: EventWorld) {
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const { ticket_type_id: typeId } = await offer.type({ name: "Own", capacity: 2 });
  const heldId = await offer.held(typeId, { quantity: 2 });
  await wait(world, offer.eventId, typeId, 1);
  const aside = async () => {
    const counts = (await offer.pools()).map(({ available, set_aside }) => [available, set_aside]);
    await assertInventoryAddsUp(world.sql, offer.eventId);
    return counts;
  };
  return { offer, typeId, heldId, aside };
}

async function wait(world: EventWorld, eventId: string, typeId: string, minQuantity: number) {
  const wanted = [{ ticket_type_ids: [typeId], min_quantity: minQuantity }];
  const answer = await world.internal("POST", `/events/${eventId}/waitlist/open`, { wanted });
  assert.deepEqual(answer.body.results, ["waits"]);
}

Deno.test("a change of a type that people wait for sets aside what they could use", async () => {
  await using world = await createEventWorld();
  const { offer, typeId, heldId, aside } = await waitedFor(world);
  assert.deepEqual(await aside(), [[8, 0], [0, 0]]);
  await offer.change(typeId, { capacity: 5 });
  assert.deepEqual(await aside(), [[5, 3], [0, 3]], "three seats of it are free");
  await offer.change(typeId, { gives: 2 });
  assert.deepEqual(await aside(), [[2, 6], [0, 3]], "each ticket takes two seats of the house");
  await offer.change(typeId, { status: "paused" });
  assert.deepEqual(await aside(), [[8, 0], [3, 0]], "nobody could have them now");
  await offer.change(typeId, { status: "active" });
  assert.deepEqual(await aside(), [[2, 6], [0, 3]]);
  await seatsOf(world, offer.eventId).release(heldId);
  await offer.change(typeId, { capacity: null, gives: 1 });
  assert.deepEqual(await aside(), [[0, 10]], "without a pool of its own it could use all");
  assert.deepEqual(await offer.tryHold(typeId), "waitlist");
  assert.equal((await offer.send("DELETE", `/ticket-types/${typeId}`)).status, 200);
  assert.deepEqual(await aside(), [[10, 0]], "the type is archived");
  assert.equal(await offer.tryHold(offer.eventId), "held");
});

Deno.test("a type that is removed takes its waitlist with it", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 10 } });
  const { ticket_type_id: typeId } = await offer.type({ name: "Own", capacity: 2 });
  await wait(world, offer.eventId, typeId, 3);
  const state = async () => {
    const counts = (await offer.pools()).map(({ available, set_aside }) => [available, set_aside]);
    const { event } = await seatsOf(world, offer.eventId).hold([{ quantity: 99 }]);
    return [counts, event.waitlist_open];
  };
  assert.deepEqual(await state(), [[[8, 2], [0, 2]], true]);
  assert.equal((await offer.send("DELETE", `/ticket-types/${typeId}`)).status, 200);
  assert.deepEqual(await state(), [[[10, 0]], false]);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});
