import assert from "node:assert/strict";
import { times } from "@evently/shared/testing";
import { createEventWorld, type EventWorld, type Json, seatsOf } from "../testing/world.ts";
import { runSeatChanges } from "./run_seat_changes.ts";

/** The whole feed after a number, read page by page. */
async function feed(world: EventWorld, after = 0): Promise<Json[]> {
  const items: Json[] = [];
  for (let pages = 0; pages < 50; pages++) {
    const { body } = await world.internal("GET", `/events/changes?limit=2&after=${after}`);
    items.push(...body.changes);
    after = body.position;
    if (!body.more) return items;
  }
  throw new Error("the feed does not end");
}

async function lastOf(world: EventWorld): Promise<number> {
  return (await world.internal("GET", "/events/changes")).body.last;
}

Deno.test("the change feed from 0 has every event once, with its search document", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue({ latitude: 18.5, longitude: 73.9 });
  const draft = await world.event({ draft: true, fields: { venue_id } });
  const published = await world.event({ fields: { venue_id } });
  const soldOut = await world.event({ fields: { venue_id, total_capacity: 1 } });
  await seatsOf(world, soldOut.event_id).held();

  const items = await feed(world);
  assert.deepEqual(
    items.map(({ event_id }) => event_id),
    [draft.event_id, published.event_id, soldOut.event_id],
  );
  assert.deepEqual(Object.keys(items[0]), ["change", "event_id"]);
  assert.ok(items[0].change < items[1].change && items[1].change < items[2].change);
  assert.deepEqual(Object.entries(items[2].event), [
    ["event_id", soldOut.event_id],
    ["name", "Diwali Night"],
    ["venue_id", venue_id],
    ["venue_name", "Shaniwar Wada"],
    ["venue_address", "1 Fort Road"],
    ["venue_city", "Pune"],
    ["venue_country", "India"],
    ["event_type", "festival"],
    ["start_datetime", soldOut.start_datetime],
    ["end_datetime", soldOut.end_datetime],
    ["base_price", 1_499.5],
    ["available_seats", 0],
    ["total_capacity", 1],
    ["status", "sold_out"],
    ["version", 2],
    ["created_at", soldOut.created_at],
    ["updated_at", soldOut.updated_at],
    ["currency", "INR"],
    ["timezone", "UTC"],
    ["latitude", 18.5],
    ["longitude", 73.9],
  ]);
});

Deno.test("the change feed repeats an event only when it or its venue changes", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const [here, there] = [await world.venue(), await world.venue()];
  const a = await world.event({ fields: { venue_id: here.venue_id } });
  const b = await world.event({ fields: { venue_id: here.venue_id } });
  await world.event({ fields: { venue_id: there.venue_id } });

  const before = await lastOf(world);
  await world.send("PUT", `/admin/events/${b.event_id}`, { token, body: { status: "cancelled" } });
  const [cancelled, ...others] = await feed(world, before);
  assert.deepEqual([cancelled.event_id, cancelled.event, others], [b.event_id, undefined, []]);

  const moved = await lastOf(world);
  await world.send("PUT", `/admin/venues/${here.venue_id}`, { token, body: { city: "Agra" } });
  const told = await feed(world, moved);
  assert.deepEqual(
    told.map(({ event_id }) => event_id).toSorted(),
    [a.event_id, b.event_id].toSorted(),
  );
  assert.equal(told.find(({ event_id }) => event_id === a.event_id).event.venue_city, "Agra");
});

Deno.test("the change feed reports many sales once and loses none", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 500 } });
  const deps = { seatSql: world.sql };
  const seats = seatsOf(world, event_id);
  const before = await lastOf(world);

  await Promise.all(times(20, () => seats.held()));
  assert.deepEqual(await feed(world, before), []);
  await runSeatChanges(deps);
  const [sold, ...others] = await feed(world, before);
  assert.deepEqual([sold.event.available_seats, others], [480, []]);

  let selling = true;
  const publishing = (async () => {
    while (selling) await runSeatChanges(deps);
  })();
  for (let round = 0; round < 20; round++) await Promise.all(times(5, () => seats.held()));
  selling = false;
  await publishing;
  await runSeatChanges(deps);
  const [last] = await feed(world, sold.change);
  assert.equal(last.event.available_seats, 380);
  assert.ok(await lastOf(world) - before < 120);
});

Deno.test("a reader of the change feed misses no concurrent change", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue();
  const events = await Promise.all(times(10, () => world.event({ fields: { venue_id } })));
  let position = await lastOf(world);
  const versions = new Map<string, number>();

  async function read(): Promise<void> {
    for (const { change, event_id, event } of await feed(world, position)) {
      assert.ok(change > position);
      position = change;
      versions.set(event_id, event.version);
    }
  }

  let changing = true;
  const reading = (async () => {
    while (changing) await read();
  })();
  await Promise.all(events.map(async ({ event_id }) => {
    for (let round = 0; round < 5; round++) {
      const body = { description: `Round ${round}` };
      await world.send("PUT", `/admin/events/${event_id}`, { token, body });
    }
  }));
  changing = false;
  await reading;
  await read();
  assert.deepEqual(versions, new Map(events.map(({ event_id }) => [event_id, 7])));
});

Deno.test("the change feed refuses malformed positions and page sizes", async () => {
  await using world = await createEventWorld();
  assert.equal((await world.internal("GET", "/events/changes?after=-1")).status, 400);
  assert.equal((await world.internal("GET", "/events/changes?limit=many")).status, 400);
});
