import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import {
  type Actor,
  createEventWorld,
  createOffer,
  type EventWorld,
  type Json,
  seatsOf,
} from "../testing/world.ts";

const DAY_MS = 24 * 3_600_000;
const NOT_YOURS = "Event not found or you don't have permission";

/** Lets time pass; returns the organiser with a token that is still valid. */
async function later(world: EventWorld, { admin_id }: Actor, until: string): Promise<Actor> {
  world.clock.advance(Date.parse(until) - world.clock.now().getTime());
  const admin = { adminId: admin_id, role: "event_manager", permissions: "{}" } as const;
  return { admin_id, token: await world.context.tokens.issueForAdmin(admin) };
}

/** The names of an organiser's events in a list. */
async function namesOf(world: EventWorld, { token }: Actor, query: string): Promise<string[]> {
  const { status, body } = await world.send("GET", `/admin/events?${query}`, { token });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.total, body.events.length);
  return body.events.map(({ name }: Json) => name);
}

Deno.test("GET /admin/events/{id} shows a draft with its seats by state to its organiser", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const seats = seatsOf(world, event_id);
  await seats.commit(await seats.held(3));
  await seats.held(2);

  const { status, body } = await world.send("GET", `/admin/events/${event_id}`, organiser);

  assert.equal(status, 200);
  assert.deepEqual(
    [body.tickets_sold, body.held_seats, body.set_aside_seats, body.available_seats],
    [3, 2, 0, 95],
  );
  const draft = await world.event({ organiser, draft: true });
  assert.equal((await world.send("GET", `/admin/events/${draft.event_id}`, organiser)).status, 200);
});

Deno.test("an organiser's event is not found by another one, but read by analysts", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const stranger = await world.actor();
  const path = `/admin/events/${event_id}`;
  for (const [method, to, body] of [["GET", path], ["POST", `${path}/duplicate`, {}]] as const) {
    const answer = await world.send(method, to, { token: stranger.token, body });
    assert.deepEqual([answer.status, answer.body.error], [404, NOT_YOURS], to);
    assert.equal((await world.send(method, to, { body })).status, 401, to);
  }
  const analyst = await world.actor("analyst");
  assert.equal((await world.send("GET", path, analyst)).status, 200);
  const copied = await world.send("POST", `${path}/duplicate`, { token: analyst.token, body: {} });
  assert.equal(copied.status, 403);
  const drafted = await world.send("POST", "/admin/events/drafts", {
    token: analyst.token,
    body: { name: "Mine" },
  });
  assert.equal(drafted.status, 403);
  assert.equal((await world.send("GET", "/admin/events/x", stranger)).status, 400);
});

Deno.test("GET /admin/events finds by name, whatever its case and accents, and by state", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  await world.event({ organiser, draft: true, fields: { name: "Café Nights" } });
  await world.event({ organiser, fields: { name: "Old cafe" } });
  await world.event({ organiser, fields: { name: "Mela" } });
  const gone = await world.event({ organiser, fields: { name: "Gone" } });
  await world.send("DELETE", `/admin/events/${gone.event_id}`, organiser);
  await world.event({ fields: { name: "Café of another" } });
  const names = (query: string) => namesOf(world, organiser, query);

  assert.deepEqual((await names("q=CAFE")).sort(), ["Café Nights", "Old cafe"]);
  assert.deepEqual(await names("q=caf%C3%A9&state=draft"), ["Café Nights"]);
  assert.deepEqual(await names("state=cancelled"), ["Gone"]);
  assert.deepEqual(await names("q=nothing"), []);
  assert.equal((await names("")).length, 4);
});

Deno.test("GET /admin/events finds events of before by their lower-case name", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { name: "Monsoon" } });
  await world.sql`UPDATE events SET name_key = NULL WHERE event_id = ${event_id}`;
  assert.deepEqual(await namesOf(world, organiser, "q=MONS"), ["Monsoon"]);
});

