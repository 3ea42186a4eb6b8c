import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { DECLINED_TOKEN, MockPaymentProvider } from "../payments/mock.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { settleStuck } from "../payments/settle_stuck.ts";

const STUCK_MS = 31_000;

Deno.test("confirmBooking() sells the seats, captures once and issues a ticket", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 3 });
  const reservation = await world.reserve({ eventId, quantity: 2 });
  const { booking, transactionId } = await world.confirm(reservation);

  assert.equal(booking.status, "confirmed");
  assert.ok(booking.ticketCode);
  assert.deepEqual(payments.captured(), [transactionId]);
  const [event] = await world.eventsDb`SELECT held, sold FROM seat_inventory`;
  assert.deepEqual({ ...event }, { held: 0, sold: 2 });
  await world.assertInvariants();
});

Deno.test("confirmBooking() keeps the hold after a declined payment for another card", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 3 });
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  const declined = { bookingId, userId, method: "card", token: DECLINED_TOKEN };
  await assert.rejects(confirmBooking(world.deps, declined), withCode("PAYMENT_DECLINED"));
  assert.equal((await world.store.find(bookingId))?.status, "pending");
  assert.equal(await world.availableSeats(eventId), 2);
  await world.confirm(reservation);
  await world.assertInvariants();
});

Deno.test("confirmBooking() proceeds when a concurrent attempt is declined meanwhile", async () => {
  const payments = new RecordingProvider();
  const asked = Promise.withResolvers<void>();
  const decided = Promise.withResolvers<void>();
  payments.beforeAuthorise = async () => {
    asked.resolve();
    await decided.promise;
  };
  const attempts: Promise<unknown>[] = [];
  await using world = await createWorld({
    payments,
    adapt: ({ store }) => ({
      store: {
        ...store,
        async findWithPayment(bookingId) {
          decided.resolve();
          await Promise.allSettled(attempts);
          return await store.findWithPayment(bookingId);
        },
      },
    }),
  });
  const eventId = await world.createEvent({ capacity: 3 });
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  const card = { method: "card", token: DECLINED_TOKEN };
  const first = confirmBooking(world.deps, { bookingId, userId, ...card });
  attempts.push(first);
  const declined = assert.rejects(first, withCode("PAYMENT_DECLINED"));
  await asked.promise;
  await world.confirm(reservation);
  await declined;
  await world.assertInvariants();
});

Deno.test("confirmBooking() never confirms an ended hold, even with free seats", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  world.clock.advance(300_000);
  await assert.rejects(world.confirm(reservation), withCode("RESERVATION_EXPIRED"));
  assert.deepEqual(payments.calls, []);
});

Deno.test("confirmBooking() tells unknown, foreign and ended reservations apart", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  await assert.rejects(
    world.confirm({ bookingId: newId(), userId }),
    withCode("RESERVATION_EXPIRED"),
  );
  await assert.rejects(world.confirm({ bookingId, userId: newId() }), {
    message: "Reservation does not belong to authenticated user",
  });
  await cancelBooking(world.deps, reservation);
  await assert.rejects(world.confirm(reservation), { message: "Booking is not in pending state" });
});

Deno.test("confirmBooking() keeps the seats during a slow payment at the end of the hold", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  world.clock.advance(299_000);
  payments.beforeAuthorise = () => world.clock.advance(20_000);
  await assert.doesNotReject(world.confirm(reservation));
  assert.equal((await world.store.find(reservation.bookingId))?.status, "confirmed");
  await world.assertInvariants();
});

Deno.test("confirmBooking() never confirms an ended hold whose seats were extended", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  world.clock.advance(295_000);
  const declined = { bookingId, userId, method: "card", token: DECLINED_TOKEN };
  await assert.rejects(confirmBooking(world.deps, declined), withCode("PAYMENT_DECLINED"));
  world.clock.advance(5_000);
  await assert.rejects(world.confirm(reservation), withCode("RESERVATION_EXPIRED"));
});

