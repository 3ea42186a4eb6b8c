import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { expireDue } from "./expire_due.ts";
import { expireBooking } from "./expire_booking.ts";

Deno.test("reserveSeats() holds seats for five minutes and returns their price", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 5 });
  const reservation = await world.reserve({ eventId, quantity: 2 });

  assert.match(reservation.reference, /^EVT-[0-9A-Z]{6}$/);
  assert.equal(reservation.totalMinor, 2 * PRICE_MINOR);
  assert.equal(reservation.expiresAt.getTime() - world.clock.now().getTime(), 300_000);
  assert.equal(await world.availableSeats(eventId), 3);
  await world.assertInvariants();
});

Deno.test("reserveSeats() gives 99 seats to exactly 99 of 200 concurrent users", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 99 });
  const outcomes = await Promise.allSettled(times(200, () => world.reserve({ eventId })));

  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  assert.equal(refused.length, 101);
  for (const { reason } of refused) assert.equal(reason.message, "Not enough seats available");
  assert.equal(await world.availableSeats(eventId), 0);
  await world.assertInvariants();
});

Deno.test("reserveSeats() fills an event to the last seat with groups of different sizes", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 20 });
  const outcomes = await Promise.allSettled(
    times(60, (i) => world.reserve({ eventId, quantity: 1 + i % 4 })),
  );
  assert.ok(outcomes.some(({ status }) => status === "rejected"));
  assert.equal(await world.availableSeats(eventId), 0);
  await world.assertInvariants();
});

Deno.test("reserveSeats() refuses a stampede on a sold-out event with few look-ups", async () => {
  const asked = { holds: 0, lookups: 0, ownHolds: 0 };
  await using world = await createWorld({
    adapt: ({ seats, store }) => ({
      seats: {
        ...seats,
        hold: (...args) => (asked.holds++, seats.hold(...args)),
      },
      store: {
        ...store,
        findMany: (ids) => (asked.lookups++, store.findMany(ids)),
        findOpenHolds: (...args) => (asked.ownHolds++, store.findOpenHolds(...args)),
      },
    }),
  });
  const eventId = await world.createEvent({ capacity: 3 });
  const buyers = await Promise.all(times(3, () => {
    const input = { eventId, userId: newId(), key: newId() };
    return world.reserve(input).then((reservation) => ({ input, reservation }));
  }));
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  Object.assign(asked, { holds: 0, lookups: 0, ownHolds: 0 });

  const stampede = () => Promise.allSettled(times(1_000, () => world.reserve({ eventId })));
  for (const { status } of await stampede()) assert.equal(status, "rejected");
  assert.equal(asked.holds, 0);
  world.clock.advance(250);
  for (const { status } of await stampede()) assert.equal(status, "rejected");
  assert.equal(asked.holds, 1, "one asks again");
  assert.ok(asked.lookups <= 10, `${asked.lookups} look-ups of bookings for 2,000`);
  assert.ok(asked.ownHolds <= 40, `${asked.ownHolds} looks for own holds for 2,000`);

  for (const { input, reservation } of buyers) {
    assert.deepEqual(await world.reserve(input), reservation, "a replay is answered as before");
  }
  await world.assertInvariants();
});

Deno.test("reserveSeats() sells released seats within 250 ms", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 2 });
  const given = await world.reserve({ eventId, quantity: 2 });
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  await world.deps.seats.release([{ eventId, allocationIds: [given.bookingId] }]);
  await world.store.expireIfPending({ ...given, now: world.clock.now() });
  world.clock.advance(250);
  await world.reserve({ eventId });
  await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
});

Deno.test("reserveSeats() names the rule that refuses: event, or size of booking", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ max: 4 });
  const cases = [
    [{ eventId: newId() }, "Event not found or not available for booking"],
    [{ eventId, quantity: 11 }, "Maximum 10 tickets allowed per booking"],
    [{ eventId, quantity: 5 }, "Maximum 4 tickets allowed per booking for this event"],
  ] as const;
  for (const [input, message] of cases) await assert.rejects(world.reserve(input), { message });
  assert.equal(await world.availableSeats(eventId), 100);
});

