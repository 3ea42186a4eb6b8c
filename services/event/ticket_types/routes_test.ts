import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  createEventWorld,
  createOffer,
  type Offer,
  seatsOf,
} from "../testing/world.ts";

const NOT_YOURS = "Event not found or you don't have permission";

/** Asserts that requests are refused with 400, that the text is ours and that it names the field. */
async function assertRefusals(
  send: (fields: Record<string, unknown>) => ReturnType<Offer["send"]>,
  cases: readonly [fields: Record<string, unknown>, path: string, error: string][],
): Promise<void> {
  for (const [fields, path, error] of cases) {
    const { status, body } = await send(fields);
    assert.equal(status, 400, `${JSON.stringify(fields)}: ${JSON.stringify(body)}`);
    assert.equal(body.code, "VALIDATION_FAILED");
    assert.equal(body.error, error);
    assert.ok(body.details.some((detail: { path: string }) => detail.path === path), error);
  }
}

/** Rules of fields that hold for new and for changed types. */
function badFields(world: { clock: { now(): Date } }): [Record<string, unknown>, string, string][] {
  const at = world.clock.now().toISOString();
  const positive = ["min_per_order", "max_per_order", "max_per_buyer", "capacity"].flatMap(
    (field): [Record<string, unknown>, string, string][] => [
      [{ [field]: 0 }, field, `${field} must be positive`],
      [{ [field]: -1 }, field, `${field} must be positive`],
      [{ [field]: 1.5 }, field, `${field} must be a whole number`],
      [{ [field]: "2" }, field, `${field} must be a whole number`],
      [{ [field]: 2 ** 31 }, field, `${field} must be at most 2147483647`],
    ],
  );
  return [
    ...positive,
    [{ name: "" }, "name", "name is required"],
    [{ name: null }, "name", "name is required"],
    [{ name: "x".repeat(101) }, "name", "name must have at most 100 characters"],
    [{ name: "a\u0000" }, "name", "name must not contain NUL characters"],
    [
      { description: "x".repeat(2_001) },
      "description",
      "description must have at most 2000 characters",
    ],
    [{ price: "5" }, "price", "price must be a number"],
    [{ price: -0.01 }, "price", "price cannot be negative"],
    [{ price: 0.001 }, "price", "price must have at most 2 decimals in INR"],
    [{ price: 21_474_836.48 }, "price", "price must be at most 21474836.47 in INR"],
    [{ kind: "donation" }, "kind", "kind must be paid or free"],
    [{ kind: null }, "kind", "kind must be paid or free"],
    [{ kind: "free" }, "price", "price must be 0 as kind is free"],
    [
      { kind: "paid", price: 0 },
      "price",
      "price must be more than 0 as kind is paid: only kind free costs nothing",
    ],
    [{ gives: 0 }, "gives", "gives must be at least 1"],
    [{ gives: 101 }, "gives", "gives must be at most 100"],
    [{ gives: 1.5 }, "gives", "gives must be a whole number"],
    [{ pools: {} }, "pools", "pools must be a list"],
    [{ pools: null }, "pools", "pools must be a list"],
    [{ pools: [{}] }, "pools.0.pool_id", "pool_id is required"],
    [{ pools: [{ pool_id: "7" }] }, "pools.0.pool_id", "Invalid pool_id format"],
    [{ pools: [{ pool_id: newId(), units: 0 }] }, "pools.0.units", "units must be at least 1"],
    [{ pools: [{ pool_id: newId(), units: 101 }] }, "pools.0.units", "units must be at most 100"],
    [
      { pools: times(8, () => ({ pool_id: newId() })) },
      "pools",
      "pools must have at most 7 items",
    ],
    [
      { pools: [{ pool_id: newId() }] },
      "pools.0.pool_id",
      "pools.0.pool_id must be a pool of this event",
    ],
    [
      { min_per_order: 2, max_per_order: 1 },
      "max_per_order",
      "max_per_order must be at least min_per_order: 2",
    ],
    [
      { min_per_order: 3, max_per_buyer: 2 },
      "max_per_buyer",
      "max_per_buyer must be at least min_per_order: 3",
    ],
    [
      { sales_start: "tomorrow" },
      "sales_start",
      "sales_start must be a date and time such as 2030-12-31T18:30:00Z",
    ],
    [
      { sales_end: "0001-01-01T00:00:00Z" },
      "sales_end",
      "sales_end must be between the years 1970 and 9999",
    ],
    [{ sales_start: at, sales_end: at }, "sales_start", "sales_start must be before sales_end"],
    [{ status: "sold_out" }, "status", "status must be active, paused or archived"],
    [{ status: null }, "status", "status must be active, paused or archived"],
    [{ position: -1 }, "position", "position must be at least 0"],
    [{ position: 0.5 }, "position", "position must be a whole number"],
    [{ position: "0" }, "position", "position must be a whole number"],
  ];
}

