import assert from "node:assert/strict";
import { LANES } from "@evently/shared/lanes";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { createEventWorld, type EventWorld, readFeed } from "../testing/world.ts";
import {
  callNumberChange,
  findChangedEvents,
  lockVenue,
  markChanged,
  markVenueChanged,
} from "./changed_events_sql.ts";

const ROUNDS = roundsOr(8);
const AT_ONCE = 6;
const EVENTS_OF_LANE = 8;
/** Probes of the database until an expected state must be reached. */
const MAX_PROBES = 2_000;
const SEED = seedOfRun();

/** An id whose lane is known. */
function idInLane(lane: number): string {
  return newId().slice(0, -1) + lane.toString(16);
}

/** Waits until a session waits for a lock, or `call` is done. */
async function waitForLock(world: EventWorld, call: Promise<unknown>): Promise<void> {
  let done = false;
  call.finally(() => done = true).catch(() => {});
  for (let probes = 0; probes < MAX_PROBES && !done; probes++) {
    const waiting = await world.sql`
      SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    if (waiting.length > 0) return;
  }
}

Deno.test(`marking and numbering at once never deadlocks (TEST_SEED=${SEED})`, async () => {
  await using world = await createEventWorld();
  const random = randomFrom(SEED);
  const ids = times(EVENTS_OF_LANE * LANES, (n) => idInLane(n % LANES));
  const chosen = () => ids.filter(() => random.below(2) === 0).sort(() => random.below(2) - 0.5);
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(times(AT_ONCE, async (n) => {
      const eventIds = chosen();
      // Not `transaction()`, which repeats its work after a deadlock.
      await assert.doesNotReject(async () => {
        if (n % 3 > 0) await markChanged(world.sql, ...eventIds);
        else for (const id of eventIds) await callNumberChange(world.sql, id);
      });
    }));
  }
  for (const id of await findChangedEvents(world.sql, { limit: ids.length })) {
    await callNumberChange(world.sql, id);
  }
  assert.deepEqual(await findChangedEvents(world.sql, { limit: 1 }), []);
  const lanes = await world.sql<{ events: number; highest: number; last: number }[]>`
    SELECT count(c.event_id) AS events, max(c.change) AS highest, l.last_change AS last
      FROM change_lanes l JOIN event_changes c USING (lane) GROUP BY l.lane ORDER BY l.lane`;
  assert.equal(lanes.length, LANES);
  for (const { events, highest, last } of lanes) {
    assert.deepEqual([events, highest], [EVENTS_OF_LANE, last]);
  }
});

Deno.test("events are marked in the order of their ids, so that marking cannot deadlock", async () => {
  await using world = await createEventWorld();
  const [lowest, ...others] = times(8, () => newId()).sort();
  await markChanged(world.sql, lowest!, ...others);
  for (let round = 0; round < 5; round++) {
    let marking: Promise<void> | undefined;
    await transaction(world.sql, async (tx) => {
      await tx`SELECT FROM changed_events WHERE event_id = ${lowest!} FOR UPDATE`;
      marking = markChanged(world.sql, ...others.toReversed(), lowest!);
      await waitForLock(world, marking);
      const free = await tx`
        SELECT FROM changed_events WHERE event_id = ANY (${others}::uuid[]) FOR UPDATE SKIP LOCKED`;
      assert.equal(free.length, others.length, "another was locked before the lowest");
    });
    await marking;
  }
});

Deno.test("a change that is made while another of its event is numbered is numbered, too", async () => {
  await using world = await createEventWorld();
  const { event_id: eventId } = await world.event();
  const { position } = await readFeed(world);
  const marked = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  await transaction(world.sql, (tx) => markChanged(tx, eventId));
  const changing = transaction(world.sql, async (tx) => {
    await tx`UPDATE events SET name = 'Renamed' WHERE event_id = ${eventId}`;
    await markChanged(tx, eventId);
    marked.resolve();
    await commit.promise;
  });
  await marked.promise;
  const numbering = callNumberChange(world.sql, eventId);
  await waitForLock(world, numbering);
  commit.resolve();
  await Promise.all([changing, numbering]);

  const { items } = await readFeed(world, position);
  assert.equal(items.at(-1).event.name, "Renamed");
});

Deno.test("a venue change reaches an event that is created at the venue meanwhile", async () => {
  await using world = await createEventWorld();
  const { event_id: existing, venue_id } = await world.event();
  const { position } = await readFeed(world);
  const eventId = newId();
  const created = Promise.withResolvers<void>();
  const [createdCommits, changedCommits] = times(2, () => Promise.withResolvers<void>());
  const cities = new Map<string, string>();
  async function read(after: string): Promise<string> {
    const { items, position } = await readFeed(world, after);
    for (const { event_id, event } of items) cities.set(event_id, event.venue_city);
    return position;
  }

  const creating = transaction(world.sql, async (tx) => {
    await tx`
      INSERT INTO events
      SELECT (jsonb_populate_record(e, jsonb_build_object('event_id', ${eventId}::text))).*
        FROM events e WHERE event_id = ${existing}`;
    await tx`SELECT make_inventory(${eventId}, 10, now())`;
    created.resolve();
    await createdCommits!.promise;
  });
  await created.promise;
  const marked = Promise.withResolvers<void>();
  const changing = transaction(world.sql, async (tx) => {
    await lockVenue(tx, venue_id);
    await tx`UPDATE venues SET city = 'Agra' WHERE venue_id = ${venue_id}`;
    await markVenueChanged(tx, venue_id);
    marked.resolve();
    await changedCommits!.promise;
  });
  await waitForLock(world, marked.promise);
  createdCommits!.resolve();
  await Promise.all([creating, marked.promise]);
  // A reader that sees the new event before the venue's change must see it once more.
  const reading = read(position);
  await waitForLock(world, reading);
  changedCommits!.resolve();
  await changing;
  await read(await reading);

  assert.deepEqual(cities, new Map([[existing, "Agra"], [eventId, "Agra"]]));
});
