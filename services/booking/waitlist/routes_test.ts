import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { createWorld, type World } from "../testing/world.ts";

const HOUR_MS = 3_600_000;

/** An event whose seats are all held for one order. */
async function soldOutEvent(world: World, seats = 4) {
  const eventId = await world.createEvent({ capacity: seats });
  const reservation = await world.reserve({ eventId, quantity: seats });
  return { eventId, reservation };
}

const NOT_WAITING = [404, "Not in waitlist for this event"] as const;
const NO_EVENT = [400, "Event not found"] as const;
const SEATS_AVAILABLE = [400, "Seats are available, please book directly"] as const;
const NO_TYPE = [400, "Ticket type not found or not on sale"] as const;
const JOIN_REQUIRED = [400, "event_id and quantity are required"] as const;

Deno.test("POST /waitlist/join puts users in line for a sold-out event, in their order", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const first = await world.waitlist.join(eventId, { quantity: 3 });
  const { waitlist_id, ...rest } = first;
  assert.match(waitlist_id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(Object.entries(rest), [
    ["position", 1],
    ["estimated_wait", "Next in line"],
    ["status", "waiting"],
    ["total_waiting", 1],
    ["quantity", 3],
    ["min_quantity", 3],
    ["ticket_type_ids", [eventId]],
    ["ahead", { entries: 0, seats: 0 }],
  ]);

  world.clock.advance(1_000);
  const second = await world.waitlist.join(eventId, { quantity: 2, fewer_welcome: true });
  assert.deepEqual([second.position, second.min_quantity, second.ahead], [2, 1, {
    entries: 1,
    seats: 3,
  }]);
  assert.equal(second.estimated_wait, "5-15 minutes");
});

Deno.test("POST /waitlist/join again answers the entry as it is", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const userId = newId();
  const entry = await world.waitlist.join(eventId, { quantity: 3 }, userId);
  await world.waitlist.join(eventId);
  const again = await world.waitlist.join(eventId, { quantity: 1 }, userId);
  assert.deepEqual(again, { ...entry, total_waiting: 2 });
});

Deno.test("POST /waitlist/join at once gives one entry per user, and a place to each", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const users = times(20, newId);
  const answers = await Promise.all(
    [...users, ...users].map((userId) => world.waitlist.join(eventId, {}, userId)),
  );
  assert.equal(new Set(answers.map((answer) => answer.waitlist_id)).size, users.length);
  const positions = await Promise.all(
    users.map(async (userId) => (await world.waitlist.position(eventId, userId)).position),
  );
  assert.deepEqual(positions.toSorted((a, b) => a - b), times(users.length, (i) => i + 1));
});

const BAD_JOINS = [
  ["without a body", undefined, JOIN_REQUIRED[1]],
  ["without an event", { event_id: undefined }, JOIN_REQUIRED[1]],
  ["with a null event", { event_id: null }, JOIN_REQUIRED[1]],
  ["with an event that is no UUID", { event_id: "x" }, "Invalid event_id format"],
  ["without a quantity", { quantity: undefined }, JOIN_REQUIRED[1]],
  ["with a quantity of 0", { quantity: 0 }, "quantity must be at least 1"],
  ["with a quantity of 1.5", { quantity: 1.5 }, "quantity must be a whole number"],
  ["with a quantity that is a text", { quantity: "2" }, "quantity must be a whole number"],
  ["with a quantity of 11", { quantity: 11 }, "Maximum 10 tickets allowed per booking"],
  ["with a min_quantity of 0", { min_quantity: 0 }, "min_quantity must be at least 1"],
  [
    "with a min_quantity above the quantity",
    { quantity: 2, min_quantity: 3 },
    "min_quantity must be at most quantity",
  ],
  ["with a fewer_welcome of 1", { fewer_welcome: 1 }, "fewer_welcome must be true or false"],
  [
    "with min_quantity and fewer_welcome",
    { min_quantity: 1, fewer_welcome: true },
    "fewer_welcome must not be sent with min_quantity: it stands for 1",
  ],
  ["with no types", { ticket_type_ids: [] }, "ticket_type_ids must have 1 to 10 items"],
  [
    "with 11 types",
    { ticket_type_ids: times(11, newId) },
    "ticket_type_ids must have 1 to 10 items",
  ],
  [
    "with a type that is no UUID",
    { ticket_type_ids: [newId(), "x"] },
    "ticket_type_ids[1] must be a UUID",
  ],
  ["with types that are no list", { ticket_type_ids: "x" }, "ticket_type_ids must be a list"],
] as const;

