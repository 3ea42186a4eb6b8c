import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { assertInventoryAddsUp, countSeats, createEventWorld, seatsOf } from "../testing/world.ts";

const NOT_BOOKABLE = "Event not found or not available for booking";

Deno.test("a bookable event has its keys in the contract's order", async () => {
  await using world = await createEventWorld();
  const refundPolicy = [{ hours_before: 1, percent: 10 }, { hours_before: 48, percent: 90 }];
  const event = await world.event({ fields: { refund_policy: refundPolicy } });

  const { status, body } = await world.internal("GET", `/events/${event.event_id}`);

  assert.equal(status, 200);
  assert.deepEqual(Object.entries(body), [
    ["event_id", event.event_id],
    ["available_seats", 100],
    ["max_tickets_per_booking", 10],
    ["base_price", 1_499.5],
    ["version", 2],
    ["status", "published"],
    ["name", "Diwali Night"],
    ["currency", "INR"],
    ["start_datetime", event.start_datetime],
    ["on_sale", true],
    ["seat_seq", 0],
    ["refund_policy", refundPolicy.toReversed()],
  ]);
});

Deno.test("a sold-out event is found, as sold out", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 2 } });
  await seatsOf(world, event_id).held(2);
  const { body } = await world.internal("GET", `/events/${event_id}`);
  assert.equal(body.status, "sold_out");
  assert.equal(body.available_seats, 0);
});

Deno.test("drafts, cancelled and unknown events are not bookable", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const draft = await world.event({ organiser, draft: true });
  const cancelled = await world.event({ organiser });
  await world.send("DELETE", `/admin/events/${cancelled.event_id}`, { token: organiser.token });
  for (const id of [draft.event_id, cancelled.event_id, newId()]) {
    const { status, body } = await world.internal("GET", `/events/${id}`);
    assert.equal(status, 404);
    assert.equal(body.error, NOT_BOOKABLE);
  }
  assert.equal((await world.internal("GET", "/events/42")).body.error, "Invalid event ID");
});

Deno.test("findSummaries() returns events of any status and leaves out unknown ids", async () => {
  await using world = await createEventWorld();
  const draft = await world.event({ draft: true });
  const published = await world.event();

  const { status, body } = await world.internal("POST", "/events/lookup", {
    event_ids: [draft.event_id, published.event_id, newId()],
  });

  assert.equal(status, 200);
  const found = new Map(body.events.map((event: { event_id: string }) => [event.event_id, event]));
  assert.deepEqual([...found.keys()].toSorted(), [draft.event_id, published.event_id].toSorted());
  assert.deepEqual(found.get(published.event_id), {
    event_id: published.event_id,
    name: "Diwali Night",
    venue_name: "Shaniwar Wada",
    venue_city: "Pune",
    start_datetime: published.start_datetime,
    end_datetime: published.end_datetime,
    timezone: "UTC",
    status: "published",
    currency: "INR",
    event_type: "festival",
    organiser_name: "Admin",
    venue_address: "1 Fort Road",
    venue_country: "India",
    version: published.version,
  });
});

Deno.test("the look-up of events refuses too many and malformed ids", async () => {
  await using world = await createEventWorld();
  for (const eventIds of [[], ["42"], Array.from({ length: 101 }, newId), "all", undefined]) {
    const { status } = await world.internal("POST", "/events/lookup", { event_ids: eventIds });
    assert.equal(status, 400);
  }
});

Deno.test("update-availability takes and return-seats returns seats; both change the version", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 3 } });

  const taken = await world.internal("POST", `/events/${event_id}/update-availability`, {
    quantity: -3,
    version: 2,
  });
  assert.equal(taken.status, 200);
  assert.deepEqual(Object.entries(taken.body), [
    ["event_id", event_id],
    ["available_seats", 0],
    ["status", "sold_out"],
    ["version", 3],
  ]);
  await assertInventoryAddsUp(world.sql);

  const returned = await world.internal("POST", `/events/${event_id}/return-seats`, {
    quantity: 2,
    version: 3,
  });
  assert.equal(returned.status, 200);
  assert.deepEqual(returned.body, {
    event_id,
    available_seats: 2,
    status: "published",
    version: 4,
  });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("adjustAvailability() lets one of several concurrent calls of a version win", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();

  const answers = await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        world.internal("POST", `/events/${event_id}/update-availability`, {
          quantity: -1,
          version: 2,
        }),
    ),
  );

  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  const losers = answers.filter(({ status }) => status === 409);
  assert.equal(losers.length, 7);
  for (const { body } of losers) {
    assert.equal(body.error, "Event was updated by another process. Please retry.");
  }
  assert.equal((await countSeats(world.sql, event_id)).sold, 1);
});

Deno.test("seats that are returned while people wait are set aside for them", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 3 } });
  const path = `/events/${event_id}`;
  await world.internal("POST", `${path}/update-availability`, { quantity: -3, version: 2 });
  const wanted = [{ ticket_type_ids: [event_id], min_quantity: 1 }];
  const opened = await world.internal("POST", `${path}/waitlist/open`, { wanted });
  assert.deepEqual(opened.body.results, ["waits"]);

  const returned = await world.internal("POST", `${path}/return-seats`, {
    quantity: 2,
    version: 3,
  });
  assert.deepEqual([returned.status, returned.body.available_seats], [200, 0]);
  const after = await countSeats(world.sql, event_id);
  assert.deepEqual(after, { available: 0, held: 0, sold: 1, set_aside: 2 });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("adjustAvailability() takes no more than is free and returns no more than it took", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 5 } });
  await seatsOf(world, event_id).held(3);
  const post = (path: string, quantity: number) =>
    world.internal("POST", `/events/${event_id}/${path}`, { quantity, version: 2 });

  const tooMany = await post("update-availability", -3);
  assert.equal(tooMany.status, 409);
  assert.equal(tooMany.body.error, "Not enough seats available");
  const neverTaken = await post("return-seats", 1);
  assert.equal(neverTaken.status, 409);
  const before = await countSeats(world.sql, event_id);
  assert.deepEqual(before, { available: 2, held: 3, sold: 0, set_aside: 0 });
  assert.equal((await world.internal("GET", `/events/${event_id}`)).body.version, 2);
});

Deno.test("adjustAvailability() routes name the mistake in a request", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const cases: [string, unknown, number, string | undefined][] = [
    ["update-availability", { quantity: 0, version: 2 }, 400, "Quantity cannot be zero"],
    ["update-availability", { quantity: 1, version: 0 }, 400, "Version must be positive"],
    ["update-availability", { quantity: -2_147_483_648, version: 2 }, 400, undefined],
    ["update-availability", { quantity: -2_147_483_647, version: 2 }, 409, undefined],
    ["update-availability", { quantity: 2_147_483_647, version: 2 }, 409, undefined],
    ["update-availability", { quantity: 1e300, version: 2 }, 400, undefined],
    ["update-availability", { version: 2 }, 400, "quantity is required"],
    ["return-seats", { quantity: 0, version: 2 }, 400, "Quantity must be positive"],
    ["return-seats", { quantity: 1, version: -1 }, 400, "Version must be positive"],
  ];
  for (const [path, sent, status, error] of cases) {
    const answer = await world.internal("POST", `/events/${event_id}/${path}`, sent);
    assert.equal(answer.status, status, JSON.stringify(sent));
    if (error !== undefined) assert.equal(answer.body.error, error);
  }
  const unknown = await world.internal("POST", `/events/${newId()}/update-availability`, {
    quantity: -1,
    version: 1,
  });
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body.error, NOT_BOOKABLE);
});
