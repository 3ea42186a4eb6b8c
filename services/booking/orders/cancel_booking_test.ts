import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { cancelEventBookings } from "./cancel_event_bookings.ts";
import { expireBooking } from "./expire_booking.ts";

const HOUR_MS = 3_600_000;

for (const [hours, percent] of [[48, 100], [12, 50], [1, 0]] as const) {
  Deno.test(`cancelBooking() ${hours} h before the start refunds ${percent} %`, async () => {
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const eventId = await world.createEvent({ capacity: 5, startsInMs: hours * HOUR_MS });
    const reservation = await world.reserve({ eventId, quantity: 2 });
    await world.confirm(reservation);

    const cancelled = await cancelBooking(world.deps, reservation);
    const refundMinor = 2 * PRICE_MINOR * percent / 100;
    assert.equal(cancelled.refundMinor, refundMinor);
    assert.equal(cancelled.paymentStatus, percent > 0 ? "refunded" : "completed");
    await world.drainOutbox();
    assert.equal(await world.availableSeats(eventId), 5);
    const refunds = payments.calls.filter(({ call }) => call === "refund");
    assert.deepEqual(
      refunds.map(({ amountMinor }) => amountMinor),
      percent > 0 ? [refundMinor] : [],
    );
    await world.assertInvariants();
  });
}

Deno.test("cancelBooking() follows the refund policy of the event", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: 48 * HOUR_MS });
  await world.eventsDb`
    UPDATE events SET refund_policy = '[{"hours_before": 10, "percent": 30}]'
     WHERE event_id = ${eventId}`;
  const reservation = await world.reserve({ eventId });
  await world.confirm(reservation);
  const { refundMinor } = await cancelBooking(world.deps, reservation);
  assert.equal(refundMinor, PRICE_MINOR * 0.3);
});

Deno.test("cancelBooking() of a reservation releases the seats without a refund", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 5 });
  const reservation = await world.reserve({ eventId, quantity: 2 });
  assert.equal((await cancelBooking(world.deps, reservation)).refundMinor, 0);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 5);
  await world.assertInvariants();
});

Deno.test("cancelBooking() refunds a payment that completes during cancellation", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  const { bookings } = world.deps;
  let looks = 0;
  const deps = {
    ...world.deps,
    bookings: {
      ...bookings,
      find: async (bookingId: string) => {
        const booking = await bookings.find(bookingId);
        if (looks++ === 0) await world.confirm(reservation);
        return booking;
      },
    },
  };
  const cancelled = await cancelBooking(deps, reservation);
  assert.equal(cancelled.refundMinor, PRICE_MINOR);
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("cancelBooking() refuses another user, and a booking that has ended", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  await assert.rejects(cancelBooking(world.deps, { bookingId: newId(), userId }), {
    message: "Booking not found",
  });
  await assert.rejects(cancelBooking(world.deps, { bookingId, userId: newId() }), {
    message: "Access denied",
  });
  await cancelBooking(world.deps, reservation);
  await assert.rejects(cancelBooking(world.deps, reservation), {
    message: "Booking is already cancelled",
  });

  const expired = await world.reserve({ eventId });
  world.clock.advance(300_000);
  await assert.rejects(cancelBooking(world.deps, expired), {
    message: "Cannot cancel expired booking",
  });
});

Deno.test("expireBooking() ends a reservation of its owner once", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  const { bookingId } = reservation;
  await assert.rejects(expireBooking(world.deps, { bookingId, userId: newId() }), {
    message: "Access denied",
  });
  await expireBooking(world.deps, reservation);
  await assert.rejects(expireBooking(world.deps, reservation), {
    message: "Only pending bookings can be manually expired",
  });
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 1);
  await world.assertInvariants();
});

Deno.test("cancelEventBookings() ends only the event's bookings, with full refunds", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 10, startsInMs: HOUR_MS });
  const other = await world.createEvent();
  const [confirmed, pending, elsewhere] = [
    await world.reserve({ eventId, quantity: 2 }),
    await world.reserve({ eventId }),
    await world.reserve({ eventId: other }),
  ];
  await world.confirm(confirmed);
  assert.deepEqual(await cancelEventBookings(world.deps, { eventId }), {
    cancelled: 2,
    remaining: 0,
  });
  assert.deepEqual(await cancelEventBookings(world.deps, { eventId }), {
    cancelled: 0,
    remaining: 0,
  });
  await world.drainOutbox();
  assert.equal((await world.store.find(confirmed.bookingId))?.refundMinor, 2 * PRICE_MINOR);
  assert.equal((await world.store.find(pending.bookingId))?.status, "cancelled");
  assert.equal((await world.store.find(elsewhere.bookingId))?.status, "pending");
  assert.equal(await world.availableSeats(eventId), 10);
  await world.assertInvariants();
});

Deno.test("a refund with a lost answer is repeated with the same id", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  await world.confirm(reservation);
  await cancelBooking(world.deps, reservation);
  payments.loseAnswerOf = "refund";
  await world.drainOutbox();
  world.clock.advance(HOUR_MS);
  await world.drainOutbox();
  assert.equal(payments.calls.filter(({ call }) => call === "refund").length, 2);
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [PRICE_MINOR]);
  await world.assertInvariants();
});

Deno.test("a payment in progress when its event is cancelled is refunded in full", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ startsInMs: HOUR_MS });
  const reservation = await world.reserve({ eventId });
  payments.beforeCapture = async () => {
    await world.organiser.cancelEvent(eventId);
    assert.deepEqual(await cancelEventBookings(world.deps, { eventId }), {
      cancelled: 0,
      remaining: 1,
    });
  };
  await world.confirm(reservation);
  await world.settle();
  assert.equal((await world.store.find(reservation.bookingId))?.refundMinor, PRICE_MINOR);
  await world.assertInvariants();
});
