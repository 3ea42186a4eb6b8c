import assert from "node:assert/strict";
import { loadConfig, stripeSection } from "@evently/shared/config";
import { newId } from "@evently/shared/ids";
import { refundOf } from "../../services/booking/orders/refund.ts";
import { isStripeError } from "../../services/booking/payments/stripe/errors.ts";
import { StripeProvider } from "../../services/booking/payments/stripe/stripe_provider.ts";
import { CALM } from "./behaviour.ts";
import { FakeStripe } from "./fake_stripe.ts";

const PUBLIC_URL = "https://tickets.example";

interface Bench {
  fake: FakeStripe;
  stripe: StripeProvider;
}

function providerTest(name: string, run: (bench: Bench) => Promise<void>): void {
  Deno.test(name, async () => {
    await using fake = new FakeStripe();
    const { config } = loadConfig({ ...fake.variables, PUBLIC_URL }, { config: stripeSection });
    await run({ fake, stripe: new StripeProvider(config!) });
  });
}

function orderBy(token: string, more: { currency?: string; amountMinor?: number } = {}) {
  return {
    paymentId: newId(),
    bookingId: newId(),
    amountMinor: 50_000,
    currency: "INR",
    method: "card",
    token,
    ...more,
  };
}

const captured = ({ fake }: Bench) =>
  fake.ledger.all().reduce((sum, { amount_received }) => sum + amount_received, 0);

function refunded({ fake }: Bench): number {
  return fake.ledger.all().flatMap(({ id }) => fake.ledger.refundsOf(id))
    .reduce((sum, { amount }) => sum + amount, 0);
}

providerTest(
  "a card is authorised, then captured, each once however often it is asked",
  async (bench) => {
    const { fake, stripe } = bench;
    const order = orderBy("pm_card_visa");
    const first = await stripe.authorise(order);
    assert.equal(first.outcome, "authorised");
    assert.deepEqual(await stripe.authorise(order), first);
    assert.equal(captured(bench), 0);
    const { transactionId } = first as { transactionId: string };
    await stripe.capture({ ...order, transactionId });
    await stripe.capture({ ...order, transactionId });
    assert.equal(captured(bench), 50_000);
    assert.equal(fake.ledger.all().length, 1);
    assert.deepEqual(await stripe.authorise(order), { outcome: "captured", transactionId });
  },
);

providerTest("UPI is captured at once", async (bench) => {
  const { outcome } = await bench.stripe.authorise(orderBy("pm_fake_upi"));
  assert.equal(outcome, "captured");
  assert.equal(captured(bench), 50_000);
});

providerTest(
  "a decline has a reason in our words, and ends the payment at Stripe",
  async (bench) => {
    const { fake, stripe } = bench;
    const reasons = [
      ["pm_card_chargeDeclinedInsufficientFunds", "there is not enough money on the account"],
      ["pm_card_chargeDeclinedExpiredCard", "the card has expired"],
      ["pm_card_visa_chargeDeclinedLostCard", "the card was refused"],
      ["pm_card_chargeDeclined", "the card was refused"],
      ["pm_no_such", "the payment details cannot be used"],
    ] as const;
    for (const [token, reason] of reasons) {
      const order = orderBy(token);
      const answer = await stripe.authorise(order);
      assert.deepEqual(
        [answer.outcome, answer.outcome === "declined" && answer.reason],
        ["declined", reason],
        token,
      );
      const { outcome } = await stripe.authorise(order);
      assert.equal(outcome, "declined", token);
    }
    assert.deepEqual([...new Set(fake.ledger.all().map(({ status }) => status))], ["canceled"]);
  },
);

providerTest(
  "a buyer who must act gets a link, or a secret where Stripe's script is",
  async (bench) => {
    const { fake, stripe } = bench;
    const linked = await stripe.authorise(orderBy("pm_card_authenticationRequired"));
    assert.ok(linked.outcome === "requires_action" && linked.nextAction.type === "redirect");
    const token = fake.ledger.createConfirmationToken("pm_card_authenticationRequired").id;
    const order = orderBy(token);
    const asked = await stripe.authorise(order);
    assert.ok(asked.outcome === "requires_action" && asked.nextAction.type === "use_sdk");
    assert.deepEqual(await stripe.authorise(order), asked);
    const intent = fake.ledger.findBySecret(asked.nextAction.clientSecret)!;
    fake.ledger.answerBank(intent.id, "approve");
    assert.equal((await stripe.authorise(order)).outcome, "authorised");
  },
);

