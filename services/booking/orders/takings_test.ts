/** Analytics of the event service, which reads takings from the booking service. */
import assert from "node:assert/strict";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { createWorld, type World } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";

const HOUR_MS = 3_600_000;
const PRICE = PRICE_MINOR / 100;

async function moneyOf(world: World, eventId: string) {
  const { tickets_sold, estimated_revenue, gross, refunded, net } = await world.organiser
    .analytics(eventId);
  assert.equal(estimated_revenue, net);
  return { tickets_sold, gross, refunded, net };
}

async function paid(world: World, eventId: string, quantity: number) {
  const reservation = await world.reserve({ eventId, quantity });
  await world.confirm(reservation);
  return reservation;
}

Deno.test("takings keep money that was not refunded, whatever became of the seats", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: 12 * HOUR_MS });
  await paid(world, await world.createEvent(), 5);
  assert.deepEqual(await moneyOf(world, eventId), {
    tickets_sold: 0,
    gross: 0,
    refunded: 0,
    net: 0,
  });

  const half = await paid(world, eventId, 2);
  await paid(world, eventId, 1);
  await world.reserve({ eventId });
  await cancelBooking(world.deps, half);
  await world.settle();
  assert.deepEqual(await moneyOf(world, eventId), {
    tickets_sold: 1,
    gross: 3 * PRICE,
    refunded: PRICE,
    net: 2 * PRICE,
  });

  const nothing = await paid(world, eventId, 1);
  world.clock.advance(11 * HOUR_MS);
  await cancelBooking(world.deps, nothing);
  await world.settle();
  assert.deepEqual(await moneyOf(world, eventId), {
    tickets_sold: 1,
    gross: 4 * PRICE,
    refunded: PRICE,
    net: 3 * PRICE,
  });
});

Deno.test("takings count a refund once it is promised", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  await cancelBooking(world.deps, await paid(world, eventId, 2));
  const { gross, refunded, net } = await moneyOf(world, eventId);
  assert.deepEqual([gross, refunded, net], [2 * PRICE, 2 * PRICE, 0]);
});

Deno.test("takings of a cancelled event keep only earlier cancellation fees", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: 12 * HOUR_MS });
  const half = await paid(world, eventId, 1);
  await paid(world, eventId, 1);
  await cancelBooking(world.deps, half);
  await world.organiser.cancelEvent(eventId);
  await world.settle();
  assert.deepEqual(await moneyOf(world, eventId), {
    tickets_sold: 0,
    gross: 2 * PRICE,
    refunded: 1.5 * PRICE,
    net: 0.5 * PRICE,
  });
});

Deno.test("takings count the price paid, not the present price", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  await paid(world, eventId, 1);
  await world.organiser.change(eventId, { base_price: 1 });
  await paid(world, eventId, 1);
  assert.equal((await moneyOf(world, eventId)).net, PRICE + 1);
});
