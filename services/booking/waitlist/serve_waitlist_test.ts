/** Seats that become free, from their release to the offer that is bought. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { expireBooking } from "../orders/expire_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import { Line } from "../testing/line.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { createWorld, OFFER_MS, runWorker, withCode, type World } from "../testing/world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

for (
  const [how, free] of Object.entries({
    "cancelled bookings": async (world: World, eventId: string) => {
      const { orders } = await forSale(world, eventId, { isPaid: true });
      return async () => {
        for (const order of orders) await cancelBooking(world.deps, order);
      };
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
    const line = await Line.of(world, { seats: 0 });
    const { eventId } = line;
    await world.organiser.resize(eventId, 3);
    const freeThree = await free(world, eventId);
    const users = await line.join(2, 1, 1);
    await freeThree();
    assert.equal(await world.availableSeats(eventId), 0);
    await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
    await line.serve();
    assert.deepEqual(await line.states(users), ["offered 2", "offered 1", "waiting"]);
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

Deno.test("an offer is confirmed by its reservation, by its user only, and converts its entry", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const [userId, other] = await line.join(2, 1) as [string, string];
  await line.free(2);
  await line.serve();
  const offer = await line.offerOf(userId);
  const byStranger = { ...offer, userId: other };
  await assert.rejects(world.confirm(byStranger), withCode("BOOKING_NOT_YOURS"));
  assert.equal((await world.confirm(offer)).booking.quantity, 2);
  assert.deepEqual(await line.states([userId, other]), ["converted", "waiting"]);
  await world.settle();
  await world.assertInvariants();
  // A bought offer is an ordinary booking: it is cancelled, and its seats are offered on.
  await cancelBooking(world.deps, offer);
  await line.serve();
  assert.deepEqual(await line.states([other]), ["offered 1"]);
  assert.deepEqual(await line.facts(), [
    "converted 2",
    "joined 2",
    "joined 1",
    "offered 2",
    "offered 1",
  ]);
});

for (
  const [how, end, isLapse] of [
    ["lapses", async ({ world }: Line) => {
      world.clock.advance(OFFER_MS);
      await expireDue(world.deps);
    }, true],
    ["is declined", (line: Line, userId: string) => line.decline(userId), false],
    ["is left", (line: Line, userId: string) => line.leave(userId), false],
    ["is cancelled", async (line: Line, userId: string) => {
      await cancelBooking(line.world.deps, await line.offerOf(userId));
    }, false],
    ["is given up", async (line: Line, userId: string) => {
      await expireBooking(line.world.deps, await line.offerOf(userId));
    }, false],
  ] as const
) {
  Deno.test(`an offer that ${how} goes to the next in line`, async () => {
    await using world = await createWorld();
    const line = await Line.of(world, { seats: 1 });
    const [first, next] = await line.join(1, 1) as [string, string];
    await line.free(1);
    await line.serve();
    await end(line, first);
    await world.drainOutbox();
    await line.serve();
    assert.deepEqual(await line.states([next]), ["offered 1"]);
    assert.equal((await line.facts()).includes("offer_lapsed 1"), isLapse);
    await world.assertInvariants();
    // Rejoining gives a place at the end.
    await world.waitlist.join(line.eventId, {}, first);
    assert.deepEqual(await line.states([first]), ["waiting"]);
  });
}

Deno.test("an offer that lapses and comes again to the same user has an id of its own", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const [userId] = await line.join({ quantity: 2, min_quantity: 1 }) as [string];
  await line.free(1);
  await line.serve();
  const first = await line.offerOf(userId);
  await line.decline(userId);
  await world.organiser.resize(line.eventId, 2);
  await line.serve();
  const second = await line.offerOf(userId);
  assert.notEqual(second.bookingId, first.bookingId);
  await world.confirm(second);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("a group waits for enough seats, and only half of what is freed goes past it", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 5 });
  const users = await line.join(3, 1, 1, 1);
  const seen: string[][] = [];
  for (let freed = 0; freed < 5; freed++) {
    await line.free(1);
    await line.serve();
    seen.push(await line.states(users));
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

Deno.test("a last offer that is let go costs no place, and its user stands back", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 4 });
  const [group, single] = await line.join(4, 1) as [string, string];
  await line.free(1);
  await line.serve();
  assert.deepEqual(await line.states([group, single]), ["waiting", "waiting"]);
  world.clock.advance(12 * HOUR_MS);
  await line.serve();
  assert.deepEqual(await line.states([group, single]), ["offered 1", "waiting"], "a last offer");
  world.clock.advance(OFFER_MS);
  await expireDue(world.deps);
  await world.drainOutbox();
  await line.serve();
  assert.deepEqual(await line.states([group, single]), ["waiting", "offered 1"]);
  assert.equal((await world.waitlist.position(line.eventId, group)).position, 1);
  await world.assertInvariants();
});

Deno.test("no offer outlasts the event's start, and none is made shortly before it", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2, startsInMs: 15 * MINUTE_MS });
  const users = await line.join(1, 1);
  await line.free(1);
  await line.serve(withOfferMs(world, HOUR_MS));
  const { offer } = await world.waitlist.position(line.eventId, users[0]!);
  assert.equal(Date.parse(offer.expires_at) - world.clock.now().getTime(), 15 * MINUTE_MS);
  world.clock.advance(5 * MINUTE_MS + 1);
  await line.free(1);
  await line.serve();
  assert.deepEqual(await line.states(users), ["offered 1", "waiting"]);
});

Deno.test("while the organiser pauses a line nothing is offered", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const users = await line.join(1);
  const { eventId } = line;
  await world.deps.waitlist.setPaused({ eventId, isPaused: true, now: world.clock.now() });
  await line.free(1);
  await line.serve();
  assert.deepEqual(await line.states(users), ["waiting"]);
  await world.deps.waitlist.setPaused({ eventId, isPaused: false, now: world.clock.now() });
  await line.serve();
  assert.deepEqual(await line.states(users), ["offered 1"]);
});

Deno.test("an offer has the price of its time, whatever the organiser changes later", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const users = await line.join(1, 1) as [string, string];
  await line.free(1);
  await line.serve();
  await world.organiser.changeType(line.eventId, line.eventId, { price: 2_000 });
  await line.free(1);
  await line.serve();
  const totals = await Promise.all(users.map(async (userId) => {
    const { booking } = await world.confirm(await line.offerOf(userId));
    return booking.totalMinor;
  }));
  assert.deepEqual(totals, [PRICE_MINOR, 200_000]);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("offers are made and positions told while Redis is wiped at any step", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 3 });
  const users = await line.join(1, 1, 1, 1);
  const wipe = () => world.context.redis.attempt("wipe", (redis) => redis.flushdb());
  for (let freed = 0; freed < 3; freed++) {
    await wipe();
    await line.free(1);
    await wipe();
    await line.serve();
  }
  assert.deepEqual(await line.states(users), ["offered 1", "offered 1", "offered 1", "waiting"]);
  assert.equal((await world.waitlist.position(line.eventId, users[3]!)).position, 1);
});

function withOfferMs({ deps }: World, offerMs: number) {
  return { ...deps, settings: { ...deps.settings, offerMs } };
}

Deno.test("no seats are gathered any more for one far back after the last seat was given", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const { eventId } = line;
  const { waitlist } = world.deps;
  const [first] = await line.join(1) as [string];
  const now = world.clock.now();
  const wish = { eventId, ticketTypeIds: [eventId], quantity: 2, minQuantity: 2 };
  const entries = times(600, () => ({ ...wish, entryId: newId(), userId: newId() }));
  await waitlist.join({ entries, now });
  await waitlist.admit({ eventId, entryIds: entries.map(({ entryId }) => entryId), now });
  const last = entries.at(-1)!;
  await world.bookingsDb`
    UPDATE waitlist_entries SET gathering_since = ${now} WHERE entry_id = ${last.entryId}`;
  await line.free(1);
  await line.serve();
  assert.deepEqual(await line.states([first]), ["offered 1"]);
  assert.equal((await waitlist.find(last))?.gatheringSince, undefined);
});
