import assert from "node:assert/strict";
import { LANES } from "@evently/shared/lanes";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { createEventWorld, type EventWorld, readFeed } from "../testing/world.ts";
import { callNumberChanges, callNumberVenueChange } from "./number_changes_sql.ts";

const ROUNDS = roundsOr(20);
const AT_ONCE = 6;
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

Deno.test(`numbering the same lanes at once never deadlocks (TEST_SEED=${SEED})`, async () => {
  await using world = await createEventWorld();
  const random = randomFrom(SEED);
  const ids = times(2 * LANES, (n) => idInLane(n % LANES));
  const chosen = () => ids.filter(() => random.below(2) === 0).sort(() => random.below(2) - 0.5);
  const numbered = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(times(AT_ONCE, async () => {
      const eventIds = chosen();
      // Not `transaction()`, which repeats its work after a deadlock.
      await world.sql`SELECT FROM number_changes(${eventIds}::uuid[])`;
      for (const id of eventIds) numbered.set(id, (numbered.get(id) ?? 0) + 1);
    }));
  }
  const lanes = await world.sql<{ lane: number; last: number; highest: number }[]>`
    SELECT l.lane, l.last_change AS last, max(c.change) AS highest
      FROM change_lanes l JOIN event_changes c USING (lane) GROUP BY l.lane ORDER BY l.lane`;
  const counted = times(LANES, (lane) => {
    const last = ids.filter((_, n) => n % LANES === lane)
      .reduce((sum, id) => sum + (numbered.get(id) ?? 0), 0);
    return { lane, last, highest: last };
  });
  assert.deepEqual([...lanes], counted);
});

Deno.test("a venue change reaches an event that is created at the venue meanwhile", async () => {
  await using world = await createEventWorld();
  const { event_id: existing, venue_id } = await world.event();
  let position = (await readFeed(world)).position;
  const eventId = newId();
  const [numbered, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];

  const creating = transaction(world.sql, async (tx) => {
    await tx`
      INSERT INTO events
      SELECT (jsonb_populate_record(e, jsonb_build_object('event_id', ${eventId}::text))).*
        FROM events e WHERE event_id = ${existing}`;
    await tx`
      INSERT INTO seat_inventory
      SELECT (jsonb_populate_record(i, jsonb_build_object('event_id', ${eventId}::text))).*
        FROM seat_inventory i WHERE event_id = ${existing}`;
    await callNumberChanges(tx, eventId);
    numbered.resolve();
    await commit.promise;
  });
  await numbered.promise;
  await transaction(world.sql, async (tx) => {
    await tx`UPDATE venues SET city = 'Agra' WHERE venue_id = ${venue_id}`;
    const numbering = callNumberVenueChange(tx, venue_id);
    await waitForLock(world, numbering);
    commit.resolve();
    await creating;
    position = (await readFeed(world, position)).position;
    await numbering;
  });

  const { items } = await readFeed(world, position);
  const cities = items.map(({ event_id, event }) => [event_id, event.venue_city] as const);
  assert.deepEqual(new Map(cities), new Map([[existing, "Agra"], [eventId, "Agra"]]));
});