Deno.test("reserveSeats() counts attempts by user and minute, and does not count replays", async () => {
  await using world = await createWorld({ attemptsPerMinute: 2 });
  const eventId = await world.createEvent();
  const userId = newId();
  const [first] = [await world.reserve({ eventId, userId, key: "a" })];
  await world.reserve({ eventId, userId, key: "b" });
  await assert.rejects(world.reserve({ eventId, userId, key: "c" }), withCode("RATE_LIMITED"));
  assert.deepEqual(await world.reserve({ eventId, userId, key: "a" }), first);
  await world.reserve({ eventId, key: "of another user" });
  world.clock.advance(60_000);
  await world.reserve({ eventId, userId, key: "d" });
});

for (
  const [how, operations] of [
    ["elsewhere", undefined],
    ["in this process", { hold: () => Promise.reject(new Error("gone")) }],
  ] as const
) {
  Deno.test(`reserveSeats() throws UNAVAILABLE when the event service ${how} fails`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent();
    const failing = { fetch: () => new Response("{}", { status: 500 }) };
    world.context.provide("event", failing, operations);
    await assert.rejects(
      world.reserve({ eventId }),
      withCode("UNAVAILABLE"),
    );
    assert.equal((await world.bookingsDb`SELECT FROM bookings`).length, 0);
    assert.equal(await world.availableSeats(eventId), 100);
  });
}

Deno.test("seats are held, sold and released by an event service in another process", async () => {
  await using world = await createWorld();
  world.context.provide("event", world.eventService.app);
  const eventId = await world.createEvent({ capacity: 2 });
  const [sold, free] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  await world.confirm(sold);
  world.clock.advance(300_001);
  await expireDue(world.deps);
  await world.settle();
  assert.equal(await world.availableSeats(eventId), 1, `not those of ${free.bookingId}`);
  await world.assertInvariants();
});

Deno.test("reserveSeats() works for other events while the seats of one are locked", async () => {
  await using world = await createWorld();
  const events = await Promise.all(times(5, () => world.createEvent({ capacity: 2 })));
  const locked = events[3]!;
  let waiting: Promise<unknown> | undefined;
  await transaction(world.eventsDb, async (tx) => {
    await tx`SELECT FROM seat_inventory WHERE event_id = ${locked} FOR UPDATE`;
    // The first two go alone, the others together.
    const reserving = events.map((eventId) => world.reserve({ eventId }));
    waiting = reserving[3];
    const others = reserving.filter((reservation) => reservation !== waiting);
    await Promise.all(others);
  });
  await waiting;
  assert.deepEqual(await Promise.all(events.map(world.availableSeats)), [1, 1, 1, 1, 1]);
  await world.assertInvariants();
});

Deno.test("reserveSeats() refuses with the buyer's own open holds", async () => {
  await using world = await createWorld();
  const [eventId, elsewhere] = [
    await world.createEvent({ capacity: 5 }),
    await world.createEvent(),
  ];
  const userId = newId();
  const first = await world.reserve({ eventId, userId, quantity: 2 });
  world.clock.advance(1_000);
  const second = await world.reserve({ eventId, userId, quantity: 1 });
  const given = await world.reserve({ eventId, userId, quantity: 1 });
  const paid = await world.reserve({ eventId, userId, quantity: 1 });
  await world.reserve({ eventId: elsewhere, userId });
  await world.confirm(paid);
  await expireBooking(world.deps, given);
  await world.drainOutbox();
  await world.reserve({ eventId });

  const holdOf = ({ bookingId, reference, expiresAt }: typeof first, quantity: number) => ({
    reservation_id: bookingId,
    booking_reference: reference,
    quantity,
    expires_at: expiresAt.toISOString(),
  });
  const why = { reason: "seats", ticket_type_id: eventId };
  const expected = { ...why, own_holds: [holdOf(second, 1), holdOf(first, 2)] };
  const refusal = (request: Promise<unknown>) =>
    request.then(() => assert.fail("it was reserved"), (error) => error.fields);
  assert.deepEqual(await refusal(world.reserve({ eventId, userId })), expected);
  assert.deepEqual(await refusal(world.reserve({ eventId, userId })), expected, "from memory");
  assert.deepEqual(await refusal(world.reserve({ eventId })), why, "of another user");
});

Deno.test("reserveSeats() refuses without own holds if their look-up fails", async () => {
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: { ...store, findOpenHolds: () => Promise.reject(new Error("down")) },
    }),
  });
  const eventId = await world.createEvent({ capacity: 1 });
  const userId = newId();
  await world.reserve({ eventId, userId });
  await assert.rejects(world.reserve({ eventId, userId }), withCode("NOT_ENOUGH_SEATS"));
});
