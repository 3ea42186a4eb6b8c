import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { isOnSale } from "@evently/shared/on_sale";
import { createEventWorld, type EventWorld, seatsOf } from "../testing/world.ts";

const DAY_MS = 24 * 3_600_000;

/** `start_datetime` and `end_datetime` on the day in UTC this many days from now. */
function inDays(world: EventWorld, days: number) {
  const today = Math.floor(world.clock.now().getTime() / DAY_MS);
  const startMs = (today + days) * DAY_MS + DAY_MS / 4;
  return {
    start_datetime: new Date(startMs).toISOString(),
    end_datetime: new Date(startMs + DAY_MS / 2).toISOString(),
  };
}

function names({ body }: { body: { events: { name: string }[] } }): string[] {
  return body.events.map(({ name }) => name);
}

Deno.test("the list has upcoming published events, soonest first", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const soldOut = { name: "Sold out", total_capacity: 1, ...inDays(world, 3) };
  const { event_id } = await world.event({ fields: soldOut });
  await seatsOf(world, event_id).held();
  await world.event({ fields: { name: "Later", ...inDays(world, 9) } });
  await world.event({ fields: { name: "Begun", ...inDays(world, 1) } });
  await world.event({ draft: true, fields: { name: "Draft" } });
  const cancelled = await world.event({ organiser, fields: { name: "Cancelled" } });
  await world.send("DELETE", `/admin/events/${cancelled.event_id}`, { token: organiser.token });
  world.clock.advance(2 * DAY_MS);

  const answer = await world.send("GET", "/events");

  assert.equal(answer.status, 200);
  assert.deepEqual(names(answer), ["Sold out", "Later"]);
  assert.deepEqual(answer.body.events.map(({ status }: { status: string }) => status), [
    "sold_out",
    "published",
  ]);
  assert.deepEqual(
    Object.entries(answer.body).filter(([key]) => key !== "events"),
    [["total", 2], ["page", 1], ["limit", 20], ["has_more", false]],
  );
});

Deno.test("the list is filtered by type, city and days, regardless of case", async () => {
  await using world = await createEventWorld();
  const mumbai = await world.venue({ city: "Navi Mumbai" });
  const pune = await world.venue({ city: "Pune" });
  await world.event({
    fields: { name: "A", event_type: "Concert", venue_id: mumbai.venue_id, ...inDays(world, 5) },
  });
  await world.event({
    fields: { name: "B", event_type: "concert", venue_id: pune.venue_id, ...inDays(world, 6) },
  });
  await world.event({
    fields: { name: "C", event_type: "comedy", venue_id: pune.venue_id, ...inDays(world, 7) },
  });
  const day = (days: number) => inDays(world, days).start_datetime.slice(0, 10);
  const cases: [string, string[]][] = [
    ["type=CONCERT", ["A", "B"]],
    ["city=mumbai", ["A"]],
    ["city=%25", []],
    ["type=concert&city=pune", ["B"]],
    [`date_from=${day(6)}`, ["B", "C"]],
    ["date_from=&date_to=&type=&city=&page=&limit=", ["A", "B", "C"]],
    [`date_to=${day(6)}`, ["A", "B"]],
    [`date_from=${day(6)}&date_to=${day(6)}`, ["B"]],
    ["date_to=9999-12-31", ["A", "B", "C"]],
    ["date_from=0001-01-01&date_to=", ["A", "B", "C"]],
    ["type=&city=", ["A", "B", "C"]],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(names(await world.send("GET", `/events?${query}`)), expected, query);
  }
});

