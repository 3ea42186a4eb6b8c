import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import type { OutboxMessage, OutboxStore } from "@evently/shared/outbox";
import type {
  BookingKey,
  BookingStore,
  Confirmation,
} from "../../../services/booking/orders/store.ts";
import type { PaymentStore } from "../../../services/booking/payments/payment_store.ts";
import {
  at,
  claimOf,
  confirmed,
  confirming,
  HOLD_MS,
  newBooking,
  pending,
  TERMS,
} from "./fixtures.ts";

type Case = (
  store: BookingStore,
  outbox: OutboxStore,
  paymentStore: PaymentStore,
) => Promise<void>;

/** Guarantees of every {@link BookingStore}, {@link OutboxStore} and {@link PaymentStore}; each case gets new stores. */
export const BOOKING_STORE_CASES: Readonly<Record<string, Case>> = {
  async "insertPending() returns existing bookings and inserts a repeated id once"(
    store,
  ) {
    const terms = { ...TERMS, refundPolicy: [{ hours_before: 1, percent: 5 }] };
    const [first, second] = [newBooking(), newBooking({ terms })];
    const [stored] = await store.insertPending([first]);
    const other = { ...first, quantity: 5, terms: { ...first.terms, refundPolicy: [] } };
    const answers = await store.insertPending([other, second, second]);
    assert.deepEqual(answers[0], stored);
    assert.deepEqual(await store.find(first.bookingId), stored, "the terms of sale are kept");
    const third = newBooking();
    await store.insertPending([newBooking(), second, third]);
    assert.deepEqual(
      (await store.find(second.bookingId))?.terms,
      terms,
      "each keeps its own terms",
    );
    assert.deepEqual((await store.find(third.bookingId))?.terms, TERMS, "each keeps its own terms");
    assert.deepEqual(answers[1], answers[2]);
    const { total } = await store.listByUser({
      userId: second.userId,
      now: at(0),
      page: 1,
      limit: 10,
    });
    assert.equal(total, 1);
  },

  async "startConfirming() starts once, for the owner, before the hold ends"(
    store,
  ) {
    const { bookingId, userId } = await pending(store);
    const start = async (by: string, ms: number) =>
      (await store.startConfirming([claimOf({ bookingId, userId: by }, at(ms))]))[0];
    assert.equal(await start(newId(), 0), undefined);
    assert.equal(await start(userId, HOLD_MS), undefined);
    const confirmation = await start(userId, HOLD_MS - 1);
    assert.equal(confirmation?.booking.status, "confirming");
    assert.equal(confirmation.order.amountMinor, 666);
    assert.equal(await start(userId, HOLD_MS - 1), undefined);
  },

  async "completeConfirmations() accepts only the current payment and issues the ticket"(store) {
    const { bookingId, eventId, paymentId } = await confirming(store);
    const complete = async (payment: string) =>
      (await store.completeConfirmations([{
        bookingId,
        eventId,
        paymentId: payment,
        transactionId: "txn_1",
        ticketCode: paymentId,
        now: at(2_000),
      }]))[0];
    assert.equal(await complete(newId()), false);
    assert.equal(await complete(paymentId), true);
    const booking = await store.findByTicket(paymentId);
    assert.deepEqual([booking?.status, booking?.paymentStatus], ["confirmed", "completed"]);
    assert.deepEqual(booking?.confirmedAt, at(2_000));
    assert.deepEqual((await store.findWithPayment(bookingId))?.payment?.transactionId, "txn_1");
    assert.equal(await complete(paymentId), false);
  },

  async "startConfirming() treats claims of a batch independently; the first claim wins"(
    store,
  ) {
    const [first, second] = [await pending(store), await pending(store)];
    const claims = [
      claimOf({ ...second, userId: newId() }, at(1)),
      claimOf(second, at(2)),
      claimOf(newBooking(), at(3)),
      claimOf(first, at(HOLD_MS)),
      claimOf(first, at(4)),
      claimOf(second, at(5)),
    ];
    const started = await store.startConfirming(claims);
    const mine = [undefined, claims[1], undefined, undefined, claims[4], undefined];
    assert.deepEqual(
      started.map((confirmation) => confirmation && pick(confirmation)),
      mine.map((claim) =>
        claim && { bookingId: claim.bookingId, paymentId: claim.payment.paymentId }
      ),
    );
  },

  async "completeConfirmations() treats captures independently; the first capture wins"(
    store,
  ) {
    const [first, second] = [await confirming(store), await confirming(store)];
    const [code, other, late] = [newId(), newId(), newId()];
    const capture = (booking: typeof first, ticketCode: string) => ({
      bookingId: booking.bookingId,
      eventId: booking.eventId,
      paymentId: booking.paymentId,
      transactionId: `txn_${booking.paymentId}`,
      ticketCode,
      now: at(2_000),
    });
    const answers = await store.completeConfirmations([
      capture(second, code),
      { ...capture(first, late), paymentId: newId() },
      capture(first, other),
      capture(second, late),
    ]);
    assert.deepEqual(answers, [true, false, true, false]);
    for (const [{ bookingId }, ticketCode] of [[first, other], [second, code]] as const) {
      const booking = await store.find(bookingId);
      assert.deepEqual([booking?.status, booking?.ticketCode], ["confirmed", ticketCode]);
    }
    assert.equal(await store.findByTicket(late), undefined);
  },

  async "declinePayment() keeps the booking pending during its hold, else expires it"(
    store,
    outbox,
  ) {
    const early = await confirming(store);
    const late = await confirming(store);
    const kept = await store.declinePayment({ ...early, now: at(HOLD_MS - 1) });
    const ended = await store.declinePayment({ ...late, now: at(HOLD_MS) });
    assert.deepEqual([kept?.status, kept?.paymentStatus], ["pending", "failed"]);
    assert.deepEqual([ended?.status, ended?.paymentStatus], ["expired", "failed"]);
    const messages = await leaseAll(outbox, {
      now: at(HOLD_MS),
      leaseUntil: at(HOLD_MS),
      limit: 9,
    });
    assert.deepEqual(messages.map(({ topic, subjectId }) => [topic, subjectId]), [
      ["seats.release", late.bookingId],
    ]);
  },

  async "abandonConfirmation() expires the booking and frees its seats and payment"(
    store,
    outbox,
  ) {
    const { bookingId, eventId, paymentId } = await confirming(store);
    const now = at(5_000);
    const ended = await store.abandonConfirmation({ bookingId, eventId, paymentId, now });
    assert.equal(ended?.status, "expired");
    assert.equal(
      await store.abandonConfirmation({ bookingId, eventId, paymentId, now }),
      undefined,
    );
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    assert.deepEqual(messages.map(({ topic }) => topic).sort(), ["payment.void", "seats.release"]);
  },

  async "requireAction() reopens the booking during its hold for the same payment only"(
    store,
  ) {
    const { bookingId, eventId, userId, paymentId } = await confirming(store);
    const waiting = await store.requireAction({ bookingId, eventId, paymentId, now: at(2_000) });
    assert.deepEqual([waiting?.status, waiting?.paymentStatus], ["pending", "requires_action"]);
    const claim = claimOf({ bookingId, userId }, at(3_000));
    assert.deepEqual(await store.startConfirming([claim]), [undefined]);
    const resume = (by: string, payment: string, ms: number) =>
      store.resumeConfirming({ bookingId, eventId, userId: by, paymentId: payment, now: at(ms) });
    assert.equal(await resume(newId(), paymentId, 3_000), undefined);
    assert.equal(await resume(userId, newId(), 3_000), undefined);
    assert.equal(await resume(userId, paymentId, HOLD_MS), undefined);
    const resumed = await resume(userId, paymentId, HOLD_MS - 1);
    assert.deepEqual([resumed?.booking.status, resumed?.order.token], ["confirming", "tok_visa"]);
    assert.equal(resumed?.order.paymentId, paymentId);
    assert.equal(await resume(userId, paymentId, HOLD_MS - 1), undefined);
    const known = await store.findWithPayment(bookingId);
    assert.deepEqual([known?.booking.status, known?.payment?.paymentId], [
      "confirming",
      paymentId,
    ]);
  },

  async "requireAction() after the hold and replacePayment() end the payment"(store, outbox) {
    const [late, dropped] = [await confirming(store), await confirming(store)];
    const by = { paymentId: newId(), provider: "mock", method: "upi", token: "tok_other" };
    const ended = await store.requireAction({ ...late, now: at(HOLD_MS) });
    assert.deepEqual([ended?.status, ended?.paymentStatus], ["expired", "failed"]);
    await store.requireAction({ ...dropped, now: at(2_000) });
    const replace = (userId: string, ms: number) =>
      store.replacePayment({ ...dropped, userId, by, now: at(ms) });
    assert.equal(await replace(newId(), 3_000), undefined);
    assert.equal(await replace(dropped.userId, HOLD_MS), undefined);
    const started = await replace(dropped.userId, 3_000);
    assert.deepEqual([started?.booking.status, started?.booking.paymentStatus], [
      "confirming",
      "pending",
    ]);
    assert.deepEqual(
      [started?.order.paymentId, started?.order.method, started?.order.token, started?.replaces],
      [by.paymentId, by.method, by.token, [dropped.paymentId]],
    );
    assert.equal(await replace(dropped.userId, 3_000), undefined);
    const capture = {
      ...dropped,
      transactionId: "txn_late",
      ticketCode: newId(),
      now: at(3_500),
    };
    assert.deepEqual(await store.completeConfirmations([capture]), [false]);
    const stuck = () =>
      store.leaseStuckConfirmations({
        firstLane: 0,
        before: at(5_000),
        now: at(5_000),
        limit: 9,
      });
    assert.deepEqual((await stuck()).map(({ replaces }) => replaces), [[dropped.paymentId]]);
    const now = at(HOLD_MS);
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    assert.deepEqual(
      messages.map(({ topic, subjectId }) => `${topic} ${subjectId}`).sort(),
      [
        `seats.release ${late.bookingId}`,
        `payment.void ${late.bookingId}`,
        `payment.void ${dropped.bookingId}`,
      ].sort(),
    );
    await outbox.complete({ messages, now });
    assert.deepEqual((await stuck()).map(({ replaces }) => replaces), [[]], "it is void");
  },

  async "every end of a booking voids the payment that waits for its buyer"(store, outbox) {
    const eventId = newId();
    const ends: ((one: BookingKey & { userId: string }) => Promise<unknown>)[] = [
      (one) => store.expireIfPending({ ...one, now: at(3_000) }),
      (one) => store.cancelFrom({ ...one, status: "pending", refundPercent: 0, now: at(3_000) }),
      () => store.cancelForEvent({ eventId, now: at(3_000), limit: 9 }),
      () =>
        store.expireDue({ lane: laneOf(eventId), due: at(HOLD_MS), now: at(HOLD_MS), limit: 9 }),
    ];
    for (const end of ends) {
      const { bookingId, userId, paymentId } = await confirming(store, { eventId });
      await store.requireAction({ bookingId, eventId, paymentId, now: at(2_000) });
      await end({ bookingId, eventId, userId });
      const now = at(HOLD_MS);
      const messages = await leaseAll(outbox, { now, leaseUntil: at(9 * HOLD_MS), limit: 9 });
      assert.deepEqual(messages.map(({ topic }) => topic).sort(), [
        "payment.void",
        "seats.release",
      ]);
    }
  },

  async "every end by choice voids the payment that waits for its provider"(
    store,
    outbox,
    paymentStore,
  ) {
    const eventId = newId();
    const ends: ((one: BookingKey & { userId: string }) => Promise<unknown>)[] = [
      (one) => store.expireIfPending({ ...one, now: at(3_000) }),
      (one) => store.cancelFrom({ ...one, status: "pending", refundPercent: 0, now: at(3_000) }),
      () => store.cancelForEvent({ eventId, now: at(3_000), limit: 9 }),
    ];
    for (const end of ends) {
      const { bookingId, userId, paymentId } = await confirming(store, { eventId });
      const [expiresAt, lookAt, now] = [at(HOLD_MS), at(HOLD_MS), at(2_000)];
      await paymentStore.awaitProvider({ bookingId, eventId, paymentId, expiresAt, lookAt, now });
      await end({ bookingId, eventId, userId });
      const lease = { now: at(3_000), leaseUntil: at(9 * HOLD_MS), limit: 9 };
      const messages = await leaseAll(outbox, lease);
      assert.deepEqual(messages.map(({ topic }) => topic).sort(), [
        "payment.void",
        "seats.release",
      ]);
      const found = await paymentStore.find({ paymentId });
      assert.equal(found?.payment.status, "voided");
    }
  },

  async "revive() goes on for a payment that is processing, once the seats are released"(
    store,
    outbox,
    paymentStore,
  ) {
    const late = async () => {
      const booking = await confirming(store);
      const now = at(HOLD_MS);
      await paymentStore.awaitProvider({ ...booking, expiresAt: now, lookAt: now, now });
      return booking;
    };
    const revive = (booking: BookingKey & { paymentId: string }) =>
      paymentStore.revive({ ...booking, expiresAt: at(2 * HOLD_MS), now: at(HOLD_MS + 1) });
    const [mine, ended] = [await late(), await late()];
    assert.equal(await revive(mine), undefined, "its seats are not released");
    const now = at(HOLD_MS);
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    assert.deepEqual(messages.map(({ topic }) => topic), ["seats.release", "seats.release"]);
    await outbox.complete({ messages, now });
    assert.equal(await revive({ ...mine, paymentId: newId() }), undefined, "another payment");
    assert.equal((await revive(mine))?.booking.status, "confirming");
    assert.equal(await revive(mine), undefined, "once");
    const capture = { ...mine, transactionId: "txn_1", ticketCode: newId(), now: at(HOLD_MS + 2) };
    const complete = (hold: number | undefined) =>
      store.completeConfirmations([{ ...capture, hold }]);
    assert.deepEqual(await complete(undefined), [false], "the seats of its first hold");
    assert.deepEqual(await complete(2), [false], "of a later one");
    assert.deepEqual(await complete(1), [true]);
    assert.equal(await paymentStore.endLate({ ...ended, outcome: "declined", now }), true);
    assert.equal(await revive(ended), undefined, "its payment has ended");
    assert.equal((await store.find(ended.bookingId))?.status, "expired");
  },

  async "a free booking stores no token and has no payment to void"(
    store,
    outbox,
  ) {
    const free = await confirming(store, { unitPriceMinor: 0 });
    assert.equal((await store.findWithPayment(free.bookingId))?.payment?.token, "");
    await store.abandonConfirmation({ ...free, now: at(2_000) });
    const now = at(3_000);
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    assert.deepEqual(messages.map(({ topic }) => topic), ["seats.release"]);
  },

  async "extendHold() extends a live hold once, for its owner"(store) {
    const { bookingId, eventId, userId } = await pending(store);
    const extend = (by: string, ms: number, toMs: number) =>
      store.extendHold({ bookingId, eventId, userId: by, expiresAt: at(toMs), now: at(ms) });
    assert.equal(await extend(newId(), 1, 2 * HOLD_MS), undefined);
    assert.equal(await extend(userId, HOLD_MS, 2 * HOLD_MS), undefined);
    assert.equal(await extend(userId, 1, HOLD_MS), undefined, "not to its current end");
    const extended = await extend(userId, HOLD_MS - 1, 2 * HOLD_MS);
    assert.deepEqual(extended?.expiresAt, at(2 * HOLD_MS));
    assert.deepEqual(await store.find(bookingId), extended);
    assert.equal(await extend(userId, HOLD_MS, 3 * HOLD_MS), undefined, "only once");
    const lane = laneOf(eventId);
    const due = (ms: number) => store.expireDue({ lane, due: at(ms), now: at(ms), limit: 9 });
    assert.equal(await due(HOLD_MS), 0);
    assert.equal(await due(2 * HOLD_MS), 1);
  },

  async "handOnConfirmations() lets the next lease take over at once"(store) {
    const eventId = newId();
    const [mine, other] = [
      await confirming(store, { eventId }),
      await confirming(store, { eventId }),
    ];
    await store.handOnConfirmations([mine, { ...other, paymentId: newId() }]);
    const lease = () =>
      store.leaseStuckConfirmations({ firstLane: 0, before: at(0), now: at(2_000), limit: 9 });
    const taken = await lease();
    assert.deepEqual(taken.map(({ order }) => order.paymentId), [mine.paymentId]);
    assert.deepEqual(await lease(), []);
  },

  async "cancelFrom() cancels only from the named status and refunds whole minor units"(
    store,
    outbox,
  ) {
    const { bookingId, eventId, userId, paymentId } = await confirmed(store);
    const cancel = (status: "pending" | "confirmed", by = userId) =>
      store.cancelFrom({
        bookingId,
        eventId,
        userId: by,
        status,
        refundPercent: 50,
        now: at(3_000),
      });
    assert.equal(await cancel("pending"), undefined);
    assert.equal(await cancel("confirmed", newId()), undefined);
    const booking = await cancel("confirmed");
    assert.deepEqual([booking?.status, booking?.refundMinor], ["cancelled", 333]);
    assert.equal(await cancel("confirmed"), undefined);
    const messages = await leaseAll(outbox, { now: at(3_000), leaseUntil: at(9_000), limit: 9 });
    const refund = messages.find(({ topic }) => topic === "payment.refund");
    assert.deepEqual(refund?.payload, {
      payment_id: paymentId,
      transaction_id: `txn_${paymentId}`,
      amount_minor: 333,
      currency: "INR",
    });
  },

  async "takings() returns payments less refunds of one event"(store, outbox) {
    const eventId = newId();
    const paid = await confirmed(store, { eventId });
    const cancelled = await confirmed(store, { eventId });
    const abroad = await confirmed(store, { eventId, currency: "EUR" });
    await pending(store, { eventId });
    await store.declinePayment({ ...await confirming(store, { eventId }), now: at(3_000) });
    await confirmed(store);
    const { bookingId, userId } = cancelled;
    const status = "confirmed";
    const now = at(4_000);
    await store.cancelFrom({ bookingId, eventId, userId, status, refundPercent: 50, now });
    assert.equal(paid.currency, "INR");
    const takings = [
      { currency: "EUR", grossMinor: 666, refundedMinor: 0 },
      { currency: "INR", grossMinor: 2 * 666, refundedMinor: 333 },
    ];
    assert.equal(abroad.currency, "EUR");
    assert.deepEqual(
      await store.takings({ eventId }),
      takings,
      "a refund counts when it is queued",
    );
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    await completeAll({ store, outbox }, messages, now);
    assert.deepEqual(await store.takings({ eventId }), takings, "a delivered refund counts once");
    assert.deepEqual(await store.takings({ eventId: newId() }), []);
  },

  async "lease() takes the longest due messages until lease expiry or delivery"(
    store,
    outbox,
  ) {
    const eventId = newId();
    const first = await pending(store, { eventId });
    const second = await pending(store, { eventId });
    await store.expireIfPending({ ...second, now: at(2_000) });
    await store.expireIfPending({ ...first, now: at(1_000) });
    const topic = "seats.release";
    const lease = (ms: number, limit: number) =>
      outbox.lease({ topic, firstLane: 0, now: at(ms), leaseUntil: at(ms + 1_000), limit });

    const none = {
      topic: "payment.void",
      firstLane: 0,
      now: at(3_000),
      leaseUntil: at(9_000),
      limit: 9,
    };
    assert.deepEqual(await outbox.lease(none), [], "other topics are not leased");
    const [longest] = await lease(3_000, 1);
    assert.deepEqual([longest?.subjectId, longest?.attempts], [first.bookingId, 1]);
    assert.equal(longest?.eventId, first.eventId);
    const [next, ...others] = await lease(3_500, 9);
    assert.equal(next?.subjectId, second.bookingId);
    assert.deepEqual(others, []);
    const messages = [longest!];
    await outbox.complete({ messages, now: at(3_600) });
    const late = { messages, leaseUntil: at(4_000), dueAt: at(0), error: "too late" };
    await outbox.postpone(late);
    const retry = { messages: [next!], error: "no", dueAt: at(5_000) };
    await outbox.postpone({ ...retry, leaseUntil: at(4_499), dueAt: at(0) });
    assert.deepEqual(await lease(4_000, 9), [], "an older lease cannot postpone");
    await outbox.postpone({ ...retry, leaseUntil: at(4_500) });
    assert.deepEqual(await lease(4_999, 9), []);
    assert.equal((await lease(5_000, 9))[0]?.attempts, 2);
    const proceeding = { messages: [next!], leaseUntil: at(6_000), now: at(5_500) };
    await outbox.proceed(proceeding);
    assert.equal((await lease(5_500, 9))[0]?.attempts, 1, "proceed() resets the attempts");
    assert.equal(await outbox.purge({ deliveredBefore: at(3_600), limit: 9 }), 0);
    assert.equal(await outbox.purge({ deliveredBefore: at(3_601), limit: 9 }), 1);
  },

  async "completeRefunds() counts the refund of each delivered message once"(store, outbox) {
    const { bookingId, eventId, userId } = await confirmed(store);
    const cancel = { bookingId, eventId, userId, status: "confirmed", refundPercent: 50 } as const;
    const now = at(3_000);
    await store.cancelFrom({ ...cancel, now });
    const refunds = {
      topic: "payment.refund",
      firstLane: 0,
      now,
      leaseUntil: at(9_000),
      limit: 9,
    };
    const messages = await outbox.lease(refunds);
    assert.equal(messages.length, 1);
    const isMissing = async () => {
      const page = { after: undefined, changedBefore: now, limit: 1 };
      return (await store.listSettled(page))[0]?.refundMissing;
    };
    await store.completeRefunds({ messages, now });
    assert.equal(await isMissing(), false);
    await store.completeRefunds({ messages, now });
    assert.equal(await store.requeueRefund({ bookingId, eventId, now }), false, "nothing is owed");
  },

  async "promiseRefund() refunds parts of what is paid, and a cancellation only what is left"(
    store,
    outbox,
  ) {
    const { bookingId, eventId, userId } = await confirmed(store);
    const key = { bookingId, eventId };
    const part = (amountMinor: number, ms: number) =>
      store.promiseRefund({
        ...key,
        refundId: newId(),
        amountMinor,
        note: undefined,
        now: at(ms),
      });
    assert.equal(await part(667, 3_000), undefined, "more than was paid");
    assert.equal((await part(100, 3_000))?.reason, "organiser");
    const second = await part(200, 3_001);
    assert.equal((await store.find(bookingId))?.refundMinor, 300);
    const again = { ...key, refundId: second!.refundId, amountMinor: 1, note: undefined };
    await assert.rejects(store.promiseRefund({ ...again, now: at(3_002) }));
    assert.equal((await store.find(bookingId))?.refundMinor, 300, "a repeated id promises nothing");
    const now = at(4_000);
    const cancelled = await store.cancelFrom({
      ...key,
      userId,
      status: "confirmed",
      refundPercent: 100,
      now,
    });
    assert.deepEqual([cancelled?.refundMinor, cancelled?.newRefundMinor], [666, 366]);
    assert.equal(await part(1, 4_001), undefined, "nothing is left");
    const refunds = await store.refundsOf([key]);
    assert.deepEqual(
      refunds.map(({ amountMinor, reason, doneAt }) => [amountMinor, reason, doneAt]),
      [[100, "organiser", undefined], [200, "organiser", undefined], [366, "cancelled", undefined]],
    );
    const messages = await leaseAll(outbox, { now, leaseUntil: at(9_000), limit: 9 });
    assert.deepEqual(
      messages.flatMap(({ topic, messageId }) => topic === "payment.refund" ? [messageId] : [])
        .sort(),
      refunds.map(({ refundId }) => refundId).sort(),
      "each refund has its message",
    );
    await completeAll({ store, outbox }, messages, at(5_000));
    const done = await store.refundsOf([key]);
    assert.deepEqual(done.map(({ doneAt }) => doneAt), [at(5_000), at(5_000), at(5_000)]);
    const takings = [{ currency: "INR", grossMinor: 666, refundedMinor: 666 }];
    assert.deepEqual(await store.takings({ eventId }), takings);
    assert.deepEqual(await store.refundsOfEvent({ eventId, now }), {
      active: 0,
      cancelled: 1,
      refunds: 3,
      refunded: 3,
      failing: 0,
      refundMinor: 666,
      refundedMinor: 666,
      lastAt: at(5_000),
    });
  },

  async "cancelFrom() gives back no more than the terms after a refund of a part"(store) {
    const { bookingId, eventId, userId } = await confirmed(store);
    const key = { bookingId, eventId };
    const refund = { ...key, refundId: newId(), note: undefined, now: at(3_000) };
    await store.promiseRefund({ ...refund, amountMinor: 400 });
    const cancelled = await store.cancelFrom({
      ...key,
      userId,
      status: "confirmed",
      refundPercent: 50,
      now: at(4_000),
    });
    assert.deepEqual(
      [cancelled?.refundMinor, cancelled?.newRefundMinor, cancelled?.paymentStatus],
      [400, 0, "refunded"],
    );
    assert.equal((await store.refundsOf([key])).length, 1);
  },

  async "promiseRefund() refuses bookings that are not paid"(store) {
    const now = at(3_000);
    for (const { bookingId, eventId } of [await pending(store), await confirming(store)]) {
      const refund = { bookingId, eventId, refundId: newId(), note: undefined, now };
      assert.equal(await store.promiseRefund({ ...refund, amountMinor: 1 }), undefined);
    }
  },

  async "requeueRefund() has refunds made whose message was lost, by their id"(store, outbox) {
    const { bookingId, eventId } = await confirmed(store);
    const key = { bookingId, eventId };
    const [refundId, now] = [newId(), at(3_000)];
    await store.promiseRefund({ ...key, refundId, amountMinor: 5, note: undefined, now });
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    await outbox.complete({ messages, now });
    await outbox.purge({ deliveredBefore: at(3_001), limit: 9 });
    assert.equal(await store.requeueRefund({ ...key, now }), true);
    const [message] = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    assert.equal(message?.messageId, refundId);
    await completeAll({ store, outbox }, [message!], now);
    assert.equal(await store.requeueRefund({ ...key, now }), false);
    assert.equal((await store.refundsOf([key])).length, 1);
  },

  async "leaseStuckConfirmations() leases a confirmation without a driver once"(store) {
    const { bookingId } = await confirming(store);
    const lease = (before: number) =>
      store.leaseStuckConfirmations({
        firstLane: 0,
        before: at(before),
        now: at(40_000),
        limit: 9,
      });
    assert.deepEqual(await lease(999), []);
    assert.deepEqual((await lease(1_000)).map(({ booking }) => booking.bookingId), [bookingId]);
    assert.deepEqual(await lease(39_999), []);
  },

  async "requeueRelease() and requeueRefund() requeue only missing messages"(store, outbox) {
    const { bookingId, eventId, userId } = await confirmed(store);
    const now = at(3_000);
    assert.equal(await store.requeueRelease({ bookingId, eventId, now }), false);
    const status = "confirmed";
    await store.cancelFrom({ bookingId, eventId, userId, status, refundPercent: 100, now });
    assert.equal(await store.requeueRelease({ bookingId, eventId, now }), false, "already queued");
    assert.equal(await store.requeueRefund({ bookingId, eventId, now }), false, "already queued");
    const messages = await leaseAll(outbox, { now, leaseUntil: now, limit: 9 });
    await completeAll({ store, outbox }, messages, now);
    assert.equal(
      await store.requeueRefund({ bookingId, eventId, now }),
      false,
      "already delivered",
    );
    assert.equal(await store.requeueRelease({ bookingId, eventId, now }), true);
    const [settled] = await store.listSettled({
      after: undefined,
      changedBefore: now,
      limit: 1,
    });
    assert.deepEqual([settled?.captured, settled?.refundMissing], [true, false]);
  },
};

const TOPICS = ["seats.release", "payment.refund", "payment.void"];

/** Leases the due messages of every topic. */
async function leaseAll(
  outbox: OutboxStore,
  input: { now: Date; leaseUntil: Date; limit: number },
): Promise<OutboxMessage[]> {
  const leased = await Promise.all(
    TOPICS.map((topic) => outbox.lease({ topic, firstLane: 0, ...input })),
  );
  return leased.flat();
}

/** Marks messages of any topic as delivered. */
async function completeAll(
  { store, outbox }: { store: BookingStore; outbox: OutboxStore },
  messages: readonly OutboxMessage[],
  now: Date,
): Promise<void> {
  const [refunds, others] = [true, false].map((wanted) =>
    messages.filter(({ topic }) => (topic === "payment.refund") === wanted)
  );
  await store.completeRefunds({ messages: refunds!, now });
  await outbox.complete({ messages: others!, now });
}

function pick({ booking: { bookingId }, order: { paymentId } }: Confirmation) {
  return { bookingId, paymentId };
}