Deno.test("POST /waitlist/join refuses a body that breaks a rule with 400", async (t) => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  for (const [what, fields, error] of BAD_JOINS) {
    await t.step(what, async () => {
      const body = fields && { event_id: eventId, quantity: 1, ...fields };
      const request = { userId: newId(), body };
      await world.waitlist.assertRefused([400, error], "POST", "/join", request);
    });
  }
});

Deno.test("POST /waitlist/join with a type twice is 400, in any case of its letters", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const body = {
    event_id: eventId,
    quantity: 1,
    ticket_type_ids: [eventId, eventId.toUpperCase()],
  };
  const error = "ticket_type_ids[1] must differ from ticket_type_ids[0]";
  await world.waitlist.assertRefused([400, error], "POST", "/join", { userId: newId(), body });
});

Deno.test("POST /waitlist/join for an event that is unknown, a draft, cancelled or begun is 400", async () => {
  await using world = await createWorld();
  const [draft, cancelled, begun] = await Promise.all(
    times(3, () => world.createEvent({ capacity: 1, startsInMs: HOUR_MS })),
  ) as [string, string, string];
  await world.eventsDb`UPDATE events SET status = 'draft' WHERE event_id = ${draft}`;
  await world.organiser.cancelEvent(cancelled);
  await world.reserve({ eventId: begun });
  world.clock.advance(HOUR_MS);
  for (const eventId of [newId(), draft, cancelled, begun]) {
    const body = { event_id: eventId, quantity: 1 };
    await world.waitlist.assertRefused(NO_EVENT, "POST", "/join", { userId: newId(), body });
  }
  const queues = await world.bookingsDb`SELECT FROM waitlist_queues`;
  assert.equal(queues.length, 0, "nothing was written");
});

Deno.test("POST /waitlist/join while enough seats are free is 400, and leaves no entry", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 2 });
  const userId = newId();
  for (const fields of [{ quantity: 1 }, { quantity: 2 }, { quantity: 3, min_quantity: 2 }]) {
    const body = { event_id: eventId, ...fields };
    await world.waitlist.assertRefused(SEATS_AVAILABLE, "POST", "/join", { userId, body });
  }
  const path = `/position?event_id=${eventId}`;
  await world.waitlist.assertRefused(NOT_WAITING, "GET", path, { userId });
  await world.reserve({ eventId, quantity: 2 });

  const group = await createGroup(world);
  assert.equal(group.position, 1, "too few for a group");
});

/** Somebody who waits for three at an event with two seats. */
async function createGroup(world: World) {
  const eventId = await world.createEvent({ capacity: 2 });
  return await world.waitlist.join(eventId, { quantity: 3 });
}

Deno.test("POST /waitlist/join for types that are unknown, foreign, archived or paused is 400", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const elsewhere = await world.createEvent();
  const [archived, paused] = [
    await world.organiser.addType(eventId, { name: "Archived" }),
    await world.organiser.addType(eventId, { name: "Paused" }),
  ];
  await world.organiser.changeType(eventId, archived, { status: "archived" });
  await world.organiser.changeType(eventId, paused, { status: "paused" });
  for (const id of [newId(), elsewhere, archived, paused]) {
    const body = { event_id: eventId, quantity: 1, ticket_type_ids: [id] };
    await world.waitlist.assertRefused(NO_TYPE, "POST", "/join", { userId: newId(), body });
  }
  const both = await world.waitlist.join(eventId, { ticket_type_ids: [paused, eventId] });
  assert.deepEqual(both.ticket_type_ids, [paused, eventId], "one of them is sold");
});

