/** Payments whose provider tells later: webhooks, looks, and money that comes after its hold. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import { expireDue } from "../orders/expire_due.ts";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { lineIdsOf, MAX_HOLDS } from "../orders/order_lines.ts";
import { reconcileBookings, SETTLED_AFTER_MS } from "../reconcile/reconcile_bookings.ts";
import { reconcileSeats } from "../reconcile/reconcile_seats.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { SlowProvider } from "../testing/slow_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { createBookingOutbox } from "../outbox/outbox.ts";
import { MAX_PROCESSING_MS } from "./look_again.ts";
import { CAPTURED_TOKEN, PROCESSING_TOKEN } from "./mock.ts";

const CAPACITY = 3;
const PAST_ANY_HOLD_MS = 3_600_000;
const LOOK_MS = 60_000;

/** A reservation that is paid, with the payment that its provider is processing. */
async function processing(world: World, quantity = 1) {
  const eventId = await world.createEvent({ capacity: CAPACITY });
  const { bookingId, userId } = await world.reserve({ eventId, quantity });
  const input = { bookingId, userId, method: "upi", token: PROCESSING_TOKEN };
  const confirm = () => confirmBooking(world.deps, input);
  assert.deepEqual(await confirm(), { status: "processing" });
  const known = await world.store.findWithPayment(bookingId);
  return { eventId, bookingId, userId, confirm, paymentId: known!.payment!.paymentId };
}

async function stateOf(world: World, bookingId: string) {
  const [row] = await world.bookingsDb`
    SELECT b.status, b.payment_status, p.status AS payment
      FROM bookings b JOIN payments p USING (payment_id, event_id) WHERE b.booking_id = ${bookingId}`;
  return [row?.status, row?.payment_status, row?.payment];
}

function send(world: World, body: string, headers: Record<string, string>, provider = "mock") {
  const url = `http://booking.test/api/v1/payments/webhooks/${provider}`;
  return world.app.request(new Request(url, { method: "POST", body, headers }));
}

function signed(world: World, paymentId: string | undefined, eventId: string = newId()) {
  const body = JSON.stringify({ event_id: eventId, payment_id: paymentId, type: "paid" });
  return [body, world.deps.mockBank!.webhookHeaders(body, world.clock.now())] as const;
}

async function bookingOf(
  { app, context }: World,
  { bookingId, userId }: { bookingId: string; userId: string },
) {
  const token = await context.tokens.issueForUser(userId);
  const url = `http://booking.test/api/v1/bookings/${bookingId}`;
  return (await readAnswer(app.request(jsonRequest("GET", url, { token })))).body;
}

async function deliverLooks(world: World): Promise<void> {
  await createBookingOutbox(world.deps).deliver("payment.look");
}

async function endHold(world: World): Promise<void> {
  world.clock.advance(PAST_ANY_HOLD_MS);
  while (await expireDue(world.deps));
}

Deno.test("a webhook carries a processing payment to its end, once, doubled or not", async () => {
  await using world = await createWorld();
  const { bookingId, paymentId, eventId } = await processing(world);
  assert.deepEqual(await stateOf(world, bookingId), ["pending", "processing", "processing"]);
  const [body, headers] = signed(world, paymentId, "evt_1");
  const answers = await Promise.all([1, 2, 3].map(() => send(world, body, headers)));
  for (const answer of answers) {
    assert.deepEqual([answer.status, await answer.json()], [200, { received: true }]);
  }
  const queued = await world.bookingsDb`
    SELECT FROM outbox WHERE topic = 'payment.look' AND message_id <> ${paymentId}`;
  assert.equal(queued.length, 1, "the same event is stored once");
  await Promise.all([deliverLooks(world), deliverLooks(world)]);
  assert.deepEqual(await stateOf(world, bookingId), ["confirmed", "completed", "captured"]);
  const [again, signature] = signed(world, paymentId);
  assert.equal(
    (await send(world, again, signature)).status,
    200,
    "another event, when all is over",
  );
  await deliverLooks(world);
  assert.deepEqual(await stateOf(world, bookingId), ["confirmed", "completed", "captured"]);
  await world.assertInvariants(eventId);
});

