import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { RECONCILED } from "@evently/shared/metrics";
import { times } from "@evently/shared/testing";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import type { SoldAllocation } from "@evently/event";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { expireAll } from "../orders/expire_due.ts";
import { BOOKING_MISSING } from "./drift.ts";
import { reconcileBookings, SETTLED_AFTER_MS } from "./reconcile_bookings.ts";
import { reconcileSeats } from "./reconcile_seats.ts";
import { createReconciliation } from "./run_reconciliation.ts";

/** A pass over all bookings, when what happened so far is no longer in flight. */
async function reconcile(world: World): Promise<{ repaired: number; unrepaired: number }> {
  world.clock.advance(SETTLED_AFTER_MS);
  const { repaired, unrepaired } = await reconcileBookings(world.deps, undefined);
  await world.drainOutbox();
  return { repaired, unrepaired };
}

async function confirmed(world: World, { capacity = 10 } = {}) {
  const eventId = await world.createEvent({ capacity });
  const reservation = await world.reserve({ eventId, quantity: 2 });
  await world.confirm(reservation);
  return reservation;
}

/** A repair is done once, and leaves everything as it must be. */
async function assertRepaired(world: World): Promise<void> {
  assert.deepEqual(await reconcile(world), { repaired: 1, unrepaired: 0 });
  assert.deepEqual(await reconcile(world), { repaired: 0, unrepaired: 0 });
  await world.assertInvariants();
}

Deno.test("reconciliation changes nothing if everything adds up", async () => {
  await using world = await createWorld();
  const { userId, bookingId, eventId } = await confirmed(world);
  await world.confirm(await world.reserve({ eventId }));
  await world.reserve({ eventId });
  await cancelBooking(world.deps, { userId, bookingId });
  await world.drainOutbox();
  assert.deepEqual(await reconcile(world), { repaired: 0, unrepaired: 0 });
  assert.deepEqual(await reconcileSeats(world.deps, undefined), {
    examined: 1,
    missing: 0,
    next: undefined,
  });
});

Deno.test("reconciliation releases seats whose release was lost", async () => {
  await using world = await createWorld();
  const { eventId } = await confirmed(world);
  await world.reserve({ eventId });
  await expireAll(world.deps);
  await world.bookingsDb`DELETE FROM outbox`;
  assert.equal(await world.availableSeats(eventId), 7);
  await assertRepaired(world);
  assert.equal(await world.availableSeats(eventId), 8);
});

Deno.test("reconciliation sells the lost seats of a confirmed booking again", async () => {
  await using world = await createWorld();
  const { eventId, bookingId } = await confirmed(world);
  await world.deps.seats.release([{ eventId, allocationIds: [bookingId] }]);
  await assertRepaired(world);
  assert.equal(await world.availableSeats(eventId), 8);
});

Deno.test("reconciliation reports a confirmed booking whose seats others have", async () => {
  await using world = await createWorld();
  const { eventId, bookingId } = await confirmed(world, { capacity: 2 });
  await world.deps.seats.release([{ eventId, allocationIds: [bookingId] }]);
  await world.confirm(await world.reserve({ eventId, quantity: 2 }));
  assert.deepEqual(await reconcile(world), { repaired: 0, unrepaired: 1 });
  assert.equal(await world.availableSeats(eventId), 0);
});

Deno.test("reconciliation expires a reservation without seats", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const { bookingId } = await world.reserve({ eventId });
  await world.deps.seats.release([{ eventId, allocationIds: [bookingId] }]);
  await assertRepaired(world);
  assert.equal((await world.store.find(bookingId))?.status, "expired");
});

Deno.test("reconciliation releases seats sold to an unpaid reservation", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 5 });
  const { bookingId } = await world.reserve({ eventId });
  await world.deps.seats.commit({ eventId, bookingId });
  await assertRepaired(world);
  assert.equal(await world.availableSeats(eventId), 5);
});

Deno.test("reconciliation makes a lost refund once, also when run concurrently", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { userId, bookingId } = await confirmed(world);
  await cancelBooking(world.deps, { userId, bookingId });
  await world.bookingsDb`DELETE FROM outbox WHERE topic = 'payment.refund'`;
  await world.drainOutbox();

  world.clock.advance(SETTLED_AFTER_MS);
  const passes = await Promise.all(times(4, () => reconcileBookings(world.deps, undefined)));
  await world.drainOutbox();

  assert.equal(passes.reduce((sum, { repaired }) => sum + repaired, 0), 1);
  assert.deepEqual(await reconcile(world), { repaired: 0, unrepaired: 0 });
  const refunds = payments.calls.filter(({ call }) => call === "refund");
  assert.equal(refunds.length, 1);
  await world.assertInvariants();
});

Deno.test("reconciliation voids an abandoned payment", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent();
  const { bookingId } = await world.reserve({ eventId });
  const paymentId = newId();
  await world.bookingsDb`
    INSERT INTO payments
      (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency, started_at)
    VALUES (${paymentId}, ${eventId}, ${bookingId}, 'recording', 'card', 'tok', 'started', 1, 'INR',
            ${world.clock.now()})`;
  await assertRepaired(world);
  assert.deepEqual(payments.calls.map(({ call, id }) => [call, id]), [["void", paymentId]]);
});