Deno.test("POST /waitlist/join for more than an order can have is 400", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 3, max: 3 });
  await world.reserve({ eventId, quantity: 3 });
  const body = { event_id: eventId, quantity: 4 };
  const error = "Maximum 3 of this ticket type allowed per order";
  await world.waitlist.assertRefused([400, error], "POST", "/join", { userId: newId(), body });
  const fewer = await world.waitlist.join(eventId, { quantity: 4, fewer_welcome: true });
  assert.equal(fewer.quantity, 4);
});

Deno.test("POST /waitlist/join without a type means the default one, or the only one left", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const balcony = await world.organiser.addType(eventId);
  await world.organiser.changeType(eventId, eventId, { status: "archived" });
  world.clock.advance(1_000);
  assert.deepEqual((await world.waitlist.join(eventId)).ticket_type_ids, [balcony]);

  await world.organiser.addType(eventId, { name: "Stalls" });
  world.clock.advance(1_000);
  const body = { event_id: eventId, quantity: 1 };
  const error = "ticket_type_id is required";
  await world.waitlist.assertRefused([400, error], "POST", "/join", { userId: newId(), body });
});

Deno.test("GET /waitlist/position shows place, wish and reason; without an entry it is 404", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const [first, second] = [newId(), newId()];
  await world.waitlist.join(eventId, { quantity: 2 }, first);
  const { waitlist_id } = await world.waitlist.join(
    eventId,
    { quantity: 3, min_quantity: 2 },
    second,
  );
  assert.deepEqual(Object.entries(await world.waitlist.position(eventId, second)), [
    ["position", 2],
    ["total_waiting", 2],
    ["status", "waiting"],
    ["estimated_wait", "5-15 minutes"],
    ["quantity_requested", 3],
    ["waitlist_id", waitlist_id],
    ["min_quantity", 2],
    ["ticket_type_ids", [eventId]],
    ["ahead", { entries: 1, seats: 2 }],
    ["why", { code: "NOTHING_FREE" }],
  ]);
  const path = `/position?event_id=${eventId}`;
  await world.waitlist.assertRefused(NOT_WAITING, "GET", path, { userId: newId() });
});

Deno.test("GET /waitlist/position without an event, or with one that is no UUID, is 400", async () => {
  await using world = await createWorld();
  const userId = newId();
  for (const query of ["", "?event_id="]) {
    await world.waitlist.assertRefused([400, "event_id is required"], "GET", `/position${query}`, {
      userId,
    });
  }
  await world.waitlist.assertRefused(
    [400, "Invalid event_id format"],
    "GET",
    "/position?event_id=x",
    {
      userId,
    },
  );
});

Deno.test("PATCH /waitlist lowers what an entry wants and keeps its place", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const userId = newId();
  const entry = await world.waitlist.join(eventId, { quantity: 4 }, userId);
  await world.waitlist.join(eventId);
  const change = (fields: Record<string, unknown>) =>
    world.waitlist.ask("PATCH", "", { userId, body: { event_id: eventId, ...fields } });
  const same = { ...entry, total_waiting: 2 };

  assert.deepEqual(await change({}), same, "nothing to change");
  assert.deepEqual(await change({ quantity: 4, min_quantity: null }), same, "as it was");
  assert.deepEqual(await change({ quantity: 3 }), { ...same, quantity: 3, min_quantity: 3 });
  assert.deepEqual(await change({ min_quantity: 2 }), { ...same, quantity: 3, min_quantity: 2 });
  assert.deepEqual(await change({ quantity: 1 }), { ...same, quantity: 1, min_quantity: 1 });
});

