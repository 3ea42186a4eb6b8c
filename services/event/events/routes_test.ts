import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, eventFields } from "../testing/world.ts";

const HOUR_MS = 3_600_000;
const NOT_YOURS = "Event not found or you don't have permission";

Deno.test("createEvent() creates a draft of version 1 with all seats free", async () => {
  await using world = await createEventWorld();
  const { token, admin_id } = await world.actor();
  const { venue_id } = await world.venue();
  const sent = eventFields(world.clock.now(), {
    venue_id,
    available_seats: 5,
    status: "published",
    currency: "usd",
  });

  const { status, body } = await world.send("POST", "/admin/events", { token, body: sent });

  assert.equal(status, 201);
  assert.equal(body.status, "draft");
  assert.equal(body.version, 1);
  assert.equal(body.created_by, admin_id);
  assert.equal(body.total_capacity, 100);
  assert.equal(body.available_seats, 100);
  assert.equal(body.max_tickets_per_booking, 10);
  assert.equal(body.base_price, 1_499.5);
  assert.equal(body.currency, "USD");
});

Deno.test("createEvent() refuses invalid events with 400 and the contract's text", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor();
  const { venue_id } = await world.venue();
  const nowMs = world.clock.now().getTime();
  const at = (byMs: number) => new Date(nowMs + byMs).toISOString();
  const cases: [Record<string, unknown>, string | undefined][] = [
    [{ name: undefined }, "Name and event_type are required"],
    [{ event_type: "" }, "Name and event_type are required"],
    [{ venue_id: undefined }, "venue_id is required"],
    [{ venue_id: newId() }, "Invalid venue ID - venue does not exist"],
    [{ venue_id: "00000000-0000-0000-0000-000000000000" }, undefined],
    [{ venue_id: "42" }, "Invalid venue_id format"],
    [{ start_datetime: at(-1) }, "Start datetime must be in the future"],
    [{ start_datetime: at(HOUR_MS), end_datetime: at(-1) }, "End datetime must be in the future"],
    [
      { start_datetime: at(HOUR_MS), end_datetime: at(HOUR_MS) },
      "Start datetime must be before end datetime",
    ],
    [{ start_datetime: "0000-01-01T00:00:00Z" }, undefined],
    [{ end_datetime: "9999-12-31T23:59:59-10:00" }, undefined],
    [{ start_datetime: "tomorrow" }, undefined],
    [{ total_capacity: 0 }, "Total capacity must be positive"],
    [{ total_capacity: undefined }, "Total capacity must be positive"],
    [{ total_capacity: 1e300 }, undefined],
    [{ base_price: -0.01 }, "Base price cannot be negative"],
    [{ base_price: 1.001 }, "base_price must have at most 2 decimals in INR"],
    [{ base_price: 1.5, currency: "JPY" }, "base_price must have at most 0 decimals in JPY"],
    [{ base_price: 1.0001, currency: "KWD" }, "base_price must have at most 3 decimals in KWD"],
    [{ base_price: 1e300 }, undefined],
    [{ base_price: "5" }, undefined],
    [{ max_tickets_per_booking: 0 }, undefined],
    [{ name: "a\u0000b" }, undefined],
    [{ description: "x".repeat(20_001) }, undefined],
    [{ currency: "XXL" }, "currency must be an ISO 4217 code of a currency, such as INR"],
    [{ currency: "XDR" }, "currency must be an ISO 4217 code of a currency, such as INR"],
    [{ timezone: "Mars/Olympus" }, undefined],
    [{ timezone: "+02:00" }, "timezone must be a name such as Asia/Kolkata"],
    [{ timezone: "-0530" }, "timezone must be a name such as Asia/Kolkata"],
    [{ image_url: "javascript:alert(1)" }, undefined],
    [{ refund_policy: [{ hours_before: 1, percent: 101 }] }, undefined],
  ];
  for (const [fields, error] of cases) {
    const body = eventFields(world.clock.now(), { venue_id, ...fields });
    const answer = await world.send("POST", "/admin/events", { token, body });
    assert.equal(answer.status, 400, JSON.stringify(fields));
    if (error !== undefined) assert.equal(answer.body.error, error);
  }
  const malformed = await world.send("POST", "/admin/events", { token, body: "{" });
  assert.equal(malformed.status, 400);
  assert.match(malformed.body.error, /^Invalid JSON/);
  assert.equal((await world.send("GET", "/admin/events", { token })).body.total, 0);
});

Deno.test("updateEvent() changes the given fields and increments the version", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const event = await world.event({ organiser, fields: { description: "Old", timezone: "UTC" } });
  world.clock.advance(1_000);

  const { status, body } = await world.send("PUT", `/admin/events/${event.event_id}`, {
    token,
    body: { name: "New", description: "", base_price: 0, version: 2, available_seats: 1 },
  });

  assert.equal(status, 200);
  const { description: _, ...kept } = event;
  const updatedAt = world.clock.now().toISOString();
  assert.deepEqual(body, {
    ...kept,
    name: "New",
    base_price: 0,
    version: 3,
    updated_at: updatedAt,
    price_range: { min: 0, max: 0 },
  });
});