Deno.test("the list has an event on each of its days in its own time zone", async () => {
  await using world = await createEventWorld();
  const festival = {
    name: "Festival",
    timezone: "Asia/Kolkata",
    start_datetime: "2030-11-09T20:00:00Z",
    end_datetime: "2030-11-12T18:30:00Z",
  };
  const night = {
    name: "Night",
    timezone: "America/New_York",
    start_datetime: "2030-11-11T03:00:00Z",
    end_datetime: "2030-11-11T04:30:00Z",
  };
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: festival });
  await world.event({ fields: night });
  const on = async (from: string, to = from) =>
    names(await world.send("GET", `/events?date_from=${from}&date_to=${to}`));
  const found: [string, string[]][] = [
    ["2030-11-09", []],
    ["2030-11-10", ["Festival", "Night"]],
    ["2030-11-11", ["Festival"]],
    ["2030-11-12", ["Festival"]],
    ["2030-11-13", []],
  ];
  for (const [day, expected] of found) assert.deepEqual(await on(day), expected, day);

  const { token } = organiser;
  const change = (body: unknown) => world.send("PUT", `/admin/events/${event_id}`, { token, body });
  await change({ end_datetime: "2030-11-12T18:31:00Z" });
  assert.deepEqual(await on("2030-11-13"), ["Festival"]);
  await change({ timezone: "UTC" });
  assert.deepEqual(await on("2030-11-13"), []);
  assert.deepEqual(await on("2030-11-09"), ["Festival"]);

  world.clock.advance(new Date("2030-11-11T12:00:00Z").getTime() - world.clock.now().getTime());
  assert.deepEqual(names(await world.send("GET", "/events")), []);
  const running = await world.send("GET", "/events?date_to=2030-11-12");
  assert.deepEqual(names(running), ["Festival"]);
  assert.equal(running.body.events[0].on_sale, false);
  assert.equal(running.body.total, 1);
});

Deno.test("every view of an event agrees with holdSeats() on whether it is on sale", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { token } = organiser;
  const minuteMs = 60_000;
  const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
  const times = { start_datetime: at(2 * minuteMs), end_datetime: at(4 * minuteMs) };
  const { event_id } = await world.event({ organiser, fields: { ...times, total_capacity: 1 } });
  const told = async () => {
    const answers = await Promise.all([
      world.send("GET", `/events/${event_id}`),
      world.send("GET", `/events/${event_id}/availability`),
      world.internal("GET", `/events/${event_id}`),
      world.send("GET", "/admin/events", { token }),
    ]);
    const [event, availability, internal, list] = answers.map(({ body }) => body);
    const { event: held } = await seatsOf(world, event_id).hold([{ quantity: 1_000 }]);
    return [event, availability, internal, list.events[0], held].map(({ on_sale }) => on_sale);
  };
  const all = (value: boolean) => [value, value, value, value, value];

  assert.deepEqual(await told(), all(true));
  await seatsOf(world, event_id).held();
  assert.deepEqual(await told(), all(true), "sold out");
  world.clock.advance(2 * minuteMs - 1);
  assert.deepEqual(await told(), all(true), "just before the start");
  world.clock.advance(1);
  assert.deepEqual(await told(), all(false), "begun");
  world.clock.advance(2 * minuteMs);
  assert.deepEqual(await told(), all(false), "ended");
});

Deno.test("isOnSale() agrees with holdSeats() for every status and time", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  for (const status of ["draft", "published", "cancelled"]) {
    const start = new Date(world.clock.now().getTime() + 60_000);
    const fields = { start_datetime: start.toISOString() };
    const { event_id } = await world.event({ organiser, draft: status === "draft", fields });
    if (status === "cancelled") {
      await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
    }
    for (const [advanceMs, isOver] of [[0, false], [59_999, false], [1, true]] as const) {
      world.clock.advance(advanceMs);
      const { event } = await seatsOf(world, event_id).hold([{}]);
      assert.equal(event.on_sale, isOnSale({ status, startsAt: start }, world.clock.now()));
      assert.equal(event.on_sale, status === "published" && !isOver, `${status} ${isOver}`);
    }
  }
});

Deno.test("the list's filters ignore case, accents and Unicode form", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue({ city: "Mu\u0308nchen" });
  await world.event({ fields: { name: "A", event_type: "Café-Théâtre", venue_id } });
  for (
    const filter of [
      ["city", "MÜNCHEN"],
      ["city", "mu\u0308nch"],
      ["city", "munchen"],
      ["type", "cafe-theatre"],
      ["type", "CAFÉ"],
      ["type", "\u200b"],
    ]
  ) {
    const found = await world.send("GET", `/events?${new URLSearchParams([filter])}`);
    assert.deepEqual(names(found), ["A"], filter.join("="));
  }
  for (const filter of ["city=m_nchen", "city=m%25", "type=theatres"]) {
    assert.deepEqual(names(await world.send("GET", `/events?${filter}`)), [], filter);
  }
});

