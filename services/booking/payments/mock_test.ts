import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { DEFAULT_TAKEOVER_AFTER_MS } from "../config.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { createWorld } from "../testing/world.ts";
import { boundedProvider } from "./bounded.ts";
import {
  ACTION_TOKEN,
  DECLINED_TOKEN,
  LATE_TOKEN,
  type MockPaymentOptions,
  MockPaymentProvider,
  TIMEOUT_TOKEN,
} from "./mock.ts";
import { ForgedWebhook, type PaymentProvider } from "./provider.ts";
import { settleStuck } from "./settle_stuck.ts";

function order(token = "tok_visa") {
  return {
    paymentId: newId(),
    bookingId: newId(),
    amountMinor: 1_000,
    currency: "INR",
    method: "card",
    token,
  };
}

Deno.test("MockPaymentProvider answers a payment alike in every process", async () => {
  const payment = order();
  const options = { successRate: 0.5, processingTimeMs: 0 };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => new MockPaymentProvider(options).authorise(payment)),
  );
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
});

Deno.test("MockPaymentProvider declines at its rate, and always the declined token", async () => {
  const provider = new MockPaymentProvider({ successRate: 0.3, processingTimeMs: 0 });
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, () => provider.authorise(order())),
  );
  const authorised = answers.filter(({ outcome }) => outcome === "authorised").length;
  assert.ok(authorised > 480 && authorised < 720, `${authorised} of 2000 at a rate of 0.3`);

  const willing = new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 });
  assert.equal((await willing.authorise(order(DECLINED_TOKEN))).outcome, "declined");
  const answer = await willing.authorise(order());
  assert.ok(answer.outcome === "authorised" && /^txn_[0-9a-f]+$/.test(answer.transactionId));
});

Deno.test("boundedProvider() gives up on a provider that does not answer", async () => {
  const silent: PaymentProvider = {
    name: "silent",
    authorise: () => new Promise(() => {}),
    capture: () => new Promise(() => {}),
    void: () => Promise.resolve(),
    refund: () => Promise.resolve(),
    inspect: () => new Promise(() => {}),
  };
  const bounded = boundedProvider(silent, 1);
  await assert.rejects(bounded.authorise(order()), Unavailable);
  await bounded.void({ paymentId: newId(), amountMinor: 100, currency: "INR" });
});

/** A bank that remembers in this process. */
function bankHere(): NonNullable<MockPaymentOptions["bank"]> {
  const asked = new Set<string>();
  return {
    clientSecretOf: (paymentId) => paymentId,
    answerOf: () => Promise.resolve(undefined),
    isFirstAsked: (paymentId) => Promise.resolve(asked.size < asked.add(paymentId).size),
    wasAsked: (paymentId) => Promise.resolve(asked.has(paymentId)),
    readWebhook: () => Promise.reject(new ForgedWebhook("it sends none")),
  };
}

Deno.test("the first question about tok_timeout is never answered; it is paid once all the same", async () => {
  const mock = new MockPaymentProvider({ successRate: 1, processingTimeMs: 0, bank: bankHere() });
  await using world = await createWorld({ payments: boundedProvider(mock, 10) });
  const eventId = await world.createEvent();
  const { bookingId, userId } = await world.reserve({ eventId });
  const input = { bookingId, userId, method: "card", token: TIMEOUT_TOKEN };
  await assert.rejects(confirmBooking(world.deps, input), Unavailable);
  await assert.rejects(confirmBooking(world.deps, input), { code: "PAYMENT_IN_PROGRESS" });
  assert.equal((await world.store.find(bookingId))?.status, "confirming");
  world.clock.advance(DEFAULT_TAKEOVER_AFTER_MS);
  await settleStuck(world.deps);
  assert.equal((await confirmBooking(world.deps, input)).status, "confirmed");
  assert.equal((await world.bookingsDb`SELECT FROM payments`).length, 1);
  await world.assertInvariants(eventId);
});

Deno.test("without a bank nobody is asked and nothing is late", async () => {
  const provider = new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 });
  for (const token of [ACTION_TOKEN, LATE_TOKEN, TIMEOUT_TOKEN]) {
    assert.equal((await provider.authorise(order(token))).outcome, "authorised");
  }
});
