import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Random, randomFrom, roundsOr, seedOfRun } from "@evently/shared/testing";
import type { SeatModel } from "../../models/seats/seat_model.ts";
import { SEAT_CASES, type SeatSubject } from "./seat_conformance.ts";
import { modelSubject, realSubject } from "./seat_subjects.ts";
import { createEventWorld, type EventWorld } from "../../../services/event/testing/world.ts";

const OPERATIONS = roundsOr(600);
/** They take less time than the organiser's token lives. */
const OPERATIONS_PER_WORLD = 600;
/** So few that operations meet. */
const KNOWN_IDS = 14;
const LONGEST_STEP_MS = 1_400;
const TTLS_MS = [500, 5_000, 60_000];

Deno.test("the seats in PostgreSQL do what every seat inventory does", async (t) => {
  await using world = await createEventWorld();
  for (const [name, run] of Object.entries(SEAT_CASES)) {
    await t.step(name, async () => await run(await realSubject(world)));
  }
});

Deno.test("the seats of the model do what every seat inventory does", async (t) => {
  for (const [name, run] of Object.entries(SEAT_CASES)) {
    await t.step(name, () => run(modelSubject()));
  }
});

type Operation = (subject: SeatSubject) => Promise<unknown>;

/** One call; what it answers is the same of any two inventories that are alike. */
function randomOperation(random: Random, ids: readonly string[], now: Date): Operation {
  const some = () => Array.from({ length: 1 + random.below(4) }, () => random.pick(ids));
  const wishes = some().map((id) => ({
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
    ({ seats }) => seats.hold(wishes, hold),
    ({ seats }) => seats.hold(wishes, hold),
    ({ seats }) => seats.hold(wishes, hold),
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

Deno.test("the seat model answers as PostgreSQL and ends with the same rows and ledger", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    const random = randomFrom(seed);
    for (let done = 0; done < OPERATIONS; done += OPERATIONS_PER_WORLD) await runOneWorld(random);
  });
});

async function runOneWorld(random: Random): Promise<void> {
  await using world = await createEventWorld();
  const real = await realSubject(world);
  const modelled = modelSubject({ now: world.clock.now(), eventId: real.eventId });
  const ids = Array.from({ length: KNOWN_IDS }, newId);
  for (let i = 0; i < OPERATIONS_PER_WORLD; i++) {
    const operation = randomOperation(random, ids, world.clock.now());
    const [wanted, got] = [await operation(real), await operation(modelled)];
    assert.deepEqual(got, wanted, `operation ${i}: ${operation}`);
    const byMs = random.below(LONGEST_STEP_MS);
    for (const subject of [real, modelled]) subject.advance(byMs);
  }
  const rows = await rowsOfPostgres(world, real.eventId);
  assert.deepEqual(rowsOfModel(modelled.model, real.eventId), rows);
  const operations = new Set(rows.ledger.map(([, operation]) => operation));
  const all = ["commit", "hold", "make", "release", "resize", "waitlist"];
  assert.deepEqual([...operations].sort(), all, "too little happened");
}

/** What both must hold; whose seats an entry moved is compared as a set. */
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
  const { capacity, held, sold, set_aside, waitlist_open, seq } = tables.inventories.get(eventId)!;
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