Deno.test("updateEvent() refuses a stale version", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const event = await world.event({ organiser });
  const path = `/admin/events/${event.event_id}`;
  const { token } = organiser;

  for (
    const [method, body] of [["PUT", { name: "Late", version: 1 }], ["DELETE", { version: 1 }]]
  ) {
    const answer = await world.send(method as string, path, { token, body });
    assert.equal(answer.status, 409);
    assert.equal(
      answer.body.error,
      "Event was updated by another admin. Please refresh and try again.",
    );
  }
  assert.equal((await world.send("DELETE", `${path}?version=1`, { token })).status, 409);
  const { body } = await world.send("GET", path, { token });
  assert.deepEqual(body, event);
});

Deno.test("updateEvent() lets one of several concurrent updates of a version win", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, i) =>
      world.send("PUT", `/admin/events/${event_id}`, {
        token: organiser.token,
        body: { name: `Name ${i}`, total_capacity: 50 + i, version: 2 },
      })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted(),
    [200, 409, 409, 409, 409, 409],
  );
});

Deno.test("updateEvent() checks the resulting schedule", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const event = await world.event({ organiser });
  const update = (body: unknown) =>
    world.send("PUT", `/admin/events/${event.event_id}`, { token: organiser.token, body });
  const past = new Date(world.clock.now().getTime() - 1).toISOString();

  const cases: [Record<string, unknown>, string][] = [
    [{ start_datetime: past }, "Start datetime must be in the future"],
    [{ end_datetime: past }, "End datetime must be in the future"],
    [{ start_datetime: event.end_datetime }, "Start datetime must be before end datetime"],
  ];
  for (const [body, error] of cases) {
    const answer = await update(body);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error, error);
  }
  const unknownVenue = await update({ venue_id: newId() });
  assert.equal(unknownVenue.status, 400);
  assert.equal(unknownVenue.body.error, "Invalid venue ID - venue does not exist");
});

Deno.test("updateEvent() accepts a new description after the start", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const event = await world.event({ organiser });
  world.clock.set(new Date(event.start_datetime));
  const token = await world.context.tokens.issueForAdmin({
    adminId: organiser.admin_id,
    role: "event_manager",
    permissions: "{}",
  });
  const { status } = await world.send("PUT", `/admin/events/${event.event_id}`, {
    token,
    body: { description: "Doors are open" },
  });
  assert.equal(status, 200);
});

Deno.test("organisers manage their own events, super admins all; analysts read all", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const other = await world.actor();
  const superAdmin = await world.actor("super_admin");
  const analyst = await world.actor("analyst");
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}`;
  const total = async (token: string) =>
    (await world.send("GET", "/admin/events", { token })).body.total;
  const analytics = async (token: string) =>
    (await world.send("GET", `${path}/analytics`, { token })).status;

  for (const method of ["PUT", "DELETE"]) {
    for (const body of [{ name: "Mine" }, { status: "draft" }]) {
      const refused = await world.send(method, path, { token: other.token, body });
      assert.equal(refused.status, 404);
      assert.equal(refused.body.error, NOT_YOURS);
      assert.equal((await world.send(method, path, { token: analyst.token, body })).status, 403);
      assert.equal((await world.send(method, path, { body })).status, 401);
    }
  }
  assert.equal(await total(other.token), 0);
  assert.equal(await total(organiser.token), 1);
  assert.equal(await total(superAdmin.token), 1);
  assert.equal(await total(analyst.token), 1);
  assert.equal(await analytics(other.token), 404);
  const takings = { fetch: () => Response.json({ takings: [] }) };
  world.context.provide("booking", takings);
  assert.equal(await analytics(analyst.token), 200);
  const body = { name: "Overruled" };
  assert.equal((await world.send("PUT", path, { token: superAdmin.token, body })).status, 200);
});

Deno.test("admin routes refuse missing, malformed and users' tokens", async () => {
  await using world = await createEventWorld();
  const none = await world.send("GET", "/admin/events");
  assert.equal(none.status, 401);
  assert.equal(none.body.error, "Unauthorized: missing or invalid authorization header");
  for (const token of ["nonsense", await world.context.tokens.issueForUser(newId())]) {
    const refused = await world.send("GET", "/admin/events", { token });
    assert.equal(refused.status, 401);
    assert.equal(refused.body.error, "Unauthorized: invalid admin token");
  }
});

Deno.test("event routes answer 404 to unknown ids and 400 to malformed ones", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const requests: [string, string, unknown][] = [
    ["PUT", "", { name: "x" }],
    ["DELETE", "", undefined],
    ["GET", "/analytics", undefined],
  ];
  for (const [method, suffix, body] of requests) {
    const unknown = await world.send(method, `/admin/events/${newId()}${suffix}`, { token, body });
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.error, NOT_YOURS);
    const malformed = await world.send(method, `/admin/events/42${suffix}`, { token, body });
    assert.equal(malformed.status, 400);
    assert.equal(malformed.body.error, "Invalid event ID");
  }
});

Deno.test("the list of managed events is paged, newest first, with drafts", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  for (const name of ["First", "Second", "Third"]) {
    await world.event({ organiser, draft: true, fields: { name } });
    world.clock.advance(1_000);
  }
  const { body } = await world.send("GET", "/admin/events?limit=2", { token: organiser.token });
  assert.deepEqual(body.events.map(({ name }: { name: string }) => name), ["Third", "Second"]);
  assert.equal(body.events[0].venue_name, "Shaniwar Wada");
  assert.equal(body.events[0].venue_city, "Pune");
  assert.deepEqual(
    Object.entries(body).slice(1),
    [["total", 3], ["page", 1], ["limit", 2], ["has_more", true]],
  );
});
