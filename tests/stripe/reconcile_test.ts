/** Our payments against Stripe's books, in which differences are planted. */
import assert from "node:assert/strict";
import { loadConfig, stripeSection } from "@evently/shared/config";
import { newId } from "@evently/shared/ids";
import { bookingSection } from "../../services/booking/config.ts";
import { openBookingService } from "../../services/booking/open.ts";
import { confirmBooking } from "../../services/booking/orders/confirm_booking.ts";
import { expireDue } from "../../services/booking/orders/expire_due.ts";
import { reconcileAll } from "../../services/booking/payments/reconcile/main.ts";
import { RECONCILED_AFTER_MS } from "../../services/booking/payments/reconcile_payments.ts";
import { StripeProvider } from "../../services/booking/payments/stripe/stripe_provider.ts";
import { refundBooking } from "../../services/booking/refunds/refund_booking.ts";
import { createWorld, runWorker, type World } from "../../services/booking/testing/world.ts";
import { FakeStripe } from "./fake_stripe.ts";
import { assertMoneyAgrees } from "./money_agrees.ts";

const PUBLIC_URL = "https://tickets.example";
const PRICE_MINOR = 50_000;
const PROGRAM = new URL("../../services/booking/payments/reconcile/main.ts", import.meta.url);

interface Shop {
  world: World;
  fake: FakeStripe;
}

function reconcileTest(name: string, run: (shop: Shop) => Promise<void>): void {
  Deno.test(name, async () => {
    await using fake = new FakeStripe();
    const { config } = loadConfig({ ...fake.variables, PUBLIC_URL }, { config: stripeSection });
    await using world = await createWorld({ payments: new StripeProvider(config!) });
    await run({ world, fake });
  });
}

/** A booking that is paid by a test method of Stripe. */
async function bought({ world, fake }: Shop, token = "pm_card_visa") {
  const eventId = await world.createEvent({ capacity: 1, priceMinor: PRICE_MINOR });
  const { bookingId, userId } = await world.reserve({ eventId });
  await confirmBooking(world.deps, { bookingId, userId, method: "card", token });
  const { paymentId } = (await world.store.findWithPayment(bookingId))!.payment!;
  const intent = fake.ledger.all().find(({ metadata }) => metadata.payment_id === paymentId)!;
  return { eventId, bookingId, paymentId, intentId: intent.id };
}

/** A payment that is void here and, as its void was lost, captured at Stripe. */
async function voidedHereCapturedThere(shop: Shop) {
  const { world, fake } = shop;
  const lost = await bought(shop, "pm_card_authenticationRequired");
  await endHolds(world);
  await world.bookingsDb`DELETE FROM outbox WHERE topic = 'payment.void'`;
  fake.ledger.answerBank(lost.intentId, "approve");
  fake.ledger.capture(lost.intentId);
  return lost;
}

async function endHolds(world: World): Promise<void> {
  world.clock.advance(3_600_000);
  while (await expireDue(world.deps));
}

async function reconciled({ world }: Shop) {
  const lines: string[] = [];
  const drifts = new Map<unknown, unknown>();
  const log = {
    ...world.deps.log,
    warn: (_: string, fields: Record<string, unknown>) =>
      drifts.set(fields.payment_id, fields.drift),
    error: (_: string, fields: Record<string, unknown>) =>
      drifts.set(fields.payment_id, fields.drift),
  } as typeof world.deps.log;
  const left = await reconcileAll({ ...world.deps, log }, (line) => lines.push(line));
  return { left, lines, drifts };
}

