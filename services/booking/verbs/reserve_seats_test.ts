import assert from "node:assert/strict";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { bookingIdOf } from "../booking.ts";
import { createWorld, PRICE_MINOR } from "../testing/world.ts";
import { expireDue } from "./expire_due.ts";
import { reserveSeats } from "./reserve_seats.ts";

function code(expected: string) {
  return (error: unknown) => error instanceof DomainError && error.code === expected;
}

Deno.test("reserveSeats() holds seats for five minutes and answers what they cost", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 5 });
  const reservation = await world.reserve({ eventId, quantity: 2 });

  assert.match(reservation.reference, /^EVT-[0-9A-Z]{6}$/);
  assert.equal(reservation.total_minor, 2 * PRICE_MINOR);
  assert.equal(reservation.expiresAt.getTime() - world.clock.now().getTime(), 300_000);
  assert.equal(await world.availableSeats(eventId), 3);
  await world.assertInvariants();
});

Deno.test("reserveSeats() gives 99 seats to exactly 99 of 200 users who come at once", async () => {
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

Deno.test("reserveSeats() answers one key the same six times at once, and again later, and takes seats once", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 10 });
  const input = { eventId, quantity: 3, userId: newId(), key: newId() };
  const answers = await Promise.all(times(6, () => world.reserve(input)));
  answers.push(await world.reserve(input));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(await world.availableSeats(eventId), 7);
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers a replay after the event sold out, and after Redis forgot it", async () => {
  await using world = await createWorld({
    adapt: (deps) => ({
      holds: Object.assign(deps.holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const eventId = await world.createEvent({ capacity: 2 });
  const input = { eventId, quantity: 2, userId: newId(), key: newId() };
  const first = await world.reserve(input);
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  assert.deepEqual(await world.reserve(input), first, "while the refusal is remembered");
  world.clock.advance(1_000);
  assert.deepEqual(await world.reserve(input), first, "when the inventory is asked");
});

Deno.test("reserveSeats() turns a stampede on a sold-out event away for a few looks at its ledger", async () => {
  const asked = { holds: 0, lookups: 0, ledger: 0 };
  await using world = await createWorld({
    adapt: ({ seats, store }) => ({
      seats: {
        ...seats,
        hold: (...args) => (asked.holds++, seats.hold(...args)),
        listGranted: (...args) => (asked.ledger++, seats.listGranted(...args)),
      },
      store: { ...store, findMany: (ids) => (asked.lookups++, store.findMany(ids)) },
    }),
  });
  const eventId = await world.createEvent({ capacity: 3 });
  const buyers = await Promise.all(times(3, () => {
    const input = { eventId, userId: newId(), key: newId() };
    return world.reserve(input).then((reservation) => ({ input, reservation }));
  }));
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  Object.assign(asked, { holds: 0, lookups: 0, ledger: 0 });

  const stampede = () => Promise.allSettled(times(1_000, () => world.reserve({ eventId })));
  for (const { status } of await stampede()) assert.equal(status, "rejected");
  assert.deepEqual({ ...asked, ledger: 0 }, { holds: 0, lookups: 0, ledger: 0 });
  world.clock.advance(250);
  for (const { status } of await stampede()) assert.equal(status, "rejected");
  assert.deepEqual({ ...asked, ledger: 0 }, { holds: 1, lookups: 1, ledger: 0 }, "one asks again");
  // Those whose hold documents were looked for together share one.
  assert.ok(asked.ledger <= 10, `${asked.ledger} looks at the ledger for 2,000`);

  for (const { input, reservation } of buyers) {
    assert.deepEqual(await world.reserve(input), reservation, "a replay is answered as before");
  }
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers the replay of what another process sold, long after Redis forgot it", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.inAnotherProcess().reserve(input);
  await world.confirm(first);
  world.clock.advance(3_600_000);
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  const { userId: _, ...reservation } = await world.reserve(input);
  const { userId: __, ...expected } = first;
  assert.deepEqual(reservation, expected);
});

Deno.test("reserveSeats() answers the replay of what another process sold while it remembers a refusal, without Redis", async () => {
  await using world = await createWorld({
    adapt: ({ holds }) => ({
      holds: Object.assign(holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const eventId = await world.createEvent({ capacity: 1 });
  const given = await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"), "from memory");
  await world.deps.seats.release([{ event_id: eventId, allocation_ids: [given.bookingId] }]);
  await world.deps.store.expireIfPending({ ...given, now: world.clock.now() });

  const input = { eventId, userId: newId(), key: newId() };
  const sold = await world.inAnotherProcess().reserve(input);

  await assert.doesNotReject(world.reserve(input));
  assert.deepEqual(await world.reserve(input), sold);
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
});

Deno.test("reserveSeats() sells a seat that came back, and soon to everybody", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 2 });
  const given = await world.reserve({ eventId, quantity: 2 });
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  await world.deps.seats.release([{ event_id: eventId, allocation_ids: [given.bookingId] }]);
  await world.deps.store.expireIfPending({ ...given, now: world.clock.now() });
  world.clock.advance(250);
  await world.reserve({ eventId });
  await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
});

Deno.test("reserveSeats() refuses a key that was used for another quantity or event, and takes no seat for it", async () => {
  await using world = await createWorld();
  const [eventId, otherEvent] = [await world.createEvent(), await world.createEvent()];
  const [userId, key] = [newId(), newId()];
  await world.reserve({ eventId, userId, key });
  await assert.rejects(
    world.reserve({ eventId, quantity: 2, userId, key }),
    code("IDEMPOTENCY_KEY_REUSED"),
  );
  await assert.rejects(
    world.reserve({ eventId: otherEvent, userId, key }),
    code("IDEMPOTENCY_KEY_REUSED"),
  );
  assert.equal(await world.availableSeats(otherEvent), 100);
  await world.assertInvariants();
});

Deno.test("reserveSeats() takes back the seats of a reused key when Redis does not know the first use", async () => {
  await using world = await createWorld({
    adapt: (deps) => ({
      holds: Object.assign(deps.holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const [eventId, otherEvent] = [await world.createEvent(), await world.createEvent()];
  const [userId, key] = [newId(), newId()];
  await world.reserve({ eventId, userId, key });
  await assert.rejects(
    world.reserve({ eventId: otherEvent, userId, key }),
    code("IDEMPOTENCY_KEY_REUSED"),
  );
  assert.equal(await world.availableSeats(otherEvent), 100);
  await world.assertInvariants();
});

Deno.test("reserveSeats() lets two users have the same key", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const key = newId();
  const [a, b] = [await world.reserve({ eventId, key }), await world.reserve({ eventId, key })];
  assert.notEqual(a.bookingId, b.bookingId);
});

Deno.test("reserveSeats() finishes a reservation whose first try died between hold and booking", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 4 });
  const [userId, key] = [newId(), newId()];
  const allocation_id = bookingIdOf(userId, key);
  const expires_at = new Date(world.clock.now().getTime() + 100_000);
  await world.deps.seats.hold([{
    event_id: eventId,
    items: [{ allocation_id, quantity: 2, expires_at: expires_at.toISOString() }],
  }]);
  const reservation = await world.reserve({ eventId, quantity: 2, userId, key });
  assert.deepEqual(reservation.expiresAt, expires_at, "the hold that is there counts");
  assert.equal(await world.availableSeats(eventId), 2);
  await world.assertInvariants();
});

Deno.test("reserveSeats() holds anew what expired before its booking was ever written", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 4 });
  const [userId, key] = [newId(), newId()];
  const item = {
    allocation_id: bookingIdOf(userId, key),
    quantity: 2,
    expires_at: new Date(world.clock.now().getTime() + 1_000).toISOString(),
  };
  await world.deps.seats.hold([{ event_id: eventId, items: [item] }]);
  world.clock.advance(10_000);
  const reservation = await world.reserve({ eventId, quantity: 2, userId, key });
  assert.equal(reservation.expiresAt.getTime(), world.clock.now().getTime() + 300_000);
  assert.equal(await world.availableSeats(eventId), 2);
  await world.assertInvariants();
});

Deno.test("reserveSeats() says which rule refuses: event, size of booking, size of booking for this event", async () => {
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
  await using world = await createWorld({ attempts_per_minute: 2 });
  const eventId = await world.createEvent();
  const userId = newId();
  const [first] = [await world.reserve({ eventId, userId, key: "a" })];
  await world.reserve({ eventId, userId, key: "b" });
  await assert.rejects(world.reserve({ eventId, userId, key: "c" }), code("RATE_LIMITED"));
  assert.deepEqual(await world.reserve({ eventId, userId, key: "a" }), first);
  await world.reserve({ eventId, key: "of another user" });
  world.clock.advance(60_000);
  await world.reserve({ eventId, userId, key: "d" });
});

Deno.test("reserveSeats() shares no refusal that is older than the request", async () => {
  const looked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  await using world = await createWorld({
    adapt: ({ seats, holds }) => ({
      holds: Object.assign(holds, { find: () => Promise.resolve(undefined) }),
      seats: {
        ...seats,
        async listGranted(eventId, after) {
          const page = await seats.listGranted(eventId, after);
          looked.resolve();
          await gate.promise;
          return page;
        },
      },
    }),
  });
  const eventId = await world.createEvent({ capacity: 1 });
  const given = await world.reserve({ eventId });
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  const input = { eventId, userId: newId(), key: newId() };
  const before = world.reserve(input);
  await looked.promise;

  await world.deps.seats.release([{ event_id: eventId, allocation_ids: [given.bookingId] }]);
  await world.deps.store.expireIfPending({ ...given, now: world.clock.now() });
  const reservation = await world.inAnotherProcess().reserve(input);
  const outcomes = Promise.allSettled([before, world.reserve(input)]);
  gate.resolve();
  const [refused, after] = await outcomes;
  assert.ok(refused.status === "rejected" && code("NOT_ENOUGH_SEATS")(refused.reason));
  assert.deepEqual(after, { status: "fulfilled", value: reservation });
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers a replay from its hold document, without a question to bookings_db", async () => {
  const asked: string[] = [];
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: { ...store, findMany: (ids) => (asked.push(...ids), store.findMany(ids)) },
    }),
  });
  const eventId = await world.createEvent();
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.reserve(input);
  // It follows to Redis when the buyer has been answered.
  assert.ok(await world.deps.holds.find(first.bookingId));
  assert.deepEqual(await world.reserve(input), first);
  assert.deepEqual(asked, []);
  await assert.rejects(world.reserve({ ...input, quantity: 2 }), code("IDEMPOTENCY_KEY_REUSED"));
  await world.assertInvariants();
});