Deno.test("GET /admin/events tells published from past by the end", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { end_datetime } = await world.event({ organiser, fields: { name: "First" } });
  const dayAfter = new Date(Date.parse(end_datetime) + DAY_MS).toISOString();
  await world.event({ organiser, fields: { name: "Second", end_datetime: dayAfter } });
  assert.equal((await namesOf(world, organiser, "state=published")).length, 2);

  const then = await later(world, organiser, end_datetime);

  assert.deepEqual(await namesOf(world, then, "state=published"), ["Second"]);
  assert.deepEqual(await namesOf(world, then, "state=past"), ["First"]);
});

Deno.test("GET /admin/events sorts by creation or start", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const start = (days: number) =>
    new Date(world.clock.now().getTime() + days * DAY_MS).toISOString();
  const fields = (name: string, days: number) => ({
    name,
    start_datetime: start(days),
    end_datetime: start(days + 1),
  });
  for (const [name, days] of [["b", 2], ["a", 1], ["c", 3]] as const) {
    await world.event({ organiser, fields: fields(name, days) });
    world.clock.advance(1_000);
  }
  const names = (query: string) => namesOf(world, organiser, query);
  assert.deepEqual(await names(""), ["c", "a", "b"]);
  assert.deepEqual(await names("sort=start"), ["a", "b", "c"]);
  assert.deepEqual(await names("sort=-start"), ["c", "b", "a"]);
});

for (
  const [query, error] of [
    ["state=open", "state must be one of draft, published, past, cancelled"],
    ["sort=name", "sort must be one of created, start, -start"],
    ["page=two", "page must be a number"],
  ]
) {
  Deno.test(`GET /admin/events?${query} is refused with the rule`, async () => {
    await using world = await createEventWorld();
    const { status, body } = await world.send("GET", `/admin/events?${query}`, await world.actor());
    assert.deepEqual([status, body.error], [400, error]);
  });
}

Deno.test("GET /admin/events answers the organiser's own events as CSV, formulas defused", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  await world.event({ organiser, fields: { name: "=cmd|' /C calc'!A0" } });
  await world.event({ fields: { name: "Of another" } });

  const answer = await world.service.app.fetch(
    new Request("http://event.test/api/v1/admin/events", {
      headers: { Authorization: `Bearer ${organiser.token}`, Accept: "text/csv" },
    }),
    {},
  );

  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("Content-Type")!, /^text\/csv/);
  assert.equal(answer.headers.get("Content-Disposition"), 'attachment; filename="events.csv"');
  const lines = (await answer.text()).trimEnd().split("\r\n");
  assert.equal(lines.length, 2);
  assert.match(lines[0]!, /^event_id,name,status,/);
  assert.match(lines[1]!, /^[0-9a-f-]{36},"'=cmd\|' \/C calc'!A0",published,/);
});

Deno.test("POST /admin/events/drafts needs no more than a name and a venue that is known", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const refused = await world.send("POST", "/admin/events/drafts", {
    token,
    body: { name: "Mela" },
  });
  assert.deepEqual([refused.status, refused.body.error], [400, "venue_id is required"]);

  const venue = await world.venue({ capacity: 750, timezone: "Asia/Kolkata" }, organiser);
  const { status, body } = await world.send("POST", "/admin/events/drafts", {
    token,
    body: { name: "Mela" },
  });

  assert.equal(status, 201, JSON.stringify(body));
  const { venue_id, total_capacity, base_price, currency, timezone } = body;
  assert.deepEqual([body.name, body.status, body.version], ["Mela", "draft", 1]);
  assert.deepEqual(
    { venue_id, total_capacity, base_price, currency, timezone },
    {
      venue_id: venue.venue_id,
      total_capacity: 750,
      base_price: 0,
      currency: "INR",
      timezone: "Asia/Kolkata",
    },
  );
  assert.match(body.start_datetime, /T13:30:00/, "19:00 in Kolkata");
  assert.equal(Date.parse(body.end_datetime) - Date.parse(body.start_datetime), 3 * 3_600_000);
});