Deno.test("confirming again asks a processing payment; the hold goes on to its cap", async () => {
  await using world = await createWorld();
  const before = world.clock.now().getTime();
  const { confirm, bookingId, eventId } = await processing(world);
  const { expiresAt } = (await world.store.find(bookingId))!;
  assert.equal(expiresAt.getTime() - before, world.deps.settings.maxHoldMs);
  assert.equal((await confirm()).status, "confirmed");
  await world.assertInvariants(eventId);
});

Deno.test("a forged webhook is refused and changes nothing; one of no payment of ours is taken", async () => {
  await using world = await createWorld();
  const { paymentId, bookingId } = await processing(world);
  const [body, headers] = signed(world, paymentId);
  const old = world.deps.mockBank!.webhookHeaders(
    body,
    new Date(world.clock.now().getTime() - 301_000),
  );
  const forgeries: [string, Record<string, string>][] = [
    [body, {}],
    [body.replace("paid", "Paid"), headers],
    [body, { ...headers, "mock-signature": headers["mock-signature"]!.replace(/^./, "x") }],
    [body, old],
  ];
  for (const [text, signature] of forgeries) {
    const answer = await send(world, text, signature);
    assert.deepEqual([answer.status, (await answer.json()).code], [400, "WEBHOOK_FORGED"]);
  }
  assert.equal((await send(world, body, headers, "stripe")).status, 404);
  const large = Buffer.alloc(2 * 1024 * 1024, "x").toString();
  assert.equal((await send(world, large, headers)).status, 413);
  for (const id of [newId(), undefined]) {
    const answer = await send(world, ...signed(world, id));
    assert.equal(answer.status, 200);
  }
  const queued = await world.bookingsDb`
    SELECT FROM outbox WHERE topic = 'payment.look' AND message_id <> ${paymentId}`;
  assert.equal(queued.length, 0);
  assert.deepEqual(await stateOf(world, bookingId), ["pending", "processing", "processing"]);
});

Deno.test("money that is taken at once is given back if the seats are lost", async () => {
  const payments = new SlowProvider();
  payments.next = "captured";
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: CAPACITY });
  const { bookingId, userId } = await world.reserve({ eventId });
  await world.deps.seats.release([{ eventId, allocationIds: [bookingId] }]);
  const input = { bookingId, userId, method: "upi", token: CAPTURED_TOKEN };
  await assert.rejects(confirmBooking(world.deps, input), { code: "RESERVATION_EXPIRED" });
  await world.drainOutbox();
  assert.equal(payments.voided.length, 1);
  await world.assertInvariants(eventId);
});

Deno.test("money that comes after the hold gets its seats again", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const { bookingId, paymentId, eventId } = await processing(world);
  await endHold(world);
  payments.become(paymentId, "captured");
  const { paymentStore, clock } = world.deps;
  await paymentStore.queueLook({ messageId: newId(), paymentId, now: clock.now() });
  await deliverLooks(world);
  assert.deepEqual(
    (await stateOf(world, bookingId))[0],
    "expired",
    "its old seats are not released",
  );
  await world.drainOutbox();
  world.clock.advance(60_000);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, bookingId), ["confirmed", "completed", "captured"]);
  assert.equal(await world.availableSeats(eventId), CAPACITY - 1);
  assert.deepEqual(payments.voided, []);
  await world.assertInvariants(eventId);
});

