import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, seatsOf } from "../../testing/world.ts";

const MAX_AGE_MS = 1_000;

Deno.test("the proof has capacity, seq, hash and time, and no counts", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  await seatsOf(world, event_id).held(2);

  const { status, body } = await world.send("GET", `/events/${event_id}/proof`);

  const [head] = await world.sql`
    SELECT encode(hash, 'hex') AS hash FROM seat_ledger WHERE event_id = ${event_id} AND seq = 1`;
  assert.equal(status, 200);
  assert.deepEqual(body, {
    event_id,
    capacity: 100,
    seq: 1,
    head_hash: head!.hash,
    time: world.clock.now().toISOString(),
    adds_up: true,
    pools: [],
  });
});

Deno.test("the proof has the counts only if the organiser publishes them", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { public_counts: true } });
  await seatsOf(world, event_id).held(2);
  const path = `/events/${event_id}/proof`;
  const counts = { available: 98, held: 2, sold: 0, set_aside: 0 };
  assert.deepEqual((await world.send("GET", path)).body.counts, counts);

  const { token } = organiser;
  const changed = await world.send("PUT", `/admin/events/${event_id}`, {
    token,
    body: { public_counts: false },
  });
  assert.equal(changed.body.public_counts, false);
  world.clock.advance(MAX_AGE_MS);
  assert.equal((await world.send("GET", path)).body.counts, undefined);

  const refused = await world.send("PUT", `/admin/events/${event_id}`, {
    token,
    body: { public_counts: "yes" },
  });
  assert.equal(refused.status, 400);
});

Deno.test("the proof is at most a second old", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const path = `/events/${event_id}/proof`;
  assert.equal((await world.send("GET", path)).body.seq, 0);
  await seatsOf(world, event_id).held();
  assert.equal((await world.send("GET", path)).body.seq, 0);
  world.clock.advance(MAX_AGE_MS);
  assert.equal((await world.send("GET", path)).body.seq, 1);
});

Deno.test("the proof does not add up if counters and ledger differ", async () => {
  await using world = await createEventWorld();
  for (
    const change of [
      "sold = sold + 1",
      "held = held + 1",
      "capacity = capacity + 1",
      "seq = seq + 1",
    ]
  ) {
    const { event_id } = await world.event();
    await world.sql.unsafe(`UPDATE seat_inventory SET ${change} WHERE event_id = '${event_id}'`);
    const { body } = await world.send("GET", `/events/${event_id}/proof`);
    assert.equal(body.adds_up, false, change);
  }
});

Deno.test("the proof of drafts and unknown events is not found", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event({ draft: true });
  assert.equal((await world.send("GET", `/events/${event_id}/proof`)).status, 404);
  assert.equal((await world.send("GET", `/events/${newId()}/proof`)).status, 404);
  assert.equal((await world.send("GET", "/events/7/proof")).status, 400);
});
