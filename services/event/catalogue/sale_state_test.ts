import assert from "node:assert/strict";
import { createEventWorld, createOffer, type EventWorld, seatsOf } from "../testing/world.ts";

const HOUR_MS = 3_600_000;

function later(world: EventWorld, hours: number): string {
  return new Date(world.clock.now().getTime() + hours * HOUR_MS).toISOString();
}

/** State and start of the sale, as a page reads them. */
async function saleOf(world: EventWorld, eventId: string) {
  const { status, body } = await world.send("GET", `/events/${eventId}`);
  assert.equal(status, 200);
  return [body.state, body.sales_start];
}

Deno.test("an event is on sale, then sold out, waited for, and ended once it has begun", async () => {
  await using world = await createEventWorld();
  const { event_id, start_datetime } = await world.event({ fields: { total_capacity: 1 } });
  const seats = seatsOf(world, event_id);
  assert.deepEqual(await saleOf(world, event_id), ["on_sale", undefined]);
  await seats.held(1);
  assert.deepEqual(await saleOf(world, event_id), ["sold_out", undefined]);
  await seats.waitlist(true);
  world.clock.advance(1_000);
  assert.deepEqual(await saleOf(world, event_id), ["waitlist", undefined]);
  world.clock.set(new Date(start_datetime));
  assert.deepEqual(await saleOf(world, event_id), ["ended", undefined]);
});

Deno.test("a cancelled event says so, whatever is left of it", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
  assert.deepEqual(await saleOf(world, event_id), ["cancelled", undefined]);
});

Deno.test("an event is on sale soon until the first of its types begins", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const { eventId } = offer;
  const [first, second] = [later(world, 2), later(world, 5)];
  await offer.type({ name: "Late", sales_start: second });
  await offer.change(eventId, { status: "archived" });
  await offer.type({ name: "Early", sales_start: first, sales_end: later(world, 4) });
  await offer.type({ name: "Over", sales_end: later(world, 1) });
  world.clock.advance(1.5 * HOUR_MS);

  assert.deepEqual(await saleOf(world, eventId), ["soon", first]);
  world.clock.advance(HOUR_MS / 2);
  assert.deepEqual(await saleOf(world, eventId), ["on_sale", undefined]);
  world.clock.advance(2 * HOUR_MS);
  assert.deepEqual(await saleOf(world, eventId), ["soon", second]);
});

Deno.test("a type that will have no ticket left does not promise a sale", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 2 } });
  const { eventId } = offer;
  await offer.type({ name: "Late", sales_start: later(world, 2) });
  await seatsOf(world, eventId).held(2);
  assert.deepEqual(await saleOf(world, eventId), ["sold_out", undefined]);
});
