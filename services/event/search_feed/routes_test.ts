import assert from "node:assert/strict";
import { changesUpTo, parseFeedPosition } from "@evently/shared/feed_position";
import { LANES } from "@evently/shared/lanes";
import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import {
  createEventWorld,
  type EventWorld,
  feedEnd,
  type Json,
  readFeed,
  seatsOf,
} from "../testing/world.ts";
import { numberChanges } from "./number_changes.ts";

/** The whole feed after a position, read page by page. */
async function feed(world: EventWorld, after?: string): Promise<Json[]> {
  return (await readFeed(world, after)).items;
}

function countOf(position: string): number {
  return changesUpTo(parseFeedPosition(position)!);
}

Deno.test("the change feed from the start has every event once, with its search document", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue({ latitude: 18.5, longitude: 73.9 });
  const draft = await world.event({ draft: true, fields: { venue_id } });
  const published = await world.event({ fields: { venue_id } });
  const soldOut = await world.event({ fields: { venue_id, total_capacity: 1 } });
  await seatsOf(world, soldOut.event_id).held();

  const items = await feed(world);
  const itemOf = (event: Json) => items.find(({ event_id }) => event_id === event.event_id);
  assert.deepEqual(
    items.map(({ event_id }) => event_id).toSorted(),
    [draft.event_id, published.event_id, soldOut.event_id].toSorted(),
  );
  assert.deepEqual(Object.keys(itemOf(draft)), ["change", "event_id"]);
  assert.deepEqual(Object.entries(itemOf(soldOut).event), [
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
    ["organiser_name", "Admin"],
  ]);
});

Deno.test("the change feed repeats an event only when it or its venue changes", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const [here, there] = [await world.venue(), await world.venue()];
  const a = await world.event({ fields: { venue_id: here.venue_id } });
  const b = await world.event({ fields: { venue_id: here.venue_id } });
  await world.event({ fields: { venue_id: there.venue_id } });

  const before = await feedEnd(world);
  await world.send("PUT", `/admin/events/${b.event_id}`, { token, body: { status: "cancelled" } });
  const [cancelled, ...others] = await feed(world, before);
  assert.deepEqual([cancelled.event_id, cancelled.event, others], [b.event_id, undefined, []]);

  const moved = await feedEnd(world);
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
  const before = await feedEnd(world);

  await Promise.all(times(20, () => seats.held()));
  const { body: unnumbered } = await world.internal("GET", `/events/changes?after=${before}`);
  assert.deepEqual(unnumbered.changes, []);
  await numberChanges(deps);
  const { items: [sold, ...others], position } = await readFeed(world, before);
  assert.deepEqual([sold.event.available_seats, others], [480, []]);

  let selling = true;
  const publishing = (async () => {
    while (selling) await numberChanges(deps);
  })();
  for (let round = 0; round < 20; round++) await Promise.all(times(5, () => seats.held()));
  selling = false;
  await publishing;
  await numberChanges(deps);
  const [last] = await feed(world, position);
  assert.equal(last.event.available_seats, 380);
  assert.ok(countOf(await feedEnd(world)) - countOf(before) < 120);
});