Deno.test("a new event lists its default type, with the event's id and price", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const [type, ...others] = await offer.types();
  assert.deepEqual(others, []);
  const { created_at, updated_at, ...fields } = type!;
  assert.equal(created_at, updated_at);
  assert.deepEqual(Object.entries(fields), [
    ["ticket_type_id", offer.eventId],
    ["name", "General admission"],
    ["kind", "paid"],
    ["price", 1_499.5],
    ["currency", "INR"],
    ["gives", 1],
    ["available", 100],
    ["state", "on_sale"],
    ["min_per_order", 1],
    ["pools", []],
    ["held", 0],
    ["sold", 0],
    ["status", "active"],
    ["position", 0],
    ["version", 1],
  ]);
});

Deno.test("createTicketType() adds a type with all its settings", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const [stalls, balcony] = [await offer.pool(), await offer.pool({ name: "Balcony" })];
  const from = new Date(world.clock.now().getTime() - 1_000).toISOString();
  const until = new Date(world.clock.now().getTime() + 60_000).toISOString();

  const { status, body } = await offer.send("POST", "/ticket-types", {
    name: " Family ticket",
    description: "Two adults, two children",
    price: 1_999.99,
    kind: "paid",
    gives: 4,
    capacity: 12,
    pools: [{ pool_id: balcony.pool_id, units: 1 }, { pool_id: stalls.pool_id.toUpperCase() }],
    min_per_order: 2,
    max_per_order: 2,
    max_per_buyer: 4,
    sales_start: from,
    sales_end: until,
    status: "active",
    position: 0,
  });

  assert.equal(status, 201, JSON.stringify(body));
  const { ticket_type_id, created_at, updated_at, ...fields } = body;
  assert.equal(created_at, updated_at);
  assert.deepEqual(fields, {
    name: "Family ticket",
    description: "Two adults, two children",
    kind: "paid",
    price: 1_999.99,
    currency: "INR",
    gives: 4,
    available: 2,
    state: "on_sale",
    sales_start: from,
    sales_end: until,
    min_per_order: 2,
    max_per_order: 2,
    max_per_buyer: 4,
    capacity: 12,
    pools: [{ pool_id: stalls.pool_id, units: 4 }, { pool_id: balcony.pool_id, units: 1 }],
    held: 0,
    sold: 0,
    status: "active",
    position: 0,
    version: 1,
  });
  assert.deepEqual(
    (await offer.types()).map(({ ticket_type_id, position }) => [ticket_type_id, position]),
    [[ticket_type_id, 0], [offer.eventId, 1]],
  );
  const own = (await offer.pools()).at(-1)!;
  assert.deepEqual([own.name, own.capacity], ["Family ticket", 12]);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("createTicketType() needs name and price only; a price of 0 is free", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const post = async (body: unknown) => {
    const answer = await offer.send("POST", "/ticket-types", body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const { kind, price, gives, min_per_order, position } = answer.body;
    return [kind, price, gives, min_per_order, position];
  };
  assert.deepEqual(await post({ name: "Balcony", price: 0.01 }), ["paid", 0.01, 1, 1, 1]);
  assert.deepEqual(await post({ name: "Guests", price: 0 }), ["free", 0, 1, 1, 2]);
  assert.deepEqual(await post({ name: "Press", kind: "free" }), ["free", 0, 1, 1, 3]);
  assert.deepEqual(await post({ name: "Late", price: 5, position: 99 }), ["paid", 5, 1, 1, 4]);
  const nulls = { description: null, capacity: null, max_per_order: null, max_per_buyer: null };
  const body = { name: "Bare", price: 5, ...nulls, sales_start: null, sales_end: null };
  assert.deepEqual(await post(body), ["paid", 5, 1, 1, 5]);
});

Deno.test("createTicketType() and updateTicketType() refuse bad fields and name them", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  const type = await offer.type({ name: "Seats", capacity: 5 });
  const own = (await offer.pools()).at(-1)!;
  const before = await offer.types();
  const post = (fields: Record<string, unknown>) =>
    offer.send("POST", "/ticket-types", { name: "Balcony", price: 500, ...fields });
  const put = (fields: Record<string, unknown>) =>
    offer.send("PUT", `/ticket-types/${type.ticket_type_id}`, fields);
  const draw = { pool_id: pool.pool_id };
  const both: [Record<string, unknown>, string, string][] = [
    ...badFields(world),
    [
      { pools: [{ pool_id: offer.eventId }] },
      "pools.0.pool_id",
      "pools.0.pool_id must not be the house, on which every ticket type draws",
    ],
    [
      { pools: [draw, { ...draw, units: 2 }] },
      "pools.1.pool_id",
      "pools.1.pool_id must not name a pool twice",
    ],
  ];
  await assertRefusals(post, [
    ...both,
    [{ name: undefined }, "name", "name is required"],
    [{ price: undefined }, "price", "price is required"],
    [{ price: undefined, kind: "paid" }, "price", "price is required"],
  ]);
  await assertRefusals(put, [
    ...both,
    [{ version: 0 }, "version", "Version must be positive"],
    [{ version: "1" }, "version", "version must be a whole number"],
    [
      { price: 0 },
      "price",
      "price must be more than 0 as kind is paid: only kind free costs nothing",
    ],
    [
      { pools: [{ pool_id: own.pool_id }] },
      "pools.0.pool_id",
      "pools.0.pool_id must not be the type's own pool, which capacity sets",
    ],
  ]);
  assert.equal((await offer.send("POST", "/ticket-types")).status, 400);
  assert.equal((await put(undefined as never)).body.code, "INVALID_JSON");
  assert.deepEqual(await offer.types(), before);
});

