/** Batches of several events in one transaction: to each event as if it were alone. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { assertInventoryAddsUp } from "../testing.ts";
import { countSeats, HOLD_TTL_MS, outcomes, seatsOf } from "../testing/seats.ts";
import { createEventWorld, type EventWorld, exchange, type Json } from "../testing/world.ts";

const CAPACITY = 10;

/** Events on sale, in the order of their ids. */
async function eventsOnSale(world: EventWorld, count: number): Promise<string[]> {
  const fields = { total_capacity: CAPACITY };
  const events = await Promise.all(times(count, () => world.event({ fields })));
  return events.map(({ event_id }) => event_id).sort();
}

/** Holds of one allocation each. */
function holdsOf(world: EventWorld, wishes: [eventId: string, quantity: number, id?: string][]) {
  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  return wishes.map(([eventId, quantity, allocationId = newId()]) => ({
    event_id: eventId,
    items: [{ allocation_id: allocationId, quantity, expires_at: expiresAt }],
  }));
}

async function send(world: EventWorld, verb: string, batches: unknown[]): Promise<Json[]> {
  const { status, body } = await world.internal("POST", `/seats/${verb}`, { batches });
  assert.equal(status, 200, JSON.stringify(body));
  return body.batches;
}

Deno.test("a batch of several events answers each in the order of the request, known or not, sold out or not", async () => {
  await using world = await createEventWorld();
  const [first, second, last] = await eventsOnSale(world, 3) as [string, string, string];
  const [id, other] = [newId(), newId()];
  await seatsOf(world, second).held(9);

  const wishes: [string, number, string?][] = [
    [last, 4, id],
    [newId(), 1],
    [second, 2],
    [first, 10, other],
    [last, 6],
    [last, 1],
  ];
  const held = await send(world, "hold", holdsOf(world, wishes));

  const outcomesOf = (answers: Json[]) => answers.map((answer) => outcomes(answer)[0]);
  assert.deepEqual(outcomesOf(held), ["held", "refused", "refused", "held", "held", "refused"]);
  assert.deepEqual(held.map(({ available_seats }) => available_seats), [6, 0, 1, 0, 0, 0]);
  assert.deepEqual(held.map(({ seq }) => seq), [1, 0, 1, 1, 2, 2]);
  assert.deepEqual(held.map(({ event }) => event.on_sale), [true, false, true, true, true, true]);

  const named = [[last, id], [newId(), id], [first, other], [second, id]]
    .map(([eventId, id]) => ({ event_id: eventId, allocation_ids: [id] }));
  const sold = await send(world, "commit", named);
  assert.deepEqual(outcomesOf(sold), ["committed", "refused", "committed", "refused"]);
  const released = await send(world, "release", named);
  assert.deepEqual(outcomesOf(released), ["released", "unchanged", "released", "unchanged"]);
  assert.deepEqual(await countSeats(world.sql, last), {
    available: 4,
    held: 6,
    sold: 0,
    set_aside: 0,
  });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("of many batches over the same events at once, in two processes, each event sells what it has", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const processes = [world.service, await world.anotherProcess()];
    const headers = { "X-API-Key": world.context.internalApiKey };
    const random = randomFrom(seed);
    const events = await eventsOnSale(world, 6);
    const heard = await Promise.all(times(roundsOr(40), async () => {
      const { app } = random.pick(processes);
      const wishes = times(5, () => [random.pick(events), 1 + random.below(3)] as [string, number]);
      const batches = holdsOf(world, wishes);
      const ids = batches.map(({ event_id, items: [item] }) => ({
        event_id,
        allocation_ids: [item!.allocation_id],
      }));
      const verb = random.pick(["commit", "release"]);
      const held = await exchange(app, "POST", "/internal/seats/hold", {
        headers,
        body: { batches },
      });
      await exchange(app, "POST", `/internal/seats/${verb}`, { headers, body: { batches: ids } });
      // One that waited too long for another is told so, and nothing of it was done.
      assert.ok(held.status === 200 || held.status === 503, JSON.stringify(held.body));
      return held.status === 200 ? held.body.batches : [];
    }));
    const all = new Set(heard.flat().map((answer: Json) => outcomes(answer)[0]));
    assert.deepEqual([...all].sort(), ["held", "refused"]);
    await assertInventoryAddsUp(world.sql);
  });
});