Deno.test("settleConfirmation() changes nothing after another driver ended the booking", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 1 });
  const { bookingId, userId } = await world.reserve({ eventId });
  const { store } = world;
  const now = world.clock.now();
  const paymentId = newId();
  const payment = { paymentId, provider: "recording", method: "card", token: "tok_visa" };
  await store.startConfirming([{ bookingId, userId, now, payment }]);
  const late = { bookingId, eventId, paymentId, now };
  await store.abandonConfirmation(late);

  const ticket = { transactionId: "txn_late", ticketCode: newId() };
  assert.deepEqual(await store.completeConfirmations([{ ...late, ...ticket }]), [false]);
  assert.equal(await store.declinePayment(late), undefined);
  assert.equal(await store.abandonConfirmation(late), undefined);
  assert.equal((await store.find(bookingId))?.status, "expired");
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("confirmBooking() voids the payment when the seats are lost meanwhile", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  payments.beforeAuthorise = async () => {
    await world.deps.seats.release([{
      eventId,
      allocationIds: [reservation.bookingId],
    }]);
  };
  await assert.rejects(world.confirm(reservation), withCode("RESERVATION_EXPIRED"));
  await world.drainOutbox();
  assert.deepEqual(payments.captured(), []);
  assert.equal(payments.calls.at(-1)?.call, "void");
  assert.equal((await world.store.find(reservation.bookingId))?.status, "expired");
  await world.assertInvariants();
});

for (const step of ["authorise", "capture"] as const) {
  Deno.test(`settleStuck() confirms a booking whose ${step} had no known outcome, paid once`, async () => {
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const eventId = await world.createEvent();
    const reservation = await world.reserve({ eventId });
    payments.loseAnswerOf = step;
    await assert.rejects(world.confirm(reservation), Unavailable);
    assert.equal((await world.store.find(reservation.bookingId))?.status, "confirming");

    await settleStuck(world.deps);
    assert.equal((await world.store.find(reservation.bookingId))?.status, "confirming");
    world.clock.advance(STUCK_MS);
    await settleStuck(world.deps);
    assert.equal((await world.store.find(reservation.bookingId))?.status, "confirmed");
    assert.equal(payments.captured().length, 1);
    await world.assertInvariants();
  });
}

Deno.test("settleStuck() expires a booking whose hold has ended, and voids its payment", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  payments.loseAnswerOf = "authorise";
  await assert.rejects(world.confirm(reservation), Unavailable);
  world.clock.advance(3_600_000);
  await settleStuck(world.deps);
  await world.drainOutbox();
  assert.equal((await world.store.find(reservation.bookingId))?.status, "expired");
  assert.deepEqual(payments.captured(), []);
  assert.equal(await world.availableSeats(eventId), 1);
  await world.assertInvariants();
});

Deno.test("confirmBooking() throws UNAVAILABLE without the event service, and recovers", async () => {
  await using world = await createWorld({
    payments: new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 }),
  });
  const eventId = await world.createEvent();
  const reservation = await world.reserve({ eventId });
  const { commit } = world.deps.seats;
  world.deps.seats.commit = () => Promise.reject(new Unavailable("gone"));
  await assert.rejects(world.confirm(reservation), Unavailable);
  world.deps.seats.commit = commit;
  world.clock.advance(STUCK_MS);
  await settleStuck(world.deps);
  assert.equal((await world.store.find(reservation.bookingId))?.status, "confirmed");
  await world.assertInvariants();
});

Deno.test("confirmBooking() fails only the request whose token cannot be stored", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const reservations = [];
  for (let i = 0; i < 3; i++) reservations.push(await world.reserve({ eventId }));
  const outcomes = await Promise.allSettled(reservations.map(({ bookingId, userId }, i) => {
    const token = i === 1 ? "tok\0" : "tok_visa";
    return confirmBooking(world.deps, { bookingId, userId, method: "card", token });
  }));
  assert.deepEqual(outcomes.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  const refused = await world.store.find(reservations[1]!.bookingId);
  assert.equal(refused?.status, "pending");
  await world.assertInvariants();
});
