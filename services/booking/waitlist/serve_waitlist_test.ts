/** Seats that become free, from their release to the offer that is bought. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { expireBooking } from "../orders/expire_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import { createWorld, OFFER_MS, runWorker, withCode, type World } from "../testing/world.ts";
import { serveWaitlist } from "./serve_waitlist.ts";

const HOUR_MS = 3_600_000;

/** An event whose seats are sold, one order each. */
async function soldOut(world: World, { seats = 4, startsInMs = 96 * HOUR_MS } = {}) {
  const eventId = await world.createEvent({ capacity: seats, startsInMs });
  const orders = await Promise.all(times(seats, async () => {
    const order = await world.reserve({ eventId });
    await world.confirm(order);
    return order;
  }));
  return { eventId, orders };
}

/** Users who join one after the other, for so many tickets each. */
async function joined(
  world: World,
  eventId: string,
  ...wishes: (number | Record<string, unknown>)[]
) {
  const users: string[] = [];
  for (const wish of wishes) {
    const userId = newId();
    await world.waitlist.join(
      eventId,
      typeof wish === "number" ? { quantity: wish } : wish,
      userId,
    );
    users.push(userId);
  }
  return users;
}

/** What each user is told: `waiting`, `offered 2`. */
function states(world: World, eventId: string, users: readonly string[]): Promise<string[]> {
  return Promise.all(users.map(async (userId) => {
    const { status, offer } = await world.waitlist.position(eventId, userId);
    return offer ? `${status} ${offer.quantity}` : status;
  }));
}

async function cancelAll(world: World, orders: readonly { bookingId: string; userId: string }[]) {
  for (const order of orders) await cancelBooking(world.deps, order);
}

async function serve(world: World, eventId: string): Promise<void> {
  await serveWaitlist(world.deps, eventId);
  await world.drainOutbox();
}

for (
  const [how, free] of Object.entries({
    "cancelled bookings": async (world: World, eventId: string) => {
      const { orders } = await forSale(world, eventId, { isPaid: true });
      return () => cancelAll(world, orders);
    },
    "reservations given up": async (world: World, eventId: string) => {
      const { orders } = await forSale(world, eventId, { isPaid: false });
      return async () => {
        for (const order of orders) await expireBooking(world.deps, order);
      };
    },
    "holds whose time is over": async (world: World, eventId: string) => {
      await forSale(world, eventId, { isPaid: false });
      return async () => {
        world.clock.advance(300_000);
        await expireDue(world.deps);
        await world.drainOutbox();
      };
    },
    "holds without a booking, by the sweep": async (world: World, eventId: string) => {
      const expiresAt = new Date(world.clock.now().getTime() + 300_000);
      await world.deps.inventory.hold([{
        eventId,
        items: times(3, () => ({ allocationId: newId(), quantity: 1, expiresAt })),
      }]);
      return async () => {
        world.clock.advance(HOUR_MS);
        await runWorker(world.eventService, "release expired seats");
      };
    },
    "a raised capacity": async (world: World, eventId: string) => {
      await forSale(world, eventId, { isPaid: true });
      return () => world.organiser.resize(eventId, 6);
    },
  })
) {
  Deno.test(`seats of ${how} are offered in order, and nobody else gets them`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent({ capacity: 3, startsInMs: 96 * HOUR_MS });
    const freeThree = await free(world, eventId);
    const users = await joined(world, eventId, 2, 1, 1);
    await freeThree();
    assert.equal(await world.availableSeats(eventId), 0);
    await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
    await serve(world, eventId);
    assert.deepEqual(await states(world, eventId, users), ["offered 2", "offered 1", "waiting"]);
    await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
    await world.assertInvariants();
  });
}

/** Reserves all three seats of an event, and pays for them. */
async function forSale(world: World, eventId: string, { isPaid }: { isPaid: boolean }) {
  const orders = await Promise.all(times(3, () => world.reserve({ eventId })));
  if (isPaid) { for (const order of orders) await world.confirm(order); }
  return { orders };
}

