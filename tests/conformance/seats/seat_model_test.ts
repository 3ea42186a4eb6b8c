import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Random, randomFrom, roundsOr, seedOfRun } from "@evently/shared/testing";
import type { SeatModel } from "../../models/seats/seat_model.ts";
import { SEAT_CASES, type SeatSubject } from "./seat_conformance.ts";
import { modelSubject, realSubject } from "./seat_subjects.ts";
import { createEventWorld, type EventWorld } from "../../../services/event/testing/world.ts";

const OPERATIONS = roundsOr(600);
/** Few enough that the organiser's token does not expire. */
const OPERATIONS_PER_WORLD = 600;
/** Few, so that operations collide. */
const KNOWN_IDS = 14;
const LONGEST_STEP_MS = 1_400;
const TTLS_MS = [500, 5_000, 60_000];

Deno.test("the PostgreSQL seat inventory passes every conformance case", async (t) => {
  await using world = await createEventWorld();
  for (const [name, run] of Object.entries(SEAT_CASES)) {
    await t.step(name, async () => await run(await realSubject(world)));
  }
});

Deno.test("the seat model passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(SEAT_CASES)) {
    await t.step(name, () => run(modelSubject()));
  }
});

type Operation = (subject: SeatSubject) => Promise<unknown>;

/** Returns a random call; inventories with equal state must return equal answers. */
function randomOperation(random: Random, ids: readonly string[], now: Date): Operation {
  const some = () => Array.from({ length: 1 + random.below(4) }, () => random.pick(ids));
  const requests = some().map((id) => ({
    id,
    quantity: 1 + random.below(4),
    expires_at: new Date(now.getTime() + random.pick(TTLS_MS)).toISOString(),
  }));
  const hold = {
    source: random.pick(["public", "public", "public", "waitlist"]),
    revive: random.below(3) === 0,
  };
  const [open, capacity] = [random.below(3) === 0, 1 + random.below(20)];
  const [named, byMs] = [some(), random.pick(TTLS_MS)];
  return random.pick<Operation>([
    ({ seats }) => seats.hold(requests, hold),
    ({ seats }) => seats.hold(requests, hold),
    ({ seats }) => seats.hold(requests, hold),
    ({ seats }) => seats.commit(...named),
    ({ seats }) => seats.commit(...named),
    ({ seats }) => seats.release(...named),
    ({ seats }) => seats.waitlist(open),
    ({ extend }) => extend(named[0]!, byMs),
    ({ lookUp }) => lookUp(named),
    ({ listSold }) => listSold(),
    ({ resize }) => resize(capacity),
    ({ sweep }) => sweep(),
  ]);
}

Deno.test("the seat model gives the same answers, rows and ledger as PostgreSQL", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    const random = randomFrom(seed);
    for (let done = 0; done < OPERATIONS; done += OPERATIONS_PER_WORLD) {
      await compareInOneWorld(random);
    }
  });
});

async function compareInOneWorld(random: Random): Promise<void> {
  await using world = await createEventWorld();
  const real = await realSubject(world);
  const modelled = modelSubject({ now: world.clock.now(), eventId: real.eventId });
  const ids = Array.from({ length: KNOWN_IDS }, newId);
  for (let i = 0; i < OPERATIONS_PER_WORLD; i++) {
    const operation = randomOperation(random, ids, world.clock.now());
    const [expected, actual] = [await operation(real), await operation(modelled)];
    assert.deepEqual(actual, expected, `operation ${i}: ${operation}`);
    const byMs = random.below(LONGEST_STEP_MS);
    for (const subject of [real, modelled]) subject.advance(byMs);
  }
  const rows = await rowsOfPostgres(world, real.eventId);
  assert.deepEqual(rowsOfModel(modelled.model, real.eventId), rows);
  const operations = new Set(rows.ledger.map(([, operation]) => operation));
  const all = ["commit", "hold", "make", "release", "resize", "waitlist"];
  assert.deepEqual([...operations].sort(), all, "every kind of operation must happen");
}

/** The rows to compare; the allocations that a ledger entry moved are compared as a set. */
async function rowsOfPostgres({ sql }: EventWorld, eventId: string) {
  const inventory = await sql`
    SELECT capacity, held, sold, set_aside, waitlist_open, seq
      FROM seat_inventory WHERE event_id = ${eventId}`;
  const allocations = await sql`
    SELECT allocation_id, quantity, state, source, unit_price_minor, expires_at
      FROM seat_allocations WHERE event_id = ${eventId} ORDER BY allocation_id`;
  const ledger = await sql`
    SELECT seq, operation, debit, credit, seats, available, held, sold, set_aside,
           ARRAY(SELECT id || ' ' || quantity FROM unnest(allocation_ids, quantities) AS m (id, quantity)
                  ORDER BY id) AS moved
      FROM seat_ledger WHERE event_id = ${eventId} ORDER BY seq`;
  return {
    inventory: inventory.map((row) => Object.values(row)),
    allocations: allocations.map((row) => Object.values(row)),
    ledger: ledger.map((row) => Object.values(row)),
  };
}

function rowsOfModel({ tables }: SeatModel, eventId: string) {
  const { capacity, held, sold, set_aside, waitlist_open, seq } = tables.house(eventId)!;
  const allocations = [...tables.allocations.rows()]
    .sort((a, b) => a.allocation_id < b.allocation_id ? -1 : 1);
  return {
    inventory: [[capacity, held, sold, set_aside, waitlist_open, seq]],
    allocations: allocations.map((row) => [
      row.allocation_id,
      row.quantity,
      row.state,
      row.source,
      row.unit_price_minor,
      new Date(row.expires_at_ms),
    ]),
    ledger: [...tables.ledger.rows()].map((entry) => [
      entry.seq,
      entry.operation,
      entry.debit,
      entry.credit,
      entry.seats,
      entry.available,
      entry.held,
      entry.sold,
      entry.setAside,
      entry.allocation_ids.map((id, i) => `${id} ${entry.quantities[i]}`).sort(),
    ]),
  };
}