providerTest("a buyer who refuses is declined, and cannot pay by the old secret", async (bench) => {
  const { fake, stripe } = bench;
  const order = orderBy("pm_card_authenticationRequired");
  await stripe.authorise(order);
  const [intent] = fake.ledger.all();
  fake.ledger.answerBank(intent!.id, "refuse");
  const reason = "the buyer did not approve it";
  const transactionId = intent!.id;
  assert.deepEqual(await stripe.authorise(order), { outcome: "declined", reason, transactionId });
  assert.equal(fake.ledger.all()[0]?.status, "canceled");
});

providerTest("a payment under way is processing until the bank knows", async (bench) => {
  const { fake, stripe } = bench;
  const [paid, failed] = [orderBy("pm_fake_bank"), orderBy("pm_fake_bank")];
  assert.equal((await stripe.authorise(paid)).outcome, "processing");
  assert.equal((await stripe.authorise(failed)).outcome, "processing");
  const [first, second] = fake.ledger.all();
  fake.ledger.settle(first!.id, "succeeds");
  fake.ledger.settle(second!.id, "fails");
  assert.equal((await stripe.authorise(paid)).outcome, "captured");
  assert.equal((await stripe.authorise(failed)).outcome, "declined");
});

providerTest("void blocks an order that arrives later", async (bench) => {
  const { stripe } = bench;
  const order = orderBy("pm_card_visa");
  await stripe.void(order);
  assert.equal((await stripe.authorise(order)).outcome, "declined");
  assert.equal(captured(bench), 0);
});

providerTest(
  "void frees what is reserved and gives back what was captured, once",
  async (bench) => {
    const { stripe } = bench;
    const reserved = orderBy("pm_card_visa"), paid = orderBy("pm_fake_upi");
    await stripe.authorise(reserved);
    await stripe.authorise(paid);
    for (const order of [reserved, paid, reserved, paid]) await stripe.void(order);
    assert.equal(captured(bench), 50_000);
    assert.equal(refunded(bench), 50_000);
    assert.equal((await stripe.inspect(reserved)).state, "voided");
    const { capturedMinor, refundedMinor } = await stripe.inspect(paid);
    assert.deepEqual([capturedMinor, refundedMinor], [50_000, 50_000]);
  },
);

providerTest("void gives back only what is left after refunds", async (bench) => {
  const { stripe } = bench;
  const order = orderBy("pm_fake_upi");
  const { transactionId } = await stripe.authorise(order) as { transactionId: string };
  await stripe.refund({ refundId: newId(), transactionId, amountMinor: 20_000, currency: "INR" });
  await stripe.void({ ...order, transactionId });
  assert.equal(refunded(bench), 50_000);
});

providerTest("void of a payment under way fails, so that it is tried again", async (bench) => {
  const { fake, stripe } = bench;
  const order = orderBy("pm_fake_bank");
  await stripe.authorise(order);
  await assert.rejects(stripe.void(order), { name: "Unavailable" });
  fake.ledger.settle(fake.ledger.all()[0]!.id, "succeeds");
  await stripe.void(order);
  assert.equal(captured(bench), refunded(bench));
});

providerTest("void finds a payment whose key Stripe has forgotten", async (bench) => {
  const { fake, stripe } = bench;
  const order = orderBy("pm_fake_upi");
  await stripe.authorise(order);
  fake.forgetKeys();
  assert.equal((await stripe.inspect(order)).state, "captured");
  fake.forgetKeys();
  await stripe.void(order);
  assert.equal(refunded(bench), 50_000);
});

providerTest("partial refunds add up, and each is made once, also a day later", async (bench) => {
  const { fake, stripe } = bench;
  const order = orderBy("pm_fake_upi");
  const { transactionId } = await stripe.authorise(order) as { transactionId: string };
  const first = { refundId: newId(), transactionId, amountMinor: 10_000, currency: "INR" };
  const second = { ...first, refundId: newId(), amountMinor: 40_000 };
  for (const refund of [first, second, first]) await stripe.refund(refund);
  fake.forgetKeys();
  for (const refund of [first, second]) await stripe.refund(refund);
  assert.equal(refunded(bench), 50_000);
  await assert.rejects(stripe.refund({ ...first, refundId: newId() }), { name: "Unavailable" });
  assert.equal(refunded(bench), 50_000);
});

