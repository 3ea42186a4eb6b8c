/** Replays of `reserveSeats()`: concurrent, later, in another process, or for another request. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { bookingIdOf } from "./booking.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { forceExpireAll } from "./force_expire_all.ts";
import { expireDue } from "./expire_due.ts";
import type { Reservation } from "./reservation.ts";
import type { BookingKey } from "./store.ts";
import { createWorld, withCode } from "../testing/world.ts";

Deno.test("reserveSeats() answers six concurrent requests with one key alike", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 10 });
  const input = { eventId, quantity: 3, userId: newId(), key: newId() };
  const answers = await Promise.all(times(6, () => world.reserve(input)));
  answers.push(await world.reserve(input));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(await world.availableSeats(eventId), 7);
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers a replay after the event sold out and Redis forgot it", async () => {
  await using world = await createWorld({
    adapt: (deps) => ({
      holds: Object.assign(deps.holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const eventId = await world.createEvent({ capacity: 2 });
  const input = { eventId, quantity: 2, userId: newId(), key: newId() };
  const first = await world.reserve(input);
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  const replay = () => world.reserve(input).catch((refusal) => refusal);
  assert.deepEqual(await replay(), first, "while the refusal is remembered");
  world.clock.advance(1_000);
  assert.deepEqual(await replay(), first, "when the inventory is asked");
});

Deno.test("reserveSeats() answers a replay of another process's booking without Redis", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.inAnotherProcess().reserve(input);
  await world.confirm(first);
  world.clock.advance(3_600_000);
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  const { userId: _, ...reservation } = await world.reserve(input);
  const { userId: __, ...expected } = { ...first, status: "confirmed" as const };
  assert.deepEqual(reservation, expected);
});

Deno.test("reserveSeats() answers a replay of another process's booking despite a refusal", async () => {
  await using world = await createWorld({
    adapt: ({ holds }) => ({
      holds: Object.assign(holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const eventId = await world.createEvent({ capacity: 1 });
  const given = await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"), "from memory");
  await world.deps.seats.release([{ eventId, allocationIds: [given.bookingId] }]);
  await world.store.expireIfPending({ ...given, now: world.clock.now() });

  const input = { eventId, userId: newId(), key: newId() };
  const sold = await world.inAnotherProcess().reserve(input);

  await assert.doesNotReject(world.reserve(input));
  assert.deepEqual(await world.reserve(input), sold);
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
});

Deno.test("reserveSeats() refuses a key of another quantity, and takes no seats", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const [userId, key] = [newId(), newId()];
  await world.reserve({ eventId, userId, key });
  await assert.rejects(
    world.reserve({ eventId, quantity: 2, userId, key }),
    withCode("IDEMPOTENCY_KEY_REUSED"),
  );
  assert.equal(await world.availableSeats(eventId), 99);
  await world.assertInvariants();
});

Deno.test("reserveSeats() makes a booking of its own for each event of a key", async () => {
  await using world = await createWorld();
  const events = [await world.createEvent(), await world.createEvent()];
  const [userId, key] = [newId(), newId()];
  const reserveAll = () =>
    Promise.all(events.map((eventId) => world.reserve({ eventId, userId, key })));
  const [first, second] = await reserveAll();
  assert.notEqual(first!.bookingId, second!.bookingId);
  assert.deepEqual(await reserveAll(), [first, second], "each replay finds its own");
  await cancelBooking(world.deps, first!);
  assert.equal((await world.confirm(second!)).status, "confirmed");
  assert.deepEqual(await Promise.all(events.map((id) => world.availableSeats(id))), [100, 99]);
  await world.assertInvariants();
});

Deno.test("reserveSeats() lets two users have the same key", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const key = newId();
  const [a, b] = [await world.reserve({ eventId, key }), await world.reserve({ eventId, key })];
  assert.notEqual(a.bookingId, b.bookingId);
});

Deno.test("reserveSeats() books seats whose first attempt died after the hold", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 4 });
  const [userId, key] = [newId(), newId()];
  const allocationId = bookingIdOf({ userId, eventId, idempotencyKey: key });
  const expiresAt = new Date(world.clock.now().getTime() + 100_000);
  await world.deps.seats.hold({ eventId, allocationId, quantity: 2, expiresAt });
  const reservation = await world.reserve({ eventId, quantity: 2, userId, key });
  assert.deepEqual(reservation.expiresAt, expiresAt, "the hold that is there counts");
  assert.equal(await world.availableSeats(eventId), 2);
  await world.assertInvariants();
});

Deno.test("reserveSeats() holds again seats that expired before they were booked", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 4 });
  const [userId, key] = [newId(), newId()];
  await world.deps.seats.hold({
    eventId,
    allocationId: bookingIdOf({ userId, eventId, idempotencyKey: key }),
    quantity: 2,
    expiresAt: new Date(world.clock.now().getTime() + 1_000),
  });
  world.clock.advance(10_000);
  const reservation = await world.reserve({ eventId, quantity: 2, userId, key });
  assert.equal(reservation.expiresAt.getTime(), world.clock.now().getTime() + 300_000);
  assert.equal(await world.availableSeats(eventId), 2);
  await world.assertInvariants();
});

Deno.test("reserveSeats() does not share a refusal older than the request", async () => {
  const looked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let isGated = false;
  await using world = await createWorld({
    adapt: ({ store, holds }) => ({
      holds: Object.assign(holds, { find: () => Promise.resolve(undefined) }),
      store: {
        ...store,
        async findMany(keys) {
          const found = await store.findMany(keys);
          if (isGated) {
            looked.resolve();
            await gate.promise;
          }
          return found;
        },
      },
    }),
  });
  const eventId = await world.createEvent({ capacity: 1 });
  const given = await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  const input = { eventId, userId: newId(), key: newId() };
  isGated = true;
  const before = world.reserve(input);
  await looked.promise;

  await world.deps.seats.release([{ eventId, allocationIds: [given.bookingId] }]);
  await world.store.expireIfPending({ ...given, now: world.clock.now() });
  const reservation = await world.inAnotherProcess().reserve(input);
  const outcomes = Promise.allSettled([before, world.reserve(input)]);
  gate.resolve();
  const [refused, after] = await outcomes;
  assert.ok(refused.status === "rejected" && withCode("NOT_ENOUGH_SEATS")(refused.reason));
  assert.deepEqual(after, { status: "fulfilled", value: reservation });
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers a replay from its hold document alone", async () => {
  const asked: BookingKey[] = [];
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: { ...store, findMany: (keys) => (asked.push(...keys), store.findMany(keys)) },
    }),
  });
  const eventId = await world.createEvent();
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.reserve(input);
  // It follows to Redis when the buyer has been answered.
  assert.ok(await world.deps.holds.find(first.bookingId));
  assert.deepEqual(await world.reserve(input), first);
  assert.deepEqual(asked, []);
  await assert.rejects(
    world.reserve({ ...input, quantity: 2 }),
    withCode("IDEMPOTENCY_KEY_REUSED"),
  );
  await world.assertInvariants();
});

Deno.test("reserveSeats() takes no seats from a quicker retry when it holds again late", async () => {
  let quicker: (() => Promise<void>) | undefined;
  async function late<T>(send: () => Promise<T>): Promise<T> {
    const first = quicker;
    quicker = undefined;
    await first?.();
    return await send();
  }
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: {
        ...seats,
        release: (...input) => late(() => seats.release(...input)),
        hold: (batches, options) =>
          options?.revive ? late(() => seats.hold(batches, options)) : seats.hold(batches, options),
      },
    }),
  });
  const eventId = await world.createEvent({ capacity: 2 });
  const input = { eventId, quantity: 2, userId: newId(), key: newId() };
  await world.deps.seats.hold({
    eventId,
    allocationId: bookingIdOf({ ...input, idempotencyKey: input.key }),
    quantity: 2,
    expiresAt: new Date(world.clock.now().getTime() + 1_000),
  });
  world.clock.advance(1_000);
  quicker = async () => void await world.confirm(await world.inAnotherProcess().reserve(input));

  await world.reserve(input);
  assert.equal(quicker, undefined, "there was no quicker retry");
  await world.assertInvariants();
});

Deno.test("reserveSeats() gives a replay the booking's present status and end", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const told = async (end: (reservation: Reservation & { userId: string }) => Promise<unknown>) => {
    const input = { eventId, userId: newId(), key: newId() };
    const first = await world.reserve(input);
    // It follows to Redis when the buyer has been answered.
    assert.ok(await world.deps.holds.find(first.bookingId));
    assert.equal(first.status, "pending");
    world.clock.advance(60_000);
    await end(first);
    const beforeRelease = await world.reserve(input);
    await world.drainOutbox();
    world.clock.advance(1_000);
    const replay = await world.reserve(input);
    assert.deepEqual(replay, beforeRelease);
    assert.deepEqual(replay, { ...first, status: replay.status, expiresAt: replay.expiresAt });
    return [replay.status, replay.expiresAt.getTime() - first.expiresAt.getTime()];
  };
  const MINUTE_MS = 60_000;
  assert.deepEqual(await told((first) => world.confirm(first)), ["confirmed", 0]);
  assert.deepEqual(await told((first) => cancelBooking(world.deps, first)), [
    "cancelled",
    -4 * MINUTE_MS,
  ]);
  assert.deepEqual(await told((first) => expireBooking(world.deps, first)), [
    "expired",
    -4 * MINUTE_MS,
  ]);
  const timeUp = () => Promise.resolve(world.clock.advance(10 * MINUTE_MS));
  assert.deepEqual(await told(timeUp), ["expired", 0], "before it is recorded");
  const swept = async () => (await timeUp(), await expireDue(world.deps));
  assert.deepEqual(await told(swept), ["expired", 0]);
  await world.assertInvariants();
});

Deno.test("forceExpireAll() lets no replay see an open hold, whatever Redis has", async () => {
  await using world = await createWorld();
  const input = { eventId: await world.createEvent(), userId: newId(), key: newId() };
  const { bookingId } = await world.reserve(input);
  // It follows to Redis when the buyer has been answered.
  assert.ok(await world.deps.holds.find(bookingId));
  world.clock.advance(1_000);
  assert.equal(await forceExpireAll(world.deps), 1);
  assert.ok(await world.deps.holds.find(bookingId), "Redis was told");
  const { status, expiresAt } = await world.reserve(input);
  assert.deepEqual({ status, expiresAt }, { status: "expired", expiresAt: world.clock.now() });
  await world.assertInvariants();
});