Deno.test("a release that arrives late frees no seats that late money took anew", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const { seats } = world.deps;
  const { bookingId, userId, paymentId, eventId } = await processing(world);
  await endHold(world);
  await world.drainOutbox();
  await world.organiser.change(eventId, { base_price: 1 });
  payments.become(paymentId, "captured");
  world.clock.advance(LOOK_MS);
  await world.drainOutbox();
  assert.equal((await stateOf(world, bookingId))[0], "confirmed");
  world.clock.advance(2 * SETTLED_AFTER_MS);
  const shown = await bookingOf(world, { bookingId, userId });
  assert.deepEqual(
    shown.lines.map(({ quantity, ticket_type_id }: Record<string, unknown>) => [
      quantity,
      ticket_type_id,
    ]),
    [[1, eventId]],
  );

  await seats.release([{ eventId, allocationIds: [bookingId] }]);
  assert.equal(await world.availableSeats(eventId), CAPACITY - 1, "the first hold had ended");
  const [sale] = await world.eventsDb`
    SELECT unit_price_minor FROM seat_allocations WHERE event_id = ${eventId} AND state = 'sold'`;
  assert.equal(sale?.unit_price_minor, PRICE_MINOR, "what its buyer paid");
  await world.assertInvariants(eventId);
  const { examined, repaired } = await reconcileBookings(world.deps, undefined);
  assert.deepEqual([examined, repaired], [1, 0]);
  const sold = await reconcileSeats(world.deps, undefined);
  assert.deepEqual([sold.examined, sold.missing], [1, 0], "its sold seats tell their booking");

  await cancelBooking(world.deps, { bookingId, userId });
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), CAPACITY, "a cancellation frees the latest");
  await world.assertInvariants(eventId);
});

Deno.test("late money is given back if a ticket of its type gives others by now", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 2 * CAPACITY });
  const ticketTypeId = await world.organiser.addType(eventId, { gives: 2 });
  const { bookingId, userId } = await world.reserve({
    eventId,
    lines: [{ ticketTypeId, quantity: 1 }],
  });
  const input = { bookingId, userId, method: "upi", token: PROCESSING_TOKEN };
  await confirmBooking(world.deps, input);
  await endHold(world);
  await world.drainOutbox();
  await world.organiser.changeType(eventId, ticketTypeId, { gives: 1 });
  const [paymentId] = payments.books.keys();
  payments.become(paymentId!, "captured");
  world.clock.advance(LOOK_MS);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, bookingId), ["expired", "refunded", "voided"]);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 2 * CAPACITY);
  await world.assertInvariants(eventId);
});

Deno.test("late money is not forgotten if a request of an earlier driver arrives meanwhile", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const { bookingId, paymentId, eventId } = await processing(world);
  await endHold(world);
  await world.drainOutbox();
  payments.become(paymentId, "captured");
  payments.authorise = () => Promise.reject(new Unavailable("it does not answer"));
  world.clock.advance(LOOK_MS);
  await world.drainOutbox();
  assert.equal((await stateOf(world, bookingId))[0], "confirming");

  const now = world.clock.now();
  const late = { bookingId, eventId, paymentId, expiresAt: now, lookAt: now, now };
  await world.deps.paymentStore.awaitProvider(late);
  assert.deepEqual(await stateOf(world, bookingId), ["pending", "processing", "processing"]);
  Reflect.deleteProperty(payments, "authorise");
  world.clock.advance(LOOK_MS);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, bookingId), ["confirmed", "completed", "captured"]);
  await world.assertInvariants(eventId);
});

Deno.test("late money holds seats anew a few times only, and each hold ends by itself", async () => {
  const payments = new SlowProvider();
  // It tells of money, and then cannot find it.
  payments.authorise = () => Promise.resolve({ outcome: "processing", transactionId: "txn_1" });
  payments.inspect = () =>
    Promise.resolve({ state: "authorised", capturedMinor: 0, refundedMinor: 0 });
  await using world = await createWorld({ payments });
  const { bookingId, eventId } = await processing(world);
  const states = async () => {
    const ids = Array.from(
      { length: MAX_HOLDS },
      (_, hold) => lineIdsOf({ bookingId, hold }),
    ).flat();
    return (await world.deps.seats.lookUp(eventId, ids)).map(({ state }) => state);
  };
  for (let hold = 1; hold < MAX_HOLDS; hold++) {
    await endHold(world);
    await world.drainOutbox();
    world.clock.advance(LOOK_MS);
    await world.drainOutbox();
    assert.deepEqual(await stateOf(world, bookingId), ["pending", "processing", "processing"]);
    const expected = Array.from(
      { length: MAX_HOLDS },
      (_, n) => n < hold ? "released" : n === hold ? "held" : "unknown",
    );
    assert.deepEqual(await states(), expected);
  }
  await endHold(world);
  await world.drainOutbox();
  world.clock.advance(LOOK_MS);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, bookingId), ["expired", "refunded", "voided"]);
  await world.drainOutbox();
  assert.deepEqual(await states(), Array(MAX_HOLDS).fill("released"));
  assert.equal(await world.availableSeats(eventId), CAPACITY);
});