Deno.test("a reader of the change feed misses no concurrent change", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue();
  const events = await Promise.all(times(10, () => world.event({ fields: { venue_id } })));
  let position = await feedEnd(world);
  const versions = new Map<string, number>();
  const changes = new Map<string, number>();

  async function read(): Promise<void> {
    const page = await readFeed(world, position);
    position = page.position;
    for (const { change, event_id, event } of page.items) {
      assert.ok(change > (changes.get(event_id) ?? 0));
      changes.set(event_id, change);
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

Deno.test("a page of the change feed is shared by all lanes that have changes", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue();
  await Promise.all(times(40, () => world.event({ draft: true, fields: { venue_id } })));
  const counted = await world.sql<{ lane: number; events: number }[]>`
    SELECT lane_of(event_id) AS lane, count(*)::int AS events FROM events GROUP BY 1 ORDER BY 1`;

  await numberChanges({ seatSql: world.sql });
  const { body } = await world.internal("GET", `/events/changes?limit=${LANES}`);
  const lanes = await world.sql<{ lane: number; events: number }[]>`
    SELECT lane_of(id) AS lane, count(*)::int AS events
      FROM unnest(${body.changes.map(({ event_id }: Json) => event_id)}::uuid[]) AS id
     GROUP BY 1 ORDER BY 1`;

  const share = Math.floor(LANES / counted.length);
  assert.deepEqual(
    [...lanes],
    counted.map(({ lane, events }) => ({ lane, events: Math.min(events, share) })),
  );
  assert.equal(body.more, true);
  assert.equal((await feed(world)).length, 40);
});

Deno.test("an event's lane is the last digit of its id, and its changes rise in this lane", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  for (const event of [await world.event({ organiser }), await world.event({ organiser })]) {
    const path = `/admin/events/${event.event_id}`;
    const lane = Number.parseInt(event.event_id.slice(-1), 16);
    const before = parseFeedPosition(await feedEnd(world))!;
    await world.send("PUT", path, { token: organiser.token, body: { name: "Renamed" } });
    const after = parseFeedPosition(await feedEnd(world))!;
    assert.deepEqual(after, before.with(lane, before[lane]! + 1));
  }
});

Deno.test("venue changes and changes of its events at once end without a deadlock", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue();
  const events = await Promise.all(times(30, () => world.event({ fields: { venue_id } })));
  const answers = await Promise.all(
    times(20, (round) => [
      world.send("PUT", `/admin/venues/${venue_id}`, { token, body: { city: `City ${round}` } }),
      ...[events[round]!, events[round + 1]!].map(({ event_id }) =>
        world.send("PUT", `/admin/events/${event_id}`, {
          token,
          body: { total_capacity: 200 + round, description: `Round ${round}` },
        })
      ),
      world.event({ fields: { venue_id } }).then(() => ({ status: 200 })),
    ]).flat(),
  );
  assert.deepEqual(answers.map(({ status }) => status), answers.map(() => 200));

  const { venue_city } = await exactlyOne(
    world.sql<{ venue_city: string }[]>`SELECT city AS venue_city FROM venues`,
    (row) => row,
  );
  const items = await feed(world);
  assert.equal(items.length, 50);
  for (const { event } of items) assert.equal(event.venue_city, venue_city);
});

Deno.test("GET /internal/events/changes starts at the beginning without a position", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  for (const query of ["", "?after=", "?after=0", `?after=${Array(LANES).fill(0).join(".")}`]) {
    const { body } = await world.internal("GET", `/events/changes${query}`);
    assert.deepEqual(body.changes.map((item: Json) => item.event_id), [event_id], query);
    assert.deepEqual([body.position, body.more], [body.last, false], query);
  }
});

Deno.test("GET /internal/events/changes answers a position past its end with itself", async () => {
  await using world = await createEventWorld();
  await world.event();
  const after = Array(LANES).fill(1_000).join(".");
  const { body } = await world.internal("GET", `/events/changes?after=${after}`);
  assert.deepEqual([body.changes, body.position, body.more], [[], after, false]);
  assert.ok(countOf(body.last) < 1_000);
});

Deno.test("GET /internal/events/changes refuses malformed positions and page sizes", async () => {
  await using world = await createEventWorld();
  for (const after of ["-1", "17", "1.2", "0x1", newId(), Array(LANES + 1).fill(0).join(".")]) {
    const { status, body } = await world.internal("GET", `/events/changes?after=${after}`);
    const message = "after must be 0 or the position of an earlier page";
    assert.deepEqual([status, body.error, body.details], [400, message, [{
      path: "after",
      message,
    }]]);
  }
  assert.equal((await world.internal("GET", "/events/changes?limit=many")).status, 400);
});
