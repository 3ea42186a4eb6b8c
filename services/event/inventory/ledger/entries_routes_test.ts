import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Account, entryHash } from "./chain.ts";
import { createEventWorld, seatsOf } from "../../testing/world.ts";

Deno.test("GET /admin/events/{id}/ledger lists how seats moved, the latest first", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 20 } });
  const seats = seatsOf(world, event_id);
  await seats.commit(await seats.held(2));
  const path = `/admin/events/${event_id}/ledger`;

  const { status, body } = await world.send("GET", `${path}?limit=2`, organiser);

  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.total, body.has_more], [3, true]);
  const [{ hash, recorded_at, ...last }, held] = body.entries;
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.match(recorded_at, /Z$/);
  assert.deepEqual(last, {
    seq: 2,
    operation: "commit",
    debit: "held",
    credit: "sold",
    seats: 2,
    available: 18,
    held: 0,
    sold: 2,
    set_aside: 0,
  });
  assert.deepEqual([held.seq, held.operation, held.held], [1, "hold", 2]);
  const rest = await world.send("GET", `${path}?limit=2&page=2`, organiser);
  assert.deepEqual([rest.body.entries[0].operation, rest.body.has_more], ["make", false]);
});

Deno.test("the file of a ledger has all that its hashes cover, over many pages", async () => {
  await using world = await createEventWorld();
  const { token, ...organiser } = await world.actor();
  const { event_id } = await world.event({ organiser: { token, ...organiser } });
  const seats = seatsOf(world, event_id);
  for (let round = 0; round < 101; round++) await seats.release(await seats.held());

  const answer = await world.service.app.fetch(
    new Request(`http://event.test/api/v1/admin/events/${event_id}/ledger`, {
      headers: { Authorization: `Bearer ${token}`, Accept: "text/csv" },
    }),
    {},
  );

  assert.equal(answer.status, 200);
  const [, ...lines] = (await answer.text()).trimEnd().split("\r\n");
  assert.equal(lines.length, 203);
  let before = "";
  for (const [place, line] of lines.entries()) {
    const cells = line.split(",");
    const [eventId, seq, pool, operation, debit, credit, moved, ids, quantities] = cells;
    const [available, held, sold, setAside, recordedUs, hash] = cells.slice(9);
    assert.equal(Number(seq), place);
    const computed = entryHash(before, {
      eventId: eventId!,
      seq: Number(seq),
      pool: Number(pool),
      operation: operation!,
      debit: debit as Account,
      credit: credit as Account,
      seats: Number(moved),
      allocationIds: ids!,
      quantities: quantities!,
      available: Number(available),
      held: Number(held),
      sold: Number(sold),
      setAside: Number(setAside),
      recordedUs: Number(recordedUs),
      hash: hash!,
    });
    assert.equal(computed, hash, `entry ${seq}`);
    before = computed;
  }
});

Deno.test("the ledger of another organiser's event is not found", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const path = `/admin/events/${event_id}/ledger`;
  const stranger = await world.actor();
  assert.equal((await world.send("GET", path, stranger)).status, 404);
  assert.equal((await world.send("GET", `/admin/events/${newId()}/ledger`, stranger)).status, 404);
  assert.equal((await world.send("GET", "/admin/events/x/ledger", stranger)).status, 400);
  assert.equal((await world.send("GET", path)).status, 401);
  assert.equal((await world.send("GET", path, await world.actor("analyst"))).status, 200);
  const { status, body } = await world.send("GET", `${path}?page=x`, stranger);
  assert.deepEqual([status, body.error], [400, "page must be a number"]);
});