reconcileTest("drift that the rules decide is repaired, and the rest is reported", async (shop) => {
  const { world, fake } = shop;
  const lost = await voidedHereCapturedThere(shop);
  const waiting = await bought(shop, "pm_fake_bank");
  await world.bookingsDb`DELETE FROM outbox WHERE topic = 'payment.look'`;
  fake.ledger.settle(waiting.intentId, "succeeds");

  const [fine, doubled, missing, another, unknown] = [
    await bought(shop),
    await bought(shop),
    await bought(shop),
    await bought(shop),
    await bought(shop),
  ];
  for (const { eventId, bookingId } of [fine, doubled]) {
    await refundBooking(world.deps, { eventId, bookingId, amount: 100, idempotencyKey: newId() });
  }
  await world.settle();
  fake.ledger.refund({ intentId: doubled.intentId, amount: 10_000, metadata: {} });
  await world.bookingsDb`
    UPDATE payments SET status = 'refunded', refunded_minor = 10000 WHERE payment_id = ${missing.paymentId}`;
  await world.bookingsDb`
    UPDATE payments SET amount_minor = amount_minor - 100 WHERE payment_id = ${another.paymentId}`;
  await world.bookingsDb`
    UPDATE payments SET transaction_id = 'pi_nowhere' WHERE payment_id = ${unknown.paymentId}`;
  world.clock.advance(RECONCILED_AFTER_MS);

  const first = await reconciled(shop);
  assert.deepEqual(first.lines, [
    "7 payments compared with stripe: 2 repairs queued, 4 to decide",
  ]);
  const toDecide = [
    [doubled.paymentId, "refunded_more"],
    [missing.paymentId, "refund_missing"],
    [another.paymentId, "capture_differs"],
    [unknown.paymentId, "capture_differs"],
  ] as const;
  assert.deepEqual(
    first.drifts,
    new Map<unknown, unknown>([
      [lost.paymentId, "not_voided"],
      [waiting.paymentId, "not_heard_of"],
      ...toDecide,
    ]),
  );
  await world.settle();
  const second = await reconciled(shop);
  assert.deepEqual([second.left, second.drifts], [4, new Map<unknown, unknown>(toDecide)]);

  const returned = fake.ledger.refundsOf(lost.intentId);
  assert.deepEqual(returned.map(({ amount }) => amount), [PRICE_MINOR]);
  assert.equal((await world.store.find(waiting.bookingId))?.status, "confirmed");
});

reconcileTest("the service compares by itself, a page each time", async (shop) => {
  const { world, fake } = shop;
  const lost = await voidedHereCapturedThere(shop);
  const variables = { ...fake.variables, PUBLIC_URL };
  const { booking } = loadConfig({
    ...variables,
    BOOKING_SERVICE_DB_URL: world.stores.bookingsUrl,
  }, { booking: bookingSection });
  const service = await openBookingService(booking, world.context);
  // It begins anywhere, and starts over after the last page.
  for (let page = 0; page < 2; page++) await runWorker(service, "reconcile payments");
  await world.settle();
  assert.equal(fake.ledger.refundsOf(lost.intentId).length, 1);
  await assertMoneyAgrees(world, fake);
  await service.close();
});

reconcileTest(
  "the command ends with 0 where the books agree, and with 1 where they do not",
  async (shop) => {
    const { world, fake } = shop;
    const { intentId } = await bought(shop);
    await world.bookingsDb`UPDATE payments SET started_at = now() - interval '1 hour'`;
    const env = {
      ...fake.variables,
      PUBLIC_URL,
      BOOKING_SERVICE_DB_URL: world.stores.bookingsUrl,
    };
    const agreeing = await run(env);
    assert.deepEqual([agreeing.code, agreeing.said], [
      0,
      "1 payments compared with stripe: 0 repairs queued, 0 to decide",
    ]);
    fake.ledger.refund({ intentId, amount: 100, metadata: {} });
    const differing = await run(env);
    assert.deepEqual([differing.code, differing.said], [
      1,
      "1 payments compared with stripe: 0 repairs queued, 1 to decide",
    ]);
    assert.match(differing.all, /"drift":"refunded_more"/);
    fake.behaviour = { ...fake.behaviour, down: 1 };
    const unanswered = await run(env);
    assert.equal(unanswered.code, 1);
    assert.match(unanswered.all, /payment provider does not answer/);
    const mock = await run({});
    assert.deepEqual([mock.code, mock.said], [
      0,
      "The mock provider keeps no books: there is nothing to compare.",
    ]);
  },
);

/** Runs the program as `deno task payments:reconcile` does; `said` is the last line of its output. */
async function run(env: Record<string, string>) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-P=service", PROGRAM.pathname],
    clearEnv: true,
    env: { HOME: Deno.env.get("HOME") ?? "", PATH: Deno.env.get("PATH") ?? "", ...env },
  }).output();
  const [out, all] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)) as [
    string,
    string,
  ];
  return { code, said: out.trim().split("\n").at(-1), all: out + all };
}