Deno.test("POST /admin/events/drafts takes venue and currency of the latest event", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const used = await world.event({ organiser, fields: { currency: "USD" } });
  world.clock.advance(1_000);
  await world.venue({}, organiser);
  const { token } = organiser;
  const body = { name: "Next", total_capacity: 5 };
  const draft = (await world.send("POST", "/admin/events/drafts", { token, body })).body;
  assert.deepEqual(
    [draft.venue_id, draft.currency, draft.total_capacity],
    [used.venue_id, "USD", 5],
  );
});

for (
  const [fields, error] of [
    [{ name: "" }, "Name and event_type are required"],
    [{ venue_id: newId() }, "Invalid venue ID - venue does not exist"],
    [{ venue_id: "x" }, "Invalid venue_id format"],
    [{ start_datetime: "2000-01-01T00:00:00Z" }, "Start datetime must be in the future"],
    [{ total_capacity: 0 }, "Total capacity must be positive"],
  ] as const
) {
  Deno.test(`POST /admin/events/drafts refuses ${JSON.stringify(fields).slice(0, 40)}`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    await world.venue({}, organiser);
    const { token } = organiser;
    const body = { name: "Mela", ...fields };
    const answer = await world.send("POST", "/admin/events/drafts", { token, body });
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  });
}

Deno.test("POST /admin/events/{id}/duplicate copies everything but the sales", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const source = await world.event({ organiser, fields: { description: "Lamps" } });
  const seats = seatsOf(world, source.event_id);
  await seats.commit(await seats.held(3));
  const body = { access_notes: "Ramp", max_held_per_user: 6, public_counts: true };
  await world.send("PUT", `/admin/events/${source.event_id}`, { token, body });

  const { status, body: copied } = await world.send(
    "POST",
    `/admin/events/${source.event_id}/duplicate`,
    { token, body: {} },
  );

  assert.equal(status, 201, JSON.stringify(copied));
  const changed = ["event_id", "status", "version", "created_at", "updated_at", "on_sale"];
  const { available_seats: _available, ...stored } = (await world.send(
    "GET",
    `/admin/events/${source.event_id}`,
    { token },
  )).body;
  const expected = { ...stored, tickets_sold: 0, available_seats: 100 };
  for (const field of changed) delete expected[field];
  assert.deepEqual([copied.status, copied.version, copied.on_sale], ["draft", 1, false]);
  assert.notEqual(copied.event_id, source.event_id);
  for (const field of changed) delete copied[field];
  assert.deepEqual(copied, expected);
});

Deno.test("POST /admin/events/{id}/duplicate copies ticket types with the pools that they share", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const offer = await createOffer(world, { organiser });
  const stalls = await offer.pool({ name: "Stalls", capacity: 40 });
  await offer.pool({ name: "Unused", capacity: 7 });
  const early = await offer.type({ name: "Early", price: 5, capacity: 8, position: 0 });
  const shared = { pools: [{ pool_id: stalls.pool_id }] };
  await offer.type({ name: "Stalls", price: 30, max_per_order: 4, ...shared });
  await offer.type({ name: "Pair", price: 55, gives: 2, max_per_buyer: 2, ...shared });
  const old = await offer.type({ name: "Old", price: 1, capacity: 3 });
  await offer.held(old.ticket_type_id);
  await offer.change(old.ticket_type_id, { status: "archived" });
  await offer.change(offer.eventId, { name: "Floor", min_per_order: 2 });
  await offer.held(early.ticket_type_id, { quantity: 3 });

  const { body } = await offer.send("POST", "/duplicate", {});
  const copy = await createOffer(world, { organiser, eventId: body.event_id });

  /** What is comparable of an offer: names instead of ids. */
  async function shapeOf({ types, pools }: typeof offer) {
    const all = await pools();
    const nameOf = new Map(all.map(({ pool_id, name }) => [pool_id, name]));
    return {
      pools: all.map(({ name, capacity }) => ({ name, capacity }))
        .filter(({ name }) => name !== "Old"),
      types: (await types()).filter(({ status }) => status !== "archived").map((type) => ({
        ...Object.fromEntries(
          Object.entries(type).filter(([key]) =>
            /^(name|kind|price|gives|capacity|min_per_order|max_per|position|status)/.test(key)
          ),
        ),
        pools: (type.pools ?? []).map(({ pool_id, units }) => [nameOf.get(pool_id), units]),
      })),
    };
  }
  const [expected, copied] = [await shapeOf(offer), await shapeOf(copy)];
  assert.deepEqual(copied.types, expected.types);
  assert.deepEqual(copied.pools.sort(byName), expected.pools.sort(byName));
  assert.deepEqual(copied.types.map((type) => (type as Json).name), [
    "Early",
    "Floor",
    "Stalls",
    "Pair",
  ]);
  await world.send("PUT", `/admin/events/${body.event_id}`, {
    token: organiser.token,
    body: { status: "published" },
  });
  const [first] = await copy.types();
  assert.equal(await copy.tryHold(first!.ticket_type_id, { quantity: 8 }), "held");
  assert.notEqual(await copy.tryHold(first!.ticket_type_id), "held", "its own pool of 8 is taken");
});

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name);
}