Deno.test("a type draws on at most 8 pools, the house and its own included", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pools = await Promise.all(times(7, (i) => offer.pool({ name: `Block ${i}` })));
  const draws = pools.map(({ pool_id }) => ({ pool_id, units: 1 }));
  const type = await offer.type({ pools: draws });
  const { status, body } = await offer.send("PUT", `/ticket-types/${type.ticket_type_id}`, {
    capacity: 5,
  });
  assert.deepEqual([status, body.error], [
    400,
    "pools must be at most 8 with the house and the pool of capacity: they are 9",
  ]);
  assert.equal((await offer.pools()).length, 8);
  const swapped = await offer.change(type.ticket_type_id, { capacity: 5, pools: draws.slice(1) });
  assert.deepEqual([swapped.capacity, swapped.pools.length], [5, 6]);
});

Deno.test("createTicketType() makes at most 50 types an event", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  await offer.type({ status: "archived" });
  for (const i of times(48, (i) => i)) await offer.type({ name: `Row ${i}` });
  const { status, body } = await offer.send("POST", "/ticket-types", {
    name: "One more",
    price: 1,
  });
  assert.deepEqual([status, body.code, body.error], [
    409,
    "OFFER_FULL",
    "Cannot add to the event's ticket types as 50 is the most: current value is 50",
  ]);
});

Deno.test("createTicketType() counts the pool of a capacity among the event's 20", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  await Promise.all(times(19, (i) => offer.pool({ name: `Block ${i}` })));
  await offer.type({ capacity: 3 });
  const post = (fields: Record<string, unknown>) =>
    offer.send("POST", "/ticket-types", { name: "Balcony", price: 500, ...fields });
  const refused = await post({ capacity: 3 });
  assert.deepEqual([refused.status, refused.body.code], [409, "OFFER_FULL"]);
  assert.equal((await offer.types()).length, 2, "a refused type leaves nothing behind");
  assert.equal((await post({})).status, 201);
});

Deno.test("types of unknown and foreign events and unknown types are 404", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type();
  const other = await createOffer(world);
  const typeOfOther = await other.type();
  const analyst = await world.actor("analyst");
  const superAdmin = await world.actor("super_admin");
  const { token } = await world.actor();
  const body = { name: "Mine", price: 1 };

  for (const eventId of [offer.eventId, newId()]) {
    const path = `/admin/events/${eventId}/ticket-types`;
    for (
      const [method, place] of [
        ["GET", ""],
        ["POST", ""],
        ["PUT", `/${type.ticket_type_id}`],
        ["PUT", `/${eventId}`],
        ["DELETE", `/${type.ticket_type_id}`],
      ]
    ) {
      const answer = await world.send(method!, path + place, {
        token,
        ...(method === "GET" ? {} : { body }),
      });
      assert.deepEqual([answer.status, answer.body.error], [404, NOT_YOURS], `${method} ${place}`);
    }
  }
  for (const method of ["PUT", "DELETE"]) {
    for (const typeId of [newId(), typeOfOther.ticket_type_id, other.eventId]) {
      const { status, body: answer } = await offer.send(method, `/ticket-types/${typeId}`, {});
      assert.deepEqual([status, answer.code], [404, "TICKET_TYPE_NOT_FOUND"]);
    }
    const malformed = await offer.send(method, "/ticket-types/7", {});
    assert.deepEqual([malformed.status, malformed.body.error], [400, "Invalid ticket type ID"]);
  }

  const path = `/admin/events/${offer.eventId}/ticket-types`;
  assert.equal((await world.send("GET", path)).status, 401);
  assert.equal((await world.send("GET", path, { token: analyst.token })).status, 200);
  assert.equal((await world.send("POST", path, { token: analyst.token, body })).status, 403);
  assert.equal((await world.send("POST", path, { token: superAdmin.token, body })).status, 201);
});