providerTest("amounts follow Stripe's rules of the currency", async (bench) => {
  const { fake, stripe } = bench;
  for (
    const [currency, amountMinor, amount] of [
      ["JPY", 500, 500],
      ["KWD", 1_250, 1_250],
      ["ISK", 900, 90_000],
    ] as const
  ) {
    const order = orderBy("pm_fake_upi", { currency, amountMinor });
    const { transactionId } = await stripe.authorise(order) as { transactionId: string };
    assert.equal(fake.ledger.read(transactionId).amount, amount, currency);
    assert.equal((await stripe.inspect(order)).capturedMinor, amountMinor, currency);
  }
  const odd = orderBy("pm_fake_upi", { currency: "KWD", amountMinor: 1_005 });
  assert.equal((await stripe.authorise(odd)).outcome, "declined");
  await stripe.void(odd);
  assert.equal((await stripe.inspect(odd)).state, "unknown");
  const small = await stripe.authorise(orderBy("pm_fake_upi", { amountMinor: 10 }));
  const reason = "the amount is smaller than a payment may be";
  assert.deepEqual(small, { outcome: "declined", reason });
});

providerTest("a refund gives back the very amount, or nothing", async (bench) => {
  const { stripe } = bench;
  const order = orderBy("pm_fake_upi", { currency: "KWD", amountMinor: 1_250 });
  const { transactionId } = await stripe.authorise(order) as { transactionId: string };
  const part = { refundId: newId(), transactionId, currency: "KWD" };
  await assert.rejects(stripe.refund({ ...part, amountMinor: 625 }), { name: "Unavailable" });
  assert.equal(refunded(bench), 0);
  await stripe.refund({ ...part, amountMinor: refundOf(1_250, 50, "KWD") });
  assert.equal(refunded(bench), 630);
  assert.equal((await stripe.inspect(order)).refundedMinor, 630);
});

providerTest("payments have their name at Stripe before they are paid", async (bench) => {
  const { fake, stripe } = bench;
  for (
    const token of ["pm_fake_bank", "pm_card_authenticationRequired", "pm_card_chargeDeclined"]
  ) {
    const { transactionId } = await stripe.authorise(orderBy(token));
    assert.equal(transactionId, fake.ledger.all().at(-1)?.id, token);
  }
});

providerTest(
  "a payment that Stripe does not know is unknown, not unanswered",
  async ({ stripe }) => {
    const payment = { ...orderBy("pm_card_visa"), transactionId: "pi_ofAnotherAccount" };
    const [known] = await Promise.allSettled([stripe.inspect(payment)]);
    assert.equal(known.status === "fulfilled" && known.value.state, "unknown");
  },
);

providerTest(
  "an answer that is lost leaves the outcome open, and asking again finds it",
  async (bench) => {
    const { fake, stripe } = bench;
    const order = orderBy("pm_card_visa");
    fake.behaviour = { ...CALM, lostAnswers: 1 };
    await assert.rejects(stripe.authorise(order), { name: "Unavailable" });
    fake.behaviour = CALM;
    const { outcome, transactionId } = await stripe.authorise(order) as {
      outcome: string;
      transactionId: string;
    };
    assert.equal(outcome, "authorised");
    fake.behaviour = { ...CALM, lostAnswers: 1 };
    await assert.rejects(stripe.capture({ ...order, transactionId }), { name: "Unavailable" });
    await assert.rejects(
      stripe.refund({ refundId: order.paymentId, transactionId, amountMinor: 1, currency: "INR" }),
      { name: "Unavailable" },
    );
    fake.behaviour = CALM;
    await stripe.capture({ ...order, transactionId });
    assert.equal(captured(bench), 50_000);
    assert.equal(fake.ledger.all().length, 1);
  },
);

providerTest("a Stripe that is down leaves the outcome open", async (bench) => {
  const { fake, stripe } = bench;
  fake.behaviour = { ...CALM, down: 1 };
  const order = orderBy("pm_card_visa");
  await assert.rejects(stripe.authorise(order), { name: "Unavailable" });
  await assert.rejects(stripe.void(order), { name: "Unavailable" });
  await assert.rejects(stripe.inspect(order), { name: "Unavailable" });
});

providerTest(
  "a failure that Stripe keeps declines the payment, and none is made later",
  async (bench) => {
    const { fake, stripe } = bench;
    for (const request of ["POST payment_intents", "POST payment_intents/confirm"]) {
      const order = orderBy("pm_card_visa");
      fake.failNext = request;
      const { outcome } = await stripe.authorise(order);
      assert.equal(outcome, "declined", request);
      await stripe.void(order);
    }
    assert.ok(fake.ledger.all().every(({ status }) => status === "canceled"));
  },
);

providerTest("errors that are thrown carry no key, secret or answer of Stripe", async (bench) => {
  const { fake, stripe } = bench;
  fake.behaviour = { ...CALM, lostAnswers: 1 };
  const error = await stripe.authorise(orderBy("pm_card_visa")).catch((thrown) => thrown);
  assert.equal(error.message, "The payment provider does not answer");
  assert.ok(error.cause instanceof Error && !isStripeError(error.cause));
  assert.doesNotMatch(String(error.cause.stack), /sk_test|_secret_/);
});
