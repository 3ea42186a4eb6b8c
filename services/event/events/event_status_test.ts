import assert from "node:assert/strict";
import {
  type Actor,
  assertInventoryAddsUp,
  countSeats,
  createEventWorld,
  type EventWorld,
  outcomes,
  seatsOf,
} from "../testing/world.ts";

function update(world: EventWorld, { token }: Actor, eventId: string, body: unknown) {
  return world.send("PUT", `/admin/events/${eventId}`, { token, body });
}

Deno.test("an event is published, withdrawn while nothing is sold, and cancelled for good", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, draft: true });

  for (const status of ["published", "published", "draft", "published", "cancelled"]) {
    const answer = await update(world, organiser, event_id, { status });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.status, status);
  }
  for (const body of [{ status: "published" }, { status: "draft" }, { name: "Again" }]) {
    const answer = await update(world, organiser, event_id, body);
    assert.equal(answer.status, 409);
    assert.equal(answer.body.code, "EVENT_STATE_CONFLICT");
  }
});

Deno.test("an event with held or sold seats keeps its status and currency", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const id = await seatsOf(world, event_id).held();

  for (const body of [{ status: "draft" }, { currency: "USD" }]) {
    const answer = await update(world, organiser, event_id, body);
    assert.equal(answer.status, 409);
    assert.equal(answer.body.code, "EVENT_STATE_CONFLICT");
  }
  await seatsOf(world, event_id).release(id);
  const answer = await update(world, organiser, event_id, { status: "draft", currency: "USD" });
  assert.equal(answer.status, 200);
});

Deno.test("updateEvent() refuses to publish an event after its start", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const start = new Date(world.clock.now().getTime() + 60_000).toISOString();
  const draft = { organiser, draft: true, fields: { start_datetime: start } };
  const { event_id } = await world.event(draft);
  world.clock.advance(60_000);
  const answer = await update(world, organiser, event_id, { status: "published" });
  assert.equal(answer.status, 409);
  assert.equal(answer.body.code, "EVENT_STATE_CONFLICT");
});

Deno.test("updateEvent() refuses sold_out and unknown statuses", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  for (const status of ["sold_out", "over", 5]) {
    assert.equal((await update(world, organiser, event_id, { status })).status, 400);
  }
});

Deno.test("a new capacity changes availability by the difference, never below taken seats", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 10 } });
  const seats = seatsOf(world, event_id);
  await seats.commit(await seats.held(3));
  await seats.held(2);

  const larger = await update(world, organiser, event_id, { total_capacity: 12 });
  assert.equal(larger.body.available_seats, 7);
  const refused = await update(world, organiser, event_id, { total_capacity: 4, name: "Smaller" });
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, "CAPACITY_BELOW_SOLD");
  assert.equal(
    refused.body.error,
    "Cannot set total_capacity to 4 as seats are held or sold: current value is 5",
  );
  const least = await update(world, organiser, event_id, { total_capacity: 5 });
  assert.equal(least.body.available_seats, 0);
  assert.equal(least.body.status, "sold_out");
  assert.equal(least.body.name, "Diwali Night");
  await assertInventoryAddsUp(world.sql);
});

Deno.test("concurrent sales and a smaller capacity never oversell", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 60 } });
  const seats = seatsOf(world, event_id);

  await Promise.all([
    ...Array.from({ length: 20 }, () => seats.hold([{}, {}, {}])),
    ...[40, 30, 20, 50].map((totalCapacity) =>
      update(world, organiser, event_id, { total_capacity: totalCapacity })
    ),
  ]);

  await assertInventoryAddsUp(world.sql);
});

Deno.test("concurrent sales all precede a cancellation", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const seats = seatsOf(world, event_id);
  const ids = await Promise.all(Array.from({ length: 20 }, () => seats.held()));

  const [cancelled, ...sales] = await Promise.all([
    world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token }),
    ...ids.map((id) => seats.commit(id)),
  ]);

  assert.deepEqual(cancelled.body, { message: "Event cancelled successfully" });
  const sold = sales.flatMap(outcomes).filter((outcome) => outcome === "committed").length;
  assert.equal((await countSeats(world.sql, event_id)).sold, sold);
  assert.deepEqual(
    outcomes(await seats.commit(...ids)).filter((o) => o === "committed").length,
    sold,
  );
});

Deno.test("cancelEvent() accepts the version in the body, the query, or not at all", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const cancel = async (query: string, body?: unknown, headers?: Record<string, string>) => {
    const { event_id } = await world.event({ organiser });
    const sent = { token, body, ...(headers ? { headers } : {}) };
    return (await world.send("DELETE", `/admin/events/${event_id}${query}`, sent)).status;
  };
  assert.equal(await cancel(""), 200);
  assert.equal(await cancel("", "", { "Content-Type": "application/json" }), 200);
  assert.equal(await cancel("", { version: 2 }), 200);
  assert.equal(await cancel("?version=2"), 200);
  assert.equal(await cancel("", {}), 200);
  assert.equal(await cancel("", { version: 3 }), 409);
  assert.equal(await cancel("", { version: "2" }), 400);
  assert.equal(await cancel("", "{"), 400);
  assert.equal(await cancel("?version=2", { version: 2 }), 200);
});

Deno.test("malformed and contradicting versions never skip the version check", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const event = await world.event({ organiser });
  const path = `/admin/events/${event.event_id}`;
  const before = (await world.send("GET", `/events/${event.event_id}`)).body;
  const texts = [
    "",
    "0",
    "00",
    "02",
    "2e0",
    "+2",
    "%2B2",
    "%202",
    "2.0",
    "-2",
    "two",
    "9".repeat(20),
  ];
  const queries = [...texts.map((text) => `?version=${text}`), "?version=2&version=2"];
  for (const query of queries) {
    const { status, body } = await world.send("DELETE", path + query, { token });
    assert.deepEqual([status, body.details[0].path], [400, "version"], query);
  }
  const values = [0, -1, 1.5, 1e300, 2_147_483_648, "2", "", true, [], {}];
  for (const version of values) {
    for (const method of ["DELETE", "PUT"]) {
      const sent = { token, body: { version, status: "cancelled" } };
      const { status, body } = await world.send(method, path, sent);
      assert.deepEqual([status, body.details[0].path], [400, "version"], `${method} ${version}`);
    }
  }
  const twice = await world.send("DELETE", `${path}?version=2`, { token, body: { version: 1 } });
  assert.deepEqual(
    [twice.status, twice.body.error],
    [400, "version must be the same in body and query"],
  );
  const { body } = await world.send("GET", `/events/${event.event_id}`);
  assert.deepEqual(body, before);
});

Deno.test("cancelEvent() refuses a cancelled event", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const answers = await Promise.all(
    Array.from(
      { length: 5 },
      () => world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token }),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409]);
  const announced = await world.sql`SELECT FROM outbox WHERE event_id = ${event_id}`;
  assert.equal(announced.length, 1);
});