Deno.test("money that comes after the hold is given back if others have the seats, and the buyer is told", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const { bookingId, userId, paymentId, eventId } = await processing(world, 2);
  await endHold(world);
  await world.drainOutbox();
  const waiting = await bookingOf(world, { bookingId, userId });
  assert.deepEqual([waiting.status, waiting.payment_processing], ["expired", true]);
  const other = await world.reserve({ eventId, quantity: CAPACITY - 1 });
  payments.become(paymentId, "captured");
  world.clock.advance(60_000);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, bookingId), ["expired", "refunded", "voided"]);
  const promised = await bookingOf(world, { bookingId, userId });
  assert.deepEqual(
    [
      promised.refund_amount,
      promised.refunded_amount,
      promised.refunds.map(({ status }: { status: string }) => status),
    ],
    [promised.total_amount, 0, ["pending"]],
  );
  await world.drainOutbox();
  assert.deepEqual(payments.voided.map(({ paymentId }) => paymentId), [paymentId]);
  const returned = await bookingOf(world, { bookingId, userId });
  assert.equal(returned.payment_processing, undefined);
  assert.equal(returned.refunded_amount, returned.total_amount);
  const [refund, ...others] = returned.refunds;
  assert.deepEqual(
    [refund?.reason, refund?.amount, refund?.status, others],
    ["late_payment", returned.total_amount, "done", []],
  );
  assert.deepEqual(await world.store.takings({ eventId }), [], "nothing was earned or refunded");
  const told = await world.bookingsDb`
    SELECT payload FROM outbox WHERE topic = 'booking.payment_returned' AND subject_id = ${bookingId}`;
  assert.equal(told.length, 1);
  const refunds = await world.bookingsDb`
    SELECT payload - 'done_at' AS payload FROM outbox
     WHERE topic = 'booking.refunded' AND subject_id = ${bookingId}`;
  assert.deepEqual(refunds.map(({ payload }) => payload), [{
    refund_id: refund.refund_id,
    amount_minor: 2 * PRICE_MINOR,
    currency: promised.currency,
    reason: "late_payment",
  }]);
  payments.next = "authorised";
  await world.confirm(other);
  await world.assertInvariants(eventId);
});

Deno.test("a payment that never ends, or ends without money, ends after its hold", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const [silent, refused] = [await processing(world), await processing(world)];
  await endHold(world);
  payments.become(refused.paymentId, "declined");
  world.clock.advance(60_000);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, refused.bookingId), ["expired", "failed", "declined"]);
  assert.deepEqual(await stateOf(world, silent.bookingId), ["expired", "processing", "processing"]);
  world.clock.advance(MAX_PROCESSING_MS);
  await world.drainOutbox();
  assert.deepEqual(await stateOf(world, silent.bookingId), ["expired", "failed", "voided"]);
  await world.drainOutbox();
  const { paymentId } = silent;
  const total = { amountMinor: PRICE_MINOR, currency: "INR" };
  const transactionId = `txn_${paymentId}`;
  assert.deepEqual(payments.voided, [{ paymentId, transactionId, ...total }]);
  const booking = await bookingOf(world, silent);
  assert.deepEqual([booking.payment_status, booking.refunds], ["failed", []]);
});

Deno.test("a booking that is cancelled or given another payment voids the one that is processing", async () => {
  const payments = new SlowProvider();
  await using world = await createWorld({ payments });
  const { bookingId, userId, paymentId, eventId } = await processing(world);
  payments.next = "authorised";
  const settled = await confirmBooking(world.deps, {
    bookingId,
    userId,
    method: "card",
    token: "tok_visa",
  });
  assert.equal(settled.status, "confirmed");
  assert.ok(payments.voided.some((payment) => payment.paymentId === paymentId));
  payments.become(paymentId, "captured");
  await deliverLooks(world);
  await world.drainOutbox();
  assert.equal((await stateOf(world, bookingId))[0], "confirmed");
  await world.assertInvariants(eventId);
});
