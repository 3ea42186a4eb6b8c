import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Sql } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { PublicEvents } from "./public_events.ts";
import { createEventWorld, type EventWorld, seatsOf } from "../testing/world.ts";

/** Counts the queries for events, and fails them on demand. */
function countingSql({ sql }: EventWorld) {
  const asked = { statements: 0, failing: false };
  const counting = new Proxy(sql, {
    apply(target, self, args) {
      const [{ raw }] = args as [{ raw?: readonly string[] }];
      if (raw?.some((text) => text.includes("WHERE e.event_id"))) {
        asked.statements++;
        if (asked.failing) return Promise.reject(new Error("down"));
      }
      return Reflect.apply(target, self, args);
    },
  }) as Sql;
  return { asked, counting };
}

/** Changes the event in the database alone, as another process would. */
async function renameElsewhere({ sql }: EventWorld, eventId: string): Promise<string> {
  const name = newId();
  await sql`UPDATE events SET name = ${name} WHERE event_id = ${eventId}`;
  return name;
}

Deno.test("find() sends one query for a thousand concurrent requests", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const { asked, counting } = countingSql(world);
  const events = new PublicEvents({ sql: counting, clock: world.clock });

  const seen = await Promise.all(times(1_000, () => events.find(event_id)));

  assert.ok(seen.every((event) => event?.eventId === event_id));
  assert.equal(asked.statements, 1);
  await Promise.all(times(1_000, () => events.find(newId())));
  assert.equal(asked.statements, 1_001, "each unknown event is a question of its own");
});

Deno.test("find() caches no failure", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const { asked, counting } = countingSql(world);
  const events = new PublicEvents({ sql: counting, clock: world.clock });
  asked.failing = true;
  await assert.rejects(events.find(event_id), /down/);
  asked.failing = false;
  assert.equal((await events.find(event_id))?.eventId, event_id);
});

Deno.test("public reads are at most a second old", async () => {
  await using world = await createEventWorld();
  const { event_id, name } = await world.event();
  const seenName = async () => (await world.send("GET", `/events/${event_id}`)).body.name;
  assert.equal(await seenName(), name);
  const renamed = await renameElsewhere(world, event_id);
  world.clock.advance(999);
  assert.equal(await seenName(), name);
  world.clock.advance(1);
  assert.equal(await seenName(), renamed);
});

Deno.test("availability has the time at which it was read", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const availability = async () =>
    (await world.send("GET", `/events/${event_id}/availability`)).body;
  const read = (await availability()).last_updated;
  assert.equal(read, world.clock.now().toISOString());
  world.clock.advance(999);
  assert.equal((await availability()).last_updated, read);
  world.clock.advance(1);
  assert.equal((await availability()).last_updated, world.clock.now().toISOString());
});

Deno.test("an organiser's changes are visible at once", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id, venue_id } = await world.event({ organiser });
  const seen = async () => (await world.send("GET", `/events/${event_id}`)).body;
  const path = `/admin/events/${event_id}`;
  const { token } = organiser;
  await seen();
  await world.send("PUT", path, { token, body: { name: "Renamed", total_capacity: 7 } });
  assert.deepEqual(
    [(await seen()).name, (await seen()).available_seats],
    ["Renamed", 7],
  );
  await world.send("PUT", `/admin/venues/${venue_id}`, { token, body: { city: "Satara" } });
  assert.equal((await seen()).venue_city, "Satara");
  const { version } = await seen();
  await world.internal("POST", `/events/${event_id}/update-availability`, {
    quantity: -2,
    version,
  });
  assert.deepEqual([(await seen()).available_seats, (await seen()).version], [5, version + 1]);
  await world.send("DELETE", path, { token });
  assert.equal((await seen()).status, "cancelled");
});

Deno.test("seat operations of this process are visible at once, without a query", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 3 } });
  const { asked, counting } = countingSql(world);
  const events = new PublicEvents({ sql: counting, clock: world.clock });
  const seen = async () => {
    const event = await events.find(event_id);
    return [event?.availableSeats, event?.status];
  };
  const first = await events.find(event_id);
  const seq = first!.seatSeq;
  events.seatsAre(event_id, { availableSeats: 0, seq: seq + 2 });
  events.seatsAre(event_id, { availableSeats: 1, seq: seq + 1 });
  assert.deepEqual(await seen(), [0, "sold_out"], "the later number counts, whichever came first");
  events.seatsAre(event_id, { availableSeats: 2, seq: seq + 3 });
  assert.deepEqual(await seen(), [2, "published"]);
  assert.equal(asked.statements, 1);
  await seatsOf(world, event_id).held(1);
  world.clock.advance(1_000);
  assert.deepEqual(await seen(), [2, "published"], "the database is at an earlier number");
});