Deno.test("POST /admin/events/{id}/duplicate moves a past event to a coming week, windows along", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const venue = await world.venue({ timezone: "Europe/Berlin" }, organiser);
  const start = "2031-10-24T18:00:00.000Z"; // a Friday, 20:00 in Berlin, two days before winter time
  const fields = {
    venue_id: venue.venue_id,
    start_datetime: start,
    end_datetime: "2031-10-24T21:00:00.000Z",
  };
  const offer = await createOffer(world, { organiser, fields });
  await offer.type({ name: "Late", sales_end: "2031-10-24T16:00:00.000Z" });
  const past = await createOffer(world, {
    organiser: await later(world, organiser, "2031-10-26T18:00:00.000Z"),
    eventId: offer.eventId,
  });

  const { status, body } = await past.send("POST", "/duplicate", { name: "Again" });

  assert.equal(status, 201, JSON.stringify(body));
  assert.deepEqual([body.name, body.start_datetime, body.end_datetime], [
    "Again",
    "2031-10-31T19:00:00.000Z",
    "2031-10-31T22:00:00.000Z",
  ]);
  const copy = await createOffer(world, {
    organiser: await later(world, organiser, "2031-10-26T18:00:00.001Z"),
    eventId: body.event_id,
  });
  const late = (await copy.types()).find(({ name }) => name === "Late");
  assert.equal(late?.sales_end, "2031-10-31T17:00:00.000Z");

  const given = await past.send("POST", "/duplicate", { start_datetime: "2032-07-01T18:00:00Z" });
  assert.equal(given.body.end_datetime, "2032-07-01T21:00:00.000Z");
  const passed = await past.send("POST", "/duplicate", { start_datetime: start });
  assert.deepEqual([passed.status, passed.body.error], [
    400,
    "Start datetime must be in the future",
  ]);
});

Deno.test("a list tells what was paid for each event, and does without if nobody can say", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const paid = await world.event({ organiser, fields: { name: "Paid" } });
  await world.event({ organiser, fields: { name: "Unpaid" } });
  let isDown = false;
  world.context.provide("booking", {
    fetch(request: Request) {
      if (isDown) return Response.json({ error: "down" }, { status: 503 });
      const isPaid = new URL(request.url).pathname === `/internal/events/${paid.event_id}/takings`;
      const takings = [{ currency: "INR", gross_minor: 150_050, refunded_minor: 50_000 }];
      return Response.json({ takings: isPaid ? takings : [] });
    },
  });
  const revenues = async (query: string) => {
    const { status, body } = await world.send("GET", `/admin/events?${query}`, organiser);
    assert.equal(status, 200, JSON.stringify(body));
    return body.events.map(({ name, revenue }: Json) => [name, revenue]).sort();
  };

  assert.deepEqual(await revenues("include=revenue"), [
    ["Paid", [{ amount: 1_000.5, currency: "INR" }]],
    ["Unpaid", []],
  ]);
  assert.deepEqual(await revenues(""), [["Paid", undefined], ["Unpaid", undefined]]);
  isDown = true;
  assert.deepEqual(await revenues("include=revenue"), [["Paid", undefined], [
    "Unpaid",
    undefined,
  ]]);
});
