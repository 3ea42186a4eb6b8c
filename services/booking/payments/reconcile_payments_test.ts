import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import { SlowProvider } from "../testing/slow_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import type { StoredPayment } from "./payment_store.ts";
import type { ProviderPayment } from "./provider.ts";
import { reconcileAll } from "./reconcile/main.ts";
import {
  createPaymentReconciliation,
  driftOf,
  type PaymentDrift,
  RECONCILED_AFTER_MS,
  RECONCILED_PAGE,
  reconcilePayments,
} from "./reconcile_payments.ts";

const PRICE = 1_000;
const CAPACITY = 3;
const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Runs a test on a world whose provider has books. */
function booksTest(
  name: string,
  run: (world: World, payments: SlowProvider) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const payments = new SlowProvider();
    await using world = await createWorld({ payments });
    await run(world, payments);
  });
}

/** A booking whose payment the provider answers in the given way. */
async function paid(
  world: World,
  payments: SlowProvider,
  next: SlowProvider["next"],
) {
  const eventId = await world.createEvent({ capacity: CAPACITY, priceMinor: PRICE });
  const { bookingId, userId } = await world.reserve({ eventId });
  payments.next = next;
  await confirmBooking(world.deps, { bookingId, userId, method: "card", token: "tok_visa" })
    .catch((error) => assert.equal(error.code, "PAYMENT_DECLINED"));
  const paymentId = (await world.store.findWithPayment(bookingId))!.payment!.paymentId;
  if (next === "authorised") payments.become(paymentId, "captured", { capturedMinor: PRICE });
  return { eventId, bookingId, userId, paymentId };
}

/** Reconciles all payments; returns the line that the command says. */
async function reconciled(world: World): Promise<string> {
  let said = "";
  await reconcileAll(world.deps, (line) => void (said += line));
  return said;
}

async function stateOf(world: World, bookingId: string) {
  const [row] = await world.bookingsDb`
    SELECT b.status, p.status AS payment
      FROM bookings b JOIN payments p USING (payment_id, event_id) WHERE b.booking_id = ${bookingId}`;
  return [row?.status, row?.payment];
}

/** Loses the messages of a topic that are not delivered. */
async function lose(world: World, topic: string): Promise<void> {
  await world.bookingsDb`DELETE FROM outbox WHERE topic = ${topic} AND delivered_at IS NULL`;
}

const summary = (examined: number, repaired: number, unrepaired: number) =>
  `${examined} payments compared with mock: ${repaired} repairs queued, ${unrepaired} to decide`;

Deno.test("driftOf() names each contradiction, and none where money is on its way back", () => {
  const captured = { state: "captured", capturedMinor: PRICE, refundedMinor: 0 } as const;
  const at = (state: ProviderPayment["state"]) => ({ ...captured, state, capturedMinor: 0 });
  const returned = { ...captured, refundedMinor: PRICE };
  const part = { ...captured, refundedMinor: 10 };
  const cases: [StoredPayment["status"], ProviderPayment, PaymentDrift | undefined][] = [
    ["started", captured, undefined],
    ["processing", at("processing"), undefined],
    ["processing", at("unknown"), undefined],
    ["processing", captured, "not_heard_of"],
    ["requires_action", at("declined"), "not_heard_of"],
    ["declined", at("declined"), undefined],
    ["declined", captured, "not_voided"],
    ["voided", at("authorised"), "not_voided"],
    ["voided", at("requires_action"), "not_voided"],
    ["voided", part, "not_voided"],
    ["voided", returned, undefined],
    ["captured", captured, undefined],
    ["captured", at("voided"), "capture_differs"],
    ["captured", { ...captured, capturedMinor: PRICE - 1 }, "capture_differs"],
    ["captured", part, "refunded_more"],
    ["refunded", captured, "refund_missing"],
    ["refunded", part, undefined],
    ["refunded", { ...captured, refundedMinor: 20 }, "refunded_more"],
  ];
  const stored = {
    paymentId: newId(),
    eventId: newId(),
    bookingId: newId(),
    provider: "mock",
    transactionId: undefined,
    amountMinor: PRICE,
    currency: "INR",
    startedAt: new Date(),
  };
  for (const [status, known, drift] of cases) {
    const refundedMinor = status === "refunded" ? 10 : 0;
    const payment = { ...stored, status, refundedMinor, isBeingReturned: false };
    assert.equal(driftOf(payment, known), drift, `${status}, ${JSON.stringify(known)}`);
    const isReturned = drift !== undefined && drift !== "not_heard_of" &&
      drift !== "capture_differs";
    const meanwhile = driftOf({ ...payment, isBeingReturned: true }, known);
    assert.equal(meanwhile, isReturned ? undefined : drift, `${status}, being returned`);
  }
});

booksTest(
  "money whose webhook was lost gets its seats, also after the hold",
  async (world, payments) => {
    const [held, ended] = [
      await paid(world, payments, "processing"),
      await paid(world, payments, "processing"),
    ];
    await lose(world, "payment.look");
    world.clock.advance(RECONCILED_AFTER_MS);
    payments.become(held.paymentId, "captured", { capturedMinor: PRICE });
    assert.equal(await reconciled(world), summary(2, 1, 0));
    await world.drainOutbox();
    assert.deepEqual(await stateOf(world, held.bookingId), ["confirmed", "captured"]);

    world.clock.advance(HOUR_MS);
    while (await expireDue(world.deps));
    await world.drainOutbox();
    payments.become(ended.paymentId, "captured", { capturedMinor: PRICE });
    assert.equal(await reconciled(world), summary(2, 1, 0));
    await world.drainOutbox();
    assert.deepEqual(await stateOf(world, ended.bookingId), ["confirmed", "captured"]);
    assert.equal(await reconciled(world), summary(2, 0, 0));
    await world.assertInvariants();
  },
);