Deno.test("reconciliation reports what a person must decide, and changes nothing", async () => {
  await using world = await createWorld();
  const { bookingId: unpaid, eventId } = await confirmed(world);
  const { bookingId: smaller } = await world.reserve({ eventId, quantity: 2 });
  const paid = await world.reserve({ eventId });
  await world.confirm(paid);
  await world.bookingsDb`UPDATE payments SET status = 'voided' WHERE booking_id = ${unpaid}`;
  await world.bookingsDb`
    UPDATE bookings SET quantity = 1, total_minor = unit_price_minor WHERE booking_id = ${smaller}`;
  await world.bookingsDb`
    UPDATE bookings SET status = 'expired', expired_at = booked_at WHERE booking_id = ${paid.bookingId}`;
  const before = await world.bookingsDb`SELECT * FROM bookings ORDER BY booking_id`;
  // The seats of the last one are released, which is right in any case.
  assert.deepEqual(await reconcile(world), { repaired: 1, unrepaired: 3 });
  const after = await world.bookingsDb`SELECT * FROM bookings ORDER BY booking_id`;
  assert.deepEqual([...after], [...before]);
});

Deno.test("reconciliation reports sold seats without a booking, and keeps them sold", async () => {
  await using world = await createWorld();
  const { eventId, bookingId } = await confirmed(world);
  await world.bookingsDb`DELETE FROM tickets`;
  await world.bookingsDb`DELETE FROM payments`;
  await world.bookingsDb`DELETE FROM bookings WHERE booking_id = ${bookingId}`;
  const labels = { drift: BOOKING_MISSING, outcome: "unrepaired" };
  const counted = RECONCILED.countOf(labels);
  const { missing } = await reconcileSeats(world.deps, undefined);
  assert.equal(missing, 1);
  assert.equal(RECONCILED.countOf(labels), counted + 1, "somebody is woken");
  assert.equal(await world.availableSeats(eventId), 8);
});

Deno.test("reconcileSeats() leaves seats alone that came back since they were listed", async () => {
  await using world = await createWorld();
  const { eventId, bookingId } = await confirmed(world);
  const { seats } = world.deps;
  async function listSold(after: SoldAllocation | undefined) {
    const page = await seats.listSold(after);
    await seats.release([{ eventId, allocationIds: [bookingId] }]);
    await world.bookingsDb`DELETE FROM bookings WHERE booking_id = ${bookingId}`;
    return page;
  }
  const deps = { ...world.deps, seats: { ...seats, listSold } };
  const { examined, missing } = await reconcileSeats(deps, undefined);
  assert.deepEqual([examined, missing], [1, 0]);
});

Deno.test("reconciliation leaves recent changes and queued messages alone", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const young = await world.reserve({ eventId });
  await world.deps.seats.release([{ eventId, allocationIds: [young.bookingId] }]);
  world.clock.advance(SETTLED_AFTER_MS - 1);
  const { examined } = await reconcileBookings(world.deps, undefined);
  assert.equal(examined, 0);

  await expireAll(world.deps);
  world.clock.advance(SETTLED_AFTER_MS);
  const waiting = await reconcileBookings(world.deps, undefined);
  assert.deepEqual([waiting.examined, waiting.repaired, waiting.unrepaired], [1, 0, 0]);
});

Deno.test("reconciliation leaves a confirmation in progress alone", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 5 });
  const reservation = await world.reserve({ eventId, quantity: 2 });
  const statuses: unknown[] = [];
  // Before the provider answers, and between the sale of the seats and the capture of the money.
  for (const stage of ["beforeAuthorise", "beforeCapture"] as const) {
    payments[stage] = async () => {
      world.clock.advance(SETTLED_AFTER_MS);
      statuses.push((await world.deps.bookings.find(reservation.bookingId))?.status);
      assert.deepEqual(await reconcileBookings(world.deps, undefined), {
        examined: 0,
        repaired: 0,
        unrepaired: 0,
        next: undefined,
      });
    };
  }
  await world.confirm(reservation);
  assert.deepEqual(statuses, ["confirming", "confirming"]);
  assert.deepEqual(payments.calls.map(({ call }) => call), ["authorise", "capture"]);
  assert.equal(await world.availableSeats(eventId), 3);
  await world.assertInvariants();
});

Deno.test("reconciliation does not restore seats of a booking cancelled meanwhile", async () => {
  await using world = await createWorld();
  const { eventId, userId, bookingId } = await confirmed(world);
  world.clock.advance(SETTLED_AFTER_MS);
  const { seats } = world.deps;
  const deps = {
    ...world.deps,
    seats: {
      ...seats,
      lookUp: async (...args: Parameters<typeof seats.lookUp>) => {
        await cancelBooking(world.deps, { userId, bookingId });
        await world.drainOutbox();
        return await seats.lookUp(...args);
      },
    },
  };
  const { repaired, unrepaired } = await reconcileBookings(deps, undefined);
  assert.deepEqual([repaired, unrepaired], [0, 0]);
  assert.equal(await world.availableSeats(eventId), 10);
  await world.assertInvariants();
});

Deno.test("reconciliation under load changes nothing that is right", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 200 });
  let busy = true;
  const traffic = Promise.all(times(30, async () => {
    const reservation = await world.reserve({ eventId });
    await world.confirm(reservation);
    await cancelBooking(world.deps, reservation);
  })).finally(() => {
    busy = false;
  });
  // Without a grace: only the second look at the booking keeps apart what moves.
  const atOnce = { ...world.deps, clock: { now: () => new Date("9999-01-01T00:00:00Z") } };
  while (busy) {
    const { unrepaired } = await reconcileBookings(atOnce, undefined);
    assert.equal(unrepaired, 0);
    await world.drainOutbox();
  }
  await traffic;
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("createReconciliation() covers every booking from any start", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 20 });
  await Promise.all(times(20, () => world.reserve({ eventId })));
  await expireAll(world.deps);
  await world.bookingsDb`DELETE FROM outbox`;
  world.clock.advance(SETTLED_AFTER_MS);
  const reconcile = createReconciliation(world.deps);
  await reconcile();
  await reconcile();
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 20);
  await world.assertInvariants();
});