for (
  const [how, operations] of [
    ["elsewhere", undefined],
    ["in this process", { hold: () => Promise.reject(new Error("gone")) }],
  ] as const
) {
  Deno.test(`reserveSeats() answers UNAVAILABLE when the event service ${how} fails, and books nothing`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent();
    const failing = { fetch: () => new Response("{}", { status: 500 }) };
    world.context.provide("event", failing, operations);
    await assert.rejects(
      reserveSeats(world.deps, { userId: newId(), eventId, quantity: 1, idempotencyKey: newId() }),
      code("UNAVAILABLE"),
    );
    assert.equal((await world.bookingsDb`SELECT FROM bookings`).length, 0);
    assert.equal(await world.availableSeats(eventId), 100);
  });
}

Deno.test("seats are held, sold and given back by an event service elsewhere as by one in this process", async () => {
  await using world = await createWorld();
  world.context.provide("event", world.eventService.app);
  const eventId = await world.createEvent({ capacity: 2 });
  const [sold, free] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  await assert.rejects(world.reserve({ eventId }), code("NOT_ENOUGH_SEATS"));
  await world.confirm(sold);
  world.clock.advance(300_001);
  await expireDue(world.deps);
  await world.settle();
  assert.equal(await world.availableSeats(eventId), 1, `not those of ${free.bookingId}`);
  await world.assertInvariants();
});

