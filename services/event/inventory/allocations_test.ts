import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, seatsOf } from "../testing/world.ts";

Deno.test("lookUpAllocations() returns the states in the order of the request", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const seats = seatsOf(world, event_id);
  const [held, sold, released] = [await seats.held(1), await seats.held(2), await seats.held(3)];
  await seats.commit(sold);
  await seats.release(released);
  const unknown = newId();

  const { status, body } = await world.internal("POST", `/events/${event_id}/seats/lookup`, {
    allocation_ids: [unknown, released, sold, held],
  });

  assert.equal(status, 200);
  assert.deepEqual(body.results, [
    { allocation_id: unknown, state: "unknown", quantity: 0 },
    { allocation_id: released, state: "released", quantity: 3 },
    { allocation_id: sold, state: "sold", quantity: 2 },
    { allocation_id: held, state: "held", quantity: 1 },
  ]);
});

Deno.test("soldAllocationsAfter() returns each allocation once, and no direct sales", async () => {
  await using world = await createEventWorld();
  const sold: string[] = [];
  for (const { event_id, version } of [await world.event(), await world.event()]) {
    const seats = seatsOf(world, event_id);
    const ids = [await seats.held(), await seats.held()];
    await seats.held();
    await seats.commit(...ids);
    sold.push(...ids);
    await world.internal("POST", `/events/${event_id}/update-availability`, {
      quantity: -1,
      version,
    });
  }
  const found: string[] = [];
  let next: Record<string, string> | undefined = {};
  while (next) {
    const query = new URLSearchParams({ ...next, limit: "2" });
    const { status, body } = await world.internal("GET", `/allocations/sold?${query}`);
    assert.equal(status, 200);
    found.push(...body.allocations.map((one: { allocation_id: string }) => one.allocation_id));
    next = body.next;
  }
  assert.deepEqual(found.toSorted(), sold.toSorted());
});

Deno.test("allocation routes require the internal key and refuse malformed requests", async () => {
  await using world = await createEventWorld();
  const lookup = `/events/${newId()}/seats/lookup`;
  for (const body of [{}, { allocation_ids: [] }, { allocation_ids: ["7"] }]) {
    assert.equal((await world.internal("POST", lookup, body)).status, 400);
  }
  for (const query of ["after_event=7", "limit=x"]) {
    assert.equal((await world.internal("GET", `/allocations/sold?${query}`)).status, 400);
  }
  for (const path of [lookup, "/allocations/sold"]) {
    const response = await world.service.app.fetch(
      new Request(`http://event.test/internal${path}`, {
        method: path === lookup ? "POST" : "GET",
      }),
      {},
    );
    assert.equal(response.status, 401);
    await response.body?.cancel();
  }
});
