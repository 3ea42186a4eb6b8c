import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { seatsOf } from "../testing/seats.ts";
import { createEventWorld, type EventWorld } from "../testing/world.ts";

const DAY_MS = 24 * 3_600_000;

/** `start_datetime` and `end_datetime` so many days from now. */
function inDays(world: EventWorld, days: number) {
  const start_ms = world.clock.now().getTime() + days * DAY_MS;
  return {
    start_datetime: new Date(start_ms).toISOString(),
    end_datetime: new Date(start_ms + DAY_MS / 2).toISOString(),
  };
}

function names({ body }: { body: { events: { name: string }[] } }): string[] {
  return body.events.map(({ name }) => name);
}

Deno.test("the list shows published and sold-out events to come, the soonest first", async () => {
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

Deno.test("the list is filtered by type, city and days, in any case", async () => {
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

Deno.test("the list's filters ignore case, accents and how a text was typed", async () => {
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

Deno.test("the list is paged; page and limit out of range are clamped", async () => {
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

Deno.test("the list refuses what is no date or no number with 400", async () => {
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

Deno.test("an event is shown with its venue, its keys in the contract's order", async () => {
  await using world = await createEventWorld();
  const event = await world.event({
    fields: { description: "Lights", timezone: "Asia/Kolkata", image_url: "https://x.test/a.png" },
  });

  const { status, body } = await world.send("GET", `/events/${event.event_id.toUpperCase()}`);

  assert.equal(status, 200);
  assert.deepEqual(body, event);
  assert.deepEqual(Object.keys(body), [
    ..."event_id name description venue_id venue_name venue_address venue_city venue_country"
      .split(" "),
    ..."event_type start_datetime end_datetime total_capacity available_seats base_price".split(
      " ",
    ),
    ..."max_tickets_per_booking status version created_by created_at updated_at".split(" "),
    ..."currency timezone image_url public_counts".split(" "),
  ]);
});

Deno.test("drafts and unknown events are not found, and no id is none", async () => {
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

Deno.test("availability follows the seats, to sold out and back", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 2 } });
  const seats = seatsOf(world, event_id);
  const availability = async () =>
    (await world.send("GET", `/events/${event_id}/availability`)).body;
  const last_updated = world.clock.now().toISOString();

  assert.deepEqual(await availability(), { available_seats: 2, status: "published", last_updated });
  const id = await seats.held(2);
  assert.deepEqual(await availability(), { available_seats: 0, status: "sold_out", last_updated });
  await seats.waitlist(true);
  await seats.release(id);
  assert.equal((await availability()).status, "sold_out");
  await seats.waitlist(false);
  assert.deepEqual(await availability(), { available_seats: 2, status: "published", last_updated });
});