Deno.test("an offer is confirmed by its reservation, by its user only, and its entry is converted", async () => {
  await using world = await createWorld();
  const { eventId, orders } = await soldOut(world, { seats: 2 });
  const [userId, other] = await joined(world, eventId, 2, 1) as [string, string];
  await cancelAll(world, orders);
  await serve(world, eventId);
  const { offer } = await world.waitlist.position(eventId, userId);
  const bookingId = offer.reservation_id;
  const offered = { bookingId, userId };
  await assert.rejects(world.confirm({ bookingId, userId: other }), withCode("BOOKING_NOT_YOURS"));
  assert.equal((await world.confirm(offered)).booking.quantity, 2);
  assert.deepEqual(await states(world, eventId, [userId, other]), ["converted", "waiting"]);
  await world.settle();
  await world.assertInvariants();
  // A bought offer is an ordinary booking: it is cancelled, and its seats are offered on.
  await cancelBooking(world.deps, offered);
  await serve(world, eventId);
  assert.deepEqual(await states(world, eventId, [other]), ["offered 1"]);
});

Deno.test("an offer lapses with its time, and the next in line gets its seats", async () => {
  await using world = await createWorld();
  const { eventId, orders } = await soldOut(world, { seats: 1 });
  const users = await joined(world, eventId, 1, 1);
  await cancelAll(world, orders);
  await serve(world, eventId);
  world.clock.advance(OFFER_MS);
  await expireDue(world.deps);
  await world.drainOutbox();
  await serve(world, eventId);
  assert.deepEqual(await states(world, eventId, users), ["expired", "offered 1"]);
  await world.assertInvariants();
});

Deno.test("a declined offer goes to the next in line", async () => {
  await using world = await createWorld();
  const { eventId, orders } = await soldOut(world, { seats: 1 });
  const users = await joined(world, eventId, 1, 1);
  await cancelAll(world, orders);
  await serve(world, eventId);
  await world.waitlist.ask("POST", "/decline", { userId: users[0]!, body: { event_id: eventId } });
  await serve(world, eventId);
  assert.deepEqual(await states(world, eventId, users), ["expired", "offered 1"]);
  await world.assertInvariants();
});

Deno.test("a group waits for enough seats, and only half of what is freed goes past it", async () => {
  await using world = await createWorld();
  const { eventId, orders } = await soldOut(world, { seats: 5 });
  const users = await joined(world, eventId, 3, 1, 1, 1);
  const seen: string[][] = [];
  for (const order of orders) {
    await cancelAll(world, [order]);
    await serve(world, eventId);
    seen.push(await states(world, eventId, users));
  }
  assert.deepEqual(seen, [
    ["waiting", "waiting", "waiting", "waiting"],
    ["waiting", "offered 1", "waiting", "waiting"],
    ["waiting", "offered 1", "waiting", "waiting"],
    ["offered 3", "offered 1", "waiting", "waiting"],
    ["offered 3", "offered 1", "offered 1", "waiting"],
  ]);
  await world.assertInvariants();
});

Deno.test("when nobody waits any more, what was set aside goes back to the public at once", async () => {
  await using world = await createWorld();
  const { eventId, orders } = await soldOut(world, { seats: 3 });
  const [first, last] = await joined(world, eventId, 1, 3) as [string, string];
  await cancelAll(world, orders);
  await serve(world, eventId);
  assert.equal(await world.availableSeats(eventId), 0);
  await world.waitlist.ask("DELETE", `/leave?event_id=${eventId}`, { userId: last });
  await serve(world, eventId);
  assert.equal(await world.availableSeats(eventId), 2);
  await world.reserve({ eventId, quantity: 2 });
  assert.deepEqual(await states(world, eventId, [first]), ["offered 1"]);
  await world.assertInvariants();
});
