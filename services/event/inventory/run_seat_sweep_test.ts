import assert from "node:assert/strict";
import type { SearchSync } from "../search_feed/search_sync.ts";
import {
  assertInventoryAddsUp,
  countSeats,
  createEventWorld,
  type EventWorld,
  HOLD_TTL_MS,
  seatsOf,
} from "../testing/world.ts";
import { runSeatSweep, SWEEP_GRACE_MS } from "./run_seat_sweep.ts";

const MAX_RELEASED = 512;

/** A search service that records the events it is told of. */
function recordingSearch(): SearchSync & { told: string[] } {
  const told: string[] = [];
  return {
    told,
    eventChanged: (eventId) => {
      told.push(eventId);
      return Promise.resolve();
    },
  };
}

function sweepOf(world: EventWorld, search = recordingSearch()) {
  return () =>
    runSeatSweep({
      seatSql: world.sql,
      clock: world.clock,
      search,
      seatNews: world.context.seatNews,
    });
}

Deno.test("runSeatSweep() releases expired holds after the grace period, never sold seats", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 5 } });
  const seats = seatsOf(world, event_id);
  await seats.held(2);
  const sold = await seats.held(3);
  await seats.commit(sold);
  const search = recordingSearch();
  const sweep = sweepOf(world, search);

  world.clock.advance(HOLD_TTL_MS + SWEEP_GRACE_MS - 1);
  assert.deepEqual(await sweep(), { released: 0, more: false });
  world.clock.advance(1);
  assert.deepEqual(await sweep(), { released: 1, more: false });

  assert.deepEqual(await countSeats(world.sql, event_id), {
    available: 2,
    held: 0,
    sold: 3,
    set_aside: 0,
  });
  assert.deepEqual(search.told, [event_id]);
});

Deno.test("runSeatSweep() sets released seats aside while the waitlist is open", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 5 } });
  const seats = seatsOf(world, event_id);
  await seats.held(2);
  await seats.waitlist(true);
  world.clock.advance(HOLD_TTL_MS + SWEEP_GRACE_MS);

  await sweepOf(world)();

  assert.equal((await countSeats(world.sql, event_id)).set_aside, 5);
});

Deno.test("runSeatSweep() releases a bounded number per event and reports more", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 1_000 } });
  const seats = seatsOf(world, event_id);
  for (const size of [512, 8]) await seats.hold(Array.from({ length: size }, () => ({})));
  world.clock.advance(HOLD_TTL_MS + SWEEP_GRACE_MS);
  const sweep = sweepOf(world);

  assert.deepEqual(await sweep(), { released: MAX_RELEASED, more: true });
  assert.deepEqual(await sweep(), { released: 8, more: false });
});

Deno.test("concurrent runSeatSweep() calls release each seat once", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ fields: { total_capacity: 100 } });
  await seatsOf(world, event_id).hold(Array.from({ length: 100 }, () => ({})));
  world.clock.advance(HOLD_TTL_MS + SWEEP_GRACE_MS);

  const sweeps = await Promise.all(Array.from({ length: 4 }, sweepOf(world)));

  assert.equal(sweeps.reduce((sum, { released }) => sum + released, 0), 100);
  await assertInventoryAddsUp(world.sql);
});
