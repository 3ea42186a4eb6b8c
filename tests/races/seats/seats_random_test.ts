import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Random, randomFrom, seedOfRun } from "@evently/shared/testing";
import {
  type Actor,
  assertInventoryAddsUp,
  createEventWorld,
  type EventWorld,
  seatsOf,
} from "../../../services/event/testing/world.ts";
import { runSeatSweep } from "../../../services/event/inventory/run_seat_sweep.ts";

const ROUNDS = 40;
const AT_ONCE = 12;
const KNOWN_IDS = 60;
/** Short enough that the organiser's token outlives all rounds, long enough that many holds expire. */
const LONGEST_STEP_MS = 20_000;

interface Scene {
  world: EventWorld;
  eventId: string;
  organiser: Actor;
  random: Random;
  /** Allocation ids that operations reuse. */
  ids: readonly string[];
  /** Allocations whose commits were acknowledged in this round, and those that it released. */
  committed: Set<string>;
  released: Set<string>;
}

/** Runs one random operation. */
async function anyOperation(scene: Scene): Promise<void> {
  const { world, eventId, organiser, random, ids } = scene;
  const seats = seatsOf(world, eventId);
  const some = () => Array.from({ length: 1 + random.below(4) }, () => random.pick(ids));
  const operations = [
    async () => {
      const source = random.pick(["public", "public", "waitlist"]);
      const revive = random.below(2) === 0;
      const requests = some().map((id) => ({ id, quantity: 1 + random.below(3) }));
      await seats.hold([...requests, {}], { source, revive });
    },
    async () => {
      const { results } = await seats.commit(...some());
      for (const { allocation_id, outcome } of results) {
        if (outcome === "committed") scene.committed.add(allocation_id);
      }
    },
    async () => {
      const released = some();
      released.forEach((id) => scene.released.add(id));
      await seats.release(...released);
    },
    () => seats.waitlist(random.below(2) === 0),
    async () => {
      const body = { total_capacity: 20 + random.below(30) };
      const { status } = await world.send("PUT", `/admin/events/${eventId}`, {
        token: organiser.token,
        body,
      });
      assert.ok(status === 200 || status === 409);
    },
    async () => {
      const { body: event } = await world.internal("GET", `/events/${eventId}`);
      const quantity = random.pick([-2, -1, 1, 2]);
      const { status } = await world.internal("POST", `/events/${eventId}/update-availability`, {
        quantity,
        version: event.version,
      });
      assert.ok(status === 200 || status === 409);
    },
    async () => {
      const search = { eventChanged: () => Promise.resolve() };
      const { sql: seatSql, clock, context: { seatNews } } = world;
      await runSeatSweep({ seatSql, clock, search, seatNews });
    },
  ];
  await random.pick(operations)();
}

Deno.test("random concurrent operations keep seats consistent and lose no sale", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const { event_id: eventId } = await world.event({ organiser, fields: { total_capacity: 30 } });
    const random = randomFrom(seed);
    const ids = Array.from({ length: KNOWN_IDS }, newId);
    let sold = new Set<string>();
    let sales = 0;

    for (let round = 0; round < ROUNDS; round++) {
      const committed = new Set<string>();
      const released = new Set<string>();
      const scene = { world, eventId, organiser, random, ids, committed, released };
      await Promise.all(Array.from({ length: AT_ONCE }, () => anyOperation(scene)));
      sales += committed.size;
      sold = sold.union(committed).difference(released);
      await assertInventoryAddsUp(world.sql);
      world.clock.advance(random.below(LONGEST_STEP_MS));
    }

    const rows = await world.sql<{ allocation_id: string }[]>`
      SELECT allocation_id FROM seat_allocations WHERE event_id = ${eventId} AND state = 'sold'`;
    const stored = new Set(rows.map(({ allocation_id }) => allocation_id));
    assert.ok(sales > 0, "some seats must be sold");
    assert.deepEqual(sold.difference(stored), new Set());
  });
});