Deno.test("the list is paged; page and limit are clamped", async () => {
  await using world = await createEventWorld();
  for (const days of [1, 2, 3]) {
    await world.event({ fields: { name: String(days), ...inDays(world, days) } });
  }
  const second = await world.send("GET", "/events?page=2&limit=2");
  assert.deepEqual(names(second), ["3"]);
  assert.equal(second.body.total, 3);
  assert.equal(second.body.has_more, false);
  assert.equal((await world.send("GET", "/events?limit=2")).body.has_more, true);
  const clamped = await world.send("GET", `/events?page=-1&limit=${"9".repeat(20)}`);
  assert.equal(clamped.body.page, 1);
  assert.equal(clamped.body.limit, 100);
});

Deno.test("the list refuses malformed dates and numbers with 400", async () => {
  await using world = await createEventWorld();
  for (
    const query of [
      "date_from=yesterday",
      "date_to=2030-02-30",
      "date_from=0000-01-01",
      "page=one",
      "limit=1e3",
      "city=%00",
      "city=%ED%A0%80",
      "type=a&type=b",
    ]
  ) {
    assert.equal((await world.send("GET", `/events?${query}`)).status, 400, query);
  }
});

Deno.test("an event has its venue and its keys in the contract's order", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue({ latitude: 18.5, longitude: 73.9 });
  const event = await world.event({
    fields: {
      venue_id,
      description: "Lights",
      timezone: "Asia/Kolkata",
      image_url: "https://x.test/a.png",
      access_notes: "Ramp at gate 2",
    },
  });

  const { status, body } = await world.send("GET", `/events/${event.event_id.toUpperCase()}`);

  assert.equal(status, 200);
  const { ticket_types: _, state, ...same } = body;
  // Its organiser is told of its seats by state, too.
  const sameOfOrganiser = Object.entries(event).filter(([key]) => key in same);
  assert.deepEqual([state, Object.entries(same)], ["on_sale", sameOfOrganiser]);
  assert.deepEqual(Object.keys(body), [
    ..."event_id name description venue_id venue_name venue_address venue_city venue_country"
      .split(" "),
    ..."event_type start_datetime end_datetime total_capacity available_seats base_price".split(
      " ",
    ),
    ..."max_tickets_per_booking status version created_by created_at updated_at".split(" "),
    ..."currency timezone image_url public_counts on_sale price_range".split(" "),
    ..."latitude longitude organiser_name access_notes ticket_types state".split(" "),
  ]);
});

Deno.test("drafts and unknown events answer 404, malformed ids 400", async () => {
  await using world = await createEventWorld();
  const draft = await world.event({ draft: true });
  for (const suffix of ["", "/availability"]) {
    for (const id of [draft.event_id, newId()]) {
      const { status, body } = await world.send("GET", `/events/${id}${suffix}`);
      assert.equal(status, 404);
      assert.equal(body.error, "Event not found");
      assert.equal(body.code, "EVENT_NOT_FOUND");
    }
    const { status, body } = await world.send("GET", `/events/42${suffix}`);
    assert.equal(status, 400);
    assert.equal(body.error, "Invalid event ID");
  }
});

Deno.test("availability follows the seats to sold out and back", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 2 } });
  const seats = seatsOf(world, event_id);
  const availability = async () =>
    (await world.send("GET", `/events/${event_id}/availability`)).body;
  const lastUpdated = world.clock.now().toISOString();

  assert.deepEqual(await availability(), {
    available_seats: 2,
    status: "published",
    last_updated: lastUpdated,
    on_sale: true,
    by_type: [{ ticket_type_id: event_id, available: 2, state: "on_sale" }],
  });
  const id = await seats.held(2);
  assert.deepEqual(await availability(), {
    available_seats: 0,
    status: "sold_out",
    last_updated: lastUpdated,
    on_sale: true,
    by_type: [{ ticket_type_id: event_id, available: 0, state: "sold_out" }],
  });
  await seats.waitlist(true);
  await seats.release(id);
  assert.equal((await availability()).status, "sold_out");
  await seats.waitlist(false);
  assert.deepEqual(await availability(), {
    available_seats: 2,
    status: "published",
    last_updated: lastUpdated,
    on_sale: true,
    by_type: [{ ticket_type_id: event_id, available: 2, state: "on_sale" }],
  });
});