Deno.test("deleteTicketType() removes a type that was never held, with its own pool", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const first = await offer.type({ capacity: 5 });
  const second = await offer.type({ name: "Stalls" });

  const { status, body } = await offer.send("DELETE", `/ticket-types/${first.ticket_type_id}`);

  assert.deepEqual([status, body], [
    200,
    { message: "Ticket type deleted successfully", archived: false },
  ]);
  assert.deepEqual(
    (await offer.types()).map(({ ticket_type_id, position }) => [ticket_type_id, position]),
    [[offer.eventId, 0], [second.ticket_type_id, 1]],
  );
  assert.equal((await offer.pools()).length, 1);
  const again = await offer.send("DELETE", `/ticket-types/${first.ticket_type_id}`);
  assert.equal(again.status, 404);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("deleteTicketType() keeps the own pool on which another type draws", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const owner = await offer.type({ name: "Owner", capacity: 5 });
  const own = (await offer.pools()).at(-1)!;
  await offer.type({ name: "Guest", pools: [{ pool_id: own.pool_id }] });
  await offer.send("DELETE", `/ticket-types/${owner.ticket_type_id}`);
  assert.deepEqual((await offer.pools()).at(-1), own);
});

Deno.test("deleteTicketType() archives a type that was ever held, and it can be active again", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type({ capacity: 5 });
  const path = `/ticket-types/${type.ticket_type_id}`;
  const held = await offer.held(type.ticket_type_id, { quantity: 2 });
  await seatsOf(world, offer.eventId).release(held);

  const { status, body } = await offer.send("DELETE", path);

  assert.deepEqual([status, body], [
    200,
    { message: "Ticket type archived successfully", archived: true },
  ]);
  const [, archived] = await offer.types();
  assert.deepEqual(
    [archived!.status, archived!.state, archived!.available, archived!.version],
    ["archived", "archived", 0, 2],
  );
  assert.equal(await offer.tryHold(type.ticket_type_id), "not_on_sale");
  assert.equal((await offer.send("DELETE", path)).body.archived, true);
  assert.deepEqual((await offer.types())[1], archived, "archiving it again changes nothing");

  const active = await offer.change(type.ticket_type_id, { status: "active" });
  assert.deepEqual([active.state, active.available, active.capacity], ["on_sale", 5, 5]);
  assert.equal(await offer.tryHold(type.ticket_type_id, { quantity: 5 }), "held");
});

Deno.test("an event keeps a type that is not archived", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const house = `/ticket-types/${offer.eventId}`;
  const last = "Cannot archive ticket type as an event must have one that is not archived";
  const refused = [
    await offer.send("DELETE", house),
    await offer.send("PUT", house, { status: "archived" }),
  ];
  assert.deepEqual(
    refused.map(({ status, body }) => [status, body.code, body.error]),
    times(2, () => [409, "LAST_TICKET_TYPE", last]),
  );
  const type = await offer.type({ status: "paused" });
  assert.equal((await offer.send("DELETE", house)).body.archived, true);
  for (const method of ["DELETE", "PUT"]) {
    const { status, body } = await offer.send(method, `/ticket-types/${type.ticket_type_id}`, {
      status: "archived",
    });
    assert.deepEqual([status, body.error], [409, last]);
  }
  assert.equal((await offer.change(offer.eventId, { status: "active" })).state, "on_sale");
});

Deno.test("the types of a cancelled event stay as they are", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const type = await offer.type();
  await offer.send("DELETE", "");
  const path = `/ticket-types/${type.ticket_type_id}`;
  const final = "Cannot change event as a cancelled event is final: current status is cancelled";
  for (
    const [method, place, body] of [
      ["POST", "/ticket-types", { name: "New", price: 1 }],
      ["PUT", path, { price: 11 }],
      ["PUT", `/ticket-types/${offer.eventId}`, { name: "Standing" }],
      ["DELETE", path, undefined],
    ] as const
  ) {
    const answer = await offer.send(method, place, body);
    assert.deepEqual([answer.status, answer.body.error], [409, final], `${method} ${place}`);
  }
  const [, stored] = await offer.types();
  assert.deepEqual([stored!.state, stored!.available], ["ended", 0]);
  assert.deepEqual(await offer.change(type.ticket_type_id, { ...stored }), stored);
});