Deno.test("reserveSeats() takes no seats from a quicker retry when it takes a dead hold up again late", async () => {
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
  const item = {
    allocation_id: bookingIdOf(input.userId, input.key),
    quantity: 2,
    expires_at: new Date(world.clock.now().getTime() + 1_000).toISOString(),
  };
  await world.deps.seats.hold([{ event_id: eventId, items: [item] }]);
  world.clock.advance(1_000);
  quicker = async () => void await world.confirm(await world.inAnotherProcess().reserve(input));

  await world.reserve(input);
  assert.equal(quicker, undefined, "there was no quicker retry");
  await world.assertInvariants();
});

Deno.test("reserveSeats() answers a replay as before while its key is tried for another event", async () => {
  await using world = await createWorld({
    adapt: (deps) => ({
      holds: Object.assign(deps.holds, { find: () => Promise.resolve(undefined) }),
    }),
  });
  const [eventId, other] = [await world.createEvent(), await world.createEvent()];
  const input = { userId: newId(), key: newId() };
  const reservation = await world.reserve({ ...input, eventId });
  const [reused, replay] = await Promise.allSettled([
    world.reserve({ ...input, eventId: other }),
    world.reserve({ ...input, eventId }),
  ]);
  assert.ok(reused.status === "rejected" && code("IDEMPOTENCY_KEY_REUSED")(reused.reason));
  assert.deepEqual(replay, { status: "fulfilled", value: reservation });
  await world.assertInvariants();
});

Deno.test("reserveSeats() goes on for all other events while the seats of one are locked", async () => {
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