booksTest(
  "money of an expired booking goes back if others have its seats",
  async (world, payments) => {
    const { eventId, bookingId, paymentId } = await paid(world, payments, "processing");
    await lose(world, "payment.look");
    world.clock.advance(HOUR_MS);
    while (await expireDue(world.deps));
    await world.drainOutbox();
    await world.reserve({ eventId, quantity: CAPACITY });
    payments.become(paymentId, "captured", { capturedMinor: PRICE });
    assert.equal(await reconciled(world), summary(1, 1, 0));
    await world.settle();
    assert.equal(payments.voided.length, 1);
    assert.deepEqual(await stateOf(world, bookingId), ["expired", "voided"]);
    assert.equal(await reconciled(world), summary(1, 0, 0));
  },
);

booksTest("a void that never arrived is made once", async (world, payments) => {
  const { paymentId } = await paid(world, payments, "declined");
  payments.become(paymentId, "captured", { capturedMinor: PRICE });
  world.clock.advance(RECONCILED_AFTER_MS);
  assert.equal(await reconciled(world), summary(1, 1, 0));
  assert.equal(await reconciled(world), summary(1, 0, 0), "it is on its way");
  await world.drainOutbox();
  const transactionId = `txn_${paymentId}`;
  assert.deepEqual(payments.voided, [
    { paymentId, transactionId, amountMinor: PRICE, currency: "INR" },
  ]);
  assert.equal(await reconciled(world), summary(1, 0, 0));
});

booksTest("money that differs is reported each time and left as it is", async (world, payments) => {
  const [doubled, missing, gone] = [
    await paid(world, payments, "authorised"),
    await paid(world, payments, "authorised"),
    await paid(world, payments, "authorised"),
  ];
  payments.become(doubled.paymentId, "captured", { capturedMinor: PRICE, refundedMinor: 5 });
  await world.bookingsDb`
    UPDATE payments SET status = 'refunded', refunded_minor = 5 WHERE payment_id = ${missing.paymentId}`;
  payments.become(gone.paymentId, "unknown");
  world.clock.advance(RECONCILED_AFTER_MS);
  for (let pass = 0; pass < 2; pass++) assert.equal(await reconciled(world), summary(3, 0, 3));
  await world.drainOutbox();
  assert.deepEqual(payments.voided, []);
});

booksTest("a payment that changes while it is compared is no drift", async (world, payments) => {
  const { paymentId } = await paid(world, payments, "authorised");
  world.clock.advance(RECONCILED_AFTER_MS);
  payments.inspect = async () => {
    await world.bookingsDb`
      UPDATE payments SET status = 'refunded', refunded_minor = 5 WHERE payment_id = ${paymentId}`;
    return { state: "captured", capturedMinor: PRICE, refundedMinor: 5 };
  };
  assert.equal(await reconciled(world), summary(1, 0, 0));
});

booksTest(
  "young payments, and old ones without a transaction, are left alone",
  async (world, payments) => {
    const { paymentId } = await paid(world, payments, "declined");
    payments.become(paymentId, "captured", { capturedMinor: PRICE });
    assert.equal(await reconciled(world), summary(0, 0, 0));
    world.clock.advance(DAY_MS);
    await world.bookingsDb`UPDATE payments SET transaction_id = NULL`;
    assert.equal(await reconciled(world), summary(0, 0, 0));
    await world.bookingsDb`UPDATE payments SET transaction_id = 'txn'`;
    assert.equal(await reconciled(world), summary(1, 1, 0));
  },
);

booksTest(
  "payments are compared in pages, by the schedule one at a time",
  async (world, payments) => {
    const { bookingId } = await paid(world, payments, "declined");
    await world.bookingsDb`
    INSERT INTO payments (payment_id, event_id, booking_id, provider, method, token, status, amount_minor, currency,
                          transaction_id, started_at)
    SELECT gen_random_uuid(), event_id, booking_id, provider, method, token, status, amount_minor, currency,
           transaction_id, started_at
      FROM payments, generate_series(1, ${RECONCILED_PAGE}) WHERE booking_id = ${bookingId}`;
    world.clock.advance(RECONCILED_AFTER_MS);
    const first = await reconcilePayments(world.deps, undefined);
    assert.equal(first.examined, RECONCILED_PAGE);
    const second = await reconcilePayments(world.deps, first.next);
    assert.deepEqual([second.examined, second.next], [1, undefined]);
    assert.equal(await reconciled(world), summary(RECONCILED_PAGE + 1, 0, 0));

    const seen: string[] = [];
    payments.inspect = ({ paymentId }) => {
      seen.push(paymentId);
      return Promise.resolve({ state: "declined", capturedMinor: 0, refundedMinor: 0 });
    };
    const reconcile = createPaymentReconciliation(world.deps);
    await reconcile();
    assert.ok(seen.length <= RECONCILED_PAGE);
    for (let page = 0; page < 3; page++) await reconcile();
    assert.equal(new Set(seen).size, RECONCILED_PAGE + 1, "it starts over after the last");
  },
);
