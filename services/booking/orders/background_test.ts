import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import { transaction } from "@evently/shared/postgres";
import { times, waitForBlockedSession } from "@evently/shared/testing";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import { createWorld } from "../testing/world.ts";
import { expireAll, expireDue } from "./expire_due.ts";
import { postgresBookingStore } from "./postgres_store.ts";
import { rebuildHolds } from "../holds/rebuild_holds.ts";

Deno.test("expireDue() ends due holds, and the outbox releases their seats", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 10 });
  await world.reserve({ eventId, quantity: 4 });
  world.clock.advance(200_000);
  await world.reserve({ eventId });
  world.clock.advance(100_000);
  assert.equal(await expireDue(world.deps), 1);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 9);
  await world.assertInvariants();
});

Deno.test("expireAll() ends every reservation and no booking", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 10 });
  await world.confirm(await world.reserve({ eventId }));
  await world.reserve({ eventId });
  assert.equal(await expireAll(world.deps), 1);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 9);
  await world.assertInvariants();
});

Deno.test("expireDue() in four processes expires and releases each hold once", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 50 });
  await Promise.all(times(40, () => world.reserve({ eventId })));
  world.clock.advance(300_000);
  const counts = await Promise.all(times(4, () => expireDue(world.deps)));
  assert.equal(counts.reduce((sum, n) => sum + n), 40);
  await Promise.all(times(4, () => world.drainOutbox()));
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 50);
  await world.assertInvariants();
});

Deno.test("expireDue() leaves a hold alone that is extended after it was read", async () => {
  await using world = await createWorld();
  const { bookingsDb, clock, store } = world;
  const eventId = await world.createEvent();
  const { bookingId, userId, expiresAt } = await world.reserve({ eventId });
  const before = clock.now();
  clock.advance(300_000);
  let expiry: Promise<number> | undefined;
  await transaction(bookingsDb, async (tx) => {
    const to = new Date(expiresAt.getTime() + 1);
    const extended = postgresBookingStore(tx, tx)
      .extendHold({ bookingId, eventId, userId, expiresAt: to, now: before });
    assert.ok(await extended);
    const due = expiresAt;
    expiry = store.expireDue({ lane: laneOf(eventId), due, now: clock.now(), limit: 10 });
    await waitForBlockedSession(bookingsDb);
  });
  assert.equal(await expiry, 0);
  assert.equal((await store.find(bookingId))?.status, "pending");
});

Deno.test("leaseStuckConfirmations() leaves a confirmation alone that another process takes over", async () => {
  await using world = await createWorld();
  const { bookingsDb, clock, store } = world;
  const eventId = await world.createEvent();
  const { bookingId, userId } = await world.reserve({ eventId });
  const payment = { paymentId: newId(), provider: "mock", method: "card", token: "tok_visa" };
  await store.startConfirming([{ bookingId, userId, now: clock.now(), payment }]);
  const before = clock.now();
  clock.advance(60_000);
  const input = { firstLane: 0, before, now: clock.now(), limit: 10 };
  let late: Promise<unknown[]> | undefined;
  await transaction(bookingsDb, async (tx) => {
    assert.equal((await postgresBookingStore(tx, tx).leaseStuckConfirmations(input)).length, 1);
    late = store.leaseStuckConfirmations(input);
    await waitForBlockedSession(bookingsDb);
  });
  assert.deepEqual(await late, []);
});

Deno.test("the outbox retries a failed delivery later", async () => {
  let down = true;
  const flaky = (seats: SeatInventory): SeatInventory => ({
    ...seats,
    release: (...args) => down ? Promise.reject(new Unavailable("down")) : seats.release(...args),
  });
  await using world = await createWorld({ adapt: ({ seats }) => ({ seats: flaky(seats) }) });
  const eventId = await world.createEvent({ capacity: 3 });
  await world.reserve({ eventId });
  await expireAll(world.deps);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 2);

  down = false;
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 2, "not before its time");
  world.clock.advance(5_000);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 3);
});

Deno.test("the outbox releases seats of one event while another event fails", async () => {
  let broken: string | undefined;
  const partly = (seats: SeatInventory): SeatInventory => ({
    ...seats,
    release: (batches) =>
      batches.some(({ eventId: event_id }) => event_id === broken)
        ? Promise.reject(new Unavailable("locked"))
        : seats.release(batches),
  });
  await using world = await createWorld({ adapt: ({ seats }) => ({ seats: partly(seats) }) });
  const events = await Promise.all(times(3, () => world.createEvent({ capacity: 3 })));
  for (const eventId of events) await world.reserve({ eventId });
  broken = events[1];
  await expireAll(world.deps);
  await world.drainOutbox();
  assert.deepEqual(await Promise.all(events.map(world.availableSeats)), [3, 2, 3]);
  broken = undefined;
  world.clock.advance(5_000);
  await world.drainOutbox();
  assert.deepEqual(await Promise.all(events.map(world.availableSeats)), [3, 3, 3]);
  await world.assertInvariants();
});

Deno.test("rebuildHolds() writes the hold documents only after Redis lost them", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const input = { userId: newId(), key: newId(), eventId, quantity: 2 };
  const { holds } = world.deps;
  const { bookingId } = await world.reserve(input);
  // It follows to Redis when the buyer has been answered.
  assert.equal((await holds.find(bookingId))?.quantity, 2);
  await world.context.redis.attempt("wipe", (redis) => redis.del(`hold:${bookingId}`));
  await world.context.redis.attempt("wipe", (redis) => redis.del("holds:complete"));
  assert.equal(await holds.find(bookingId), undefined);

  assert.equal(await rebuildHolds(world.deps), 1);
  assert.equal((await holds.find(bookingId))?.quantity, 2);
  assert.equal(await rebuildHolds(world.deps), 0);
});