Deno.test("PATCH /waitlist refuses more than before with 400, and who does not wait with 404", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const userId = newId();
  const entry = await world.waitlist.join(eventId, { quantity: 3, min_quantity: 2 }, userId);
  for (
    const [fields, error] of [
      [{ quantity: 4 }, "quantity cannot be raised from 3: leave the waitlist and join again"],
      [
        { min_quantity: 3 },
        "min_quantity cannot be raised from 2: leave the waitlist and join again",
      ],
      [{ quantity: 1, min_quantity: 2 }, "min_quantity must be at most quantity"],
      [{ quantity: 0 }, "quantity must be at least 1"],
      [{ quantity: 1.5 }, "quantity must be a whole number"],
      [{ event_id: "x" }, "Invalid event_id format"],
      [{ event_id: undefined }, "event_id is required"],
    ] as const
  ) {
    const body = { event_id: eventId, ...fields };
    await world.waitlist.assertRefused([400, error], "PATCH", "", { userId, body });
  }
  const body = { event_id: eventId, quantity: 1 };
  await world.waitlist.assertRefused(NOT_WAITING, "PATCH", "", { userId: newId(), body });
  const { quantity_requested, min_quantity, waitlist_id } = await world.waitlist.position(
    eventId,
    userId,
  );
  assert.deepEqual([quantity_requested, min_quantity, waitlist_id], [3, 2, entry.waitlist_id]);
});

Deno.test("DELETE /waitlist/leave gives the place up, once; joining again is at the end", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const [first, second] = [newId(), newId()];
  await world.waitlist.join(eventId, {}, first);
  await world.waitlist.join(eventId, {}, second);
  const body = { event_id: eventId };
  assert.deepEqual(await world.waitlist.ask("DELETE", "/leave", { userId: first, body }), {
    message: "Successfully removed from waitlist",
  });
  await world.waitlist.assertRefused(NOT_WAITING, "DELETE", "/leave", { userId: first, body });
  const path = `/position?event_id=${eventId}`;
  await world.waitlist.assertRefused(NOT_WAITING, "GET", path, { userId: first });
  assert.equal((await world.waitlist.position(eventId, second)).position, 1);

  assert.equal((await world.waitlist.join(eventId, {}, first)).position, 2);
  await world.waitlist.ask("DELETE", `/leave?event_id=${eventId.toUpperCase()}`, { userId: first });
  assert.equal((await world.waitlist.position(eventId, second)).total_waiting, 1);
});

Deno.test("DELETE /waitlist/leave names one event, in the body or the query, or is 400", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const userId = newId();
  await world.waitlist.join(eventId, {}, userId);
  const refused = (error: string, query: string, body?: unknown) =>
    world.waitlist.assertRefused([400, error], "DELETE", `/leave${query}`, { userId, body });
  await refused("event_id is required", "");
  await refused("event_id is required", "", {});
  await refused("event_id is required", "?event_id=");
  await refused("Invalid event_id format", "?event_id=x");
  await refused("Invalid event_id format", "", { event_id: "x" });
  await refused("Invalid JSON in request body", "", "{");
  const other = { event_id: newId() };
  await refused("event_id must be the same in body and query", `?event_id=${eventId}`, other);
  assert.equal((await world.waitlist.position(eventId, userId)).position, 1);
  await world.waitlist.ask("DELETE", `/leave?event_id=${eventId}`, { userId, body: {} });
});

Deno.test("POST /waitlist/decline without an open offer is 404, without an event 400", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOutEvent(world);
  const userId = newId();
  await world.waitlist.join(eventId, {}, userId);
  const decline = (body: unknown) => ["POST", "/decline", { userId, body }] as const;
  const noOffer = [404, "No open offer for this event"] as const;
  await world.waitlist.assertRefused(noOffer, ...decline({ event_id: eventId }));
  await world.waitlist.assertRefused(noOffer, ...decline({ event_id: newId() }));
  await world.waitlist.assertRefused([400, "event_id is required"], ...decline({}));
  await world.waitlist.assertRefused(
    [400, "Invalid event_id format"],
    ...decline({ event_id: "x" }),
  );
  assert.equal((await world.waitlist.position(eventId, userId)).position, 1);
});

Deno.test("each route of the waitlist is 401 without a token", async (t) => {
  await using world = await createWorld();
  const error = "Unauthorized: missing or invalid authorization header";
  for (
    const [method, path] of [
      ["POST", "/join"],
      ["GET", "/position"],
      ["PATCH", ""],
      ["DELETE", "/leave"],
      ["POST", "/decline"],
    ] as const
  ) {
    await t.step(`${method} /waitlist${path}`, async () => {
      const body = method === "GET" ? undefined : { event_id: newId(), quantity: 1 };
      await world.waitlist.assertRefused([401, error], method, path, { body });
    });
  }
});
