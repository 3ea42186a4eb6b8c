import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createLogger, type Logger } from "@evently/shared/log";
import { organiserOf } from "../web/organiser.ts";
import { CALM } from "../stripe/behaviour.ts";
import { FakeStripe, SECRET_KEY, WEBHOOK_SECRET, webhookUrl } from "../stripe/fake_stripe.ts";
import { type Answer, eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const PUBLIC_URL = "https://tickets.example";
const CAPACITY = 10;

interface Shop {
  fake: FakeStripe;
  platform: TestPlatform;
  eventId: string;
  token: string;
}

/** Runs a test on a platform whose payments go to a fake of Stripe, with a buyer and an event at 250. */
function stripeJourney(
  name: string,
  run: (shop: Shop) => Promise<void>,
  log?: Logger,
): void {
  Deno.test(name, async () => {
    await using fake = new FakeStripe();
    await using platform = await startTestPlatform({
      ...fake.variables,
      PUBLIC_URL,
      BOOKING_RATE_LIMIT_PER_MINUTE: "0",
      BOOKING_TAKEOVER_AFTER: "1s",
      BOOKING_CLEANUP_INTERVAL: "100ms",
    }, log ? { log } : {});
    const organiser = await organiserOf(platform);
    const eventId = await organiser.event({ name: "Evening", capacity: CAPACITY, price: 250 });
    const { body } = await platform.call("POST", "/api/user/auth/register", {
      body: { email: `${newId()}@example.com`, password: "a long password", name: "Asha" },
    });
    await run({ fake, platform, eventId, token: body.access_token });
  });
}

async function reserve({ platform, eventId, token }: Shop): Promise<string> {
  const body = { event_id: eventId, quantity: 2, idempotency_key: newId() };
  const answer = await platform.call("POST", "/api/booking/bookings/reserve", { token, body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body.reservation_id;
}

function confirm({ platform, token }: Shop, id: string, by: string): Promise<Answer> {
  const body = { reservation_id: id, payment_token: by, payment_method: "card" };
  return platform.call("POST", "/api/booking/bookings/confirm", { token, body });
}

async function bookingOf({ platform, token }: Shop, id: string) {
  return (await platform.call("GET", `/api/booking/bookings/${id}`, { token })).body;
}

function takings({ fake }: Shop) {
  const captured = fake.ledger.all().reduce((sum, intent) => sum + intent.amount_received, 0);
  const refunded = fake.ledger.all().flatMap(({ id }) => fake.ledger.refundsOf(id))
    .reduce((sum, { amount }) => sum + amount, 0);
  return { captured, refunded };
}

stripeJourney("a card pays by Stripe, and cancelling gives the money back", async (shop) => {
  const { fake, platform, token } = shop;
  const id = await reserve(shop);
  const paid = await confirm(shop, id, "pm_card_visa");
  assert.equal(paid.status, 200, JSON.stringify(paid.body));
  assert.match(paid.body.payment.transaction_id, /^pi_/);
  const again = await confirm(shop, id, "pm_card_visa");
  assert.deepEqual(again.body, paid.body);
  assert.deepEqual(takings(shop), { captured: 50_000, refunded: 0 });
  const [intent] = fake.ledger.all();
  assert.equal(intent?.currency, "inr");
  const cancelled = await platform.call("DELETE", `/api/booking/bookings/${id}`, { token });
  assert.equal(cancelled.body.refund_amount, 500);
  await eventually(
    "the money is given back",
    () => Promise.resolve(takings(shop).refunded === 50_000),
  );
});

stripeJourney("a declined card is a 402 in our words, and another card pays", async (shop) => {
  const id = await reserve(shop);
  const declined = await confirm(shop, id, "pm_card_chargeDeclinedInsufficientFunds");
  assert.equal(declined.status, 402);
  assert.equal(
    declined.body.error,
    "Payment declined: there is not enough money on the account",
  );
  assert.equal((await confirm(shop, id, "pm_card_visa")).status, 200);
  assert.deepEqual(takings(shop), { captured: 50_000, refunded: 0 });
});

stripeJourney("a buyer who must act gets the secret, acts, and is confirmed", async (shop) => {
  const { fake } = shop;
  const id = await reserve(shop);
  const by = fake.ledger.createConfirmationToken("pm_card_authenticationRequired").id;
  const asked = await confirm(shop, id, by);
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const { type, client_secret: secret } = asked.body.next_action;
  assert.equal(type, "use_sdk");
  fake.ledger.answerBank(fake.ledger.findBySecret(secret)!.id, "approve");
  assert.equal((await confirm(shop, id, by)).status, 200);
  assert.deepEqual(takings(shop), { captured: 50_000, refunded: 0 });
});

stripeJourney("a client without Stripe's script gets a link to the bank", async (shop) => {
  const { fake } = shop;
  const id = await reserve(shop);
  const { body } = await confirm(shop, id, "pm_card_authenticationRequired");
  assert.equal(body.next_action.type, "redirect");
  const [intent] = fake.ledger.all();
  assert.equal(intent?.next_action?.redirect_to_url?.return_url, `${PUBLIC_URL}/checkout/${id}`);
  fake.ledger.answerBank(intent!.id, "refuse");
  const declined = await confirm(shop, id, "pm_card_authenticationRequired");
  assert.equal(declined.body.error, "Payment declined: the buyer did not approve it");
});

stripeJourney("UPI pays at once, and the tickets are there", async (shop) => {
  const id = await reserve(shop);
  assert.equal((await confirm(shop, id, "pm_fake_upi")).status, 200);
  assert.equal((await bookingOf(shop, id)).status, "confirmed");
  assert.deepEqual(takings(shop), { captured: 50_000, refunded: 0 });
});

stripeJourney("a payment under way confirms the booking once the bank knows", async (shop) => {
  const { fake, platform } = shop;
  fake.webhooks.url = webhookUrl(platform.port);
  const id = await reserve(shop);
  const first = await confirm(shop, id, "pm_fake_bank");
  assert.ok([202, 503].includes(first.status), JSON.stringify(first.body));
  fake.ledger.settle(fake.ledger.all()[0]!.id, "succeeds");
  await eventually(
    "it is confirmed",
    async () => (await bookingOf(shop, id)).status === "confirmed",
  );
  assert.deepEqual(takings(shop), { captured: 50_000, refunded: 0 });
});

let lines = "";
stripeJourney(
  "no key, token or client secret of Stripe is logged, whatever Stripe answers",
  async (shop) => {
    const { fake } = shop;
    const id = await reserve(shop);
    const by = fake.ledger.createConfirmationToken("pm_card_authenticationRequired").id;
    fake.behaviour = { ...CALM, lostAnswers: 1 };
    assert.equal((await confirm(shop, id, by)).status, 503);
    fake.behaviour = CALM;
    const asked = await eventually("the buyer is asked", async () => {
      const answer = await confirm(shop, id, by);
      return answer.status === 202 && answer;
    });
    const { client_secret: secret } = asked.body.next_action;
    fake.ledger.answerBank(fake.ledger.findBySecret(secret)!.id, "approve");
    assert.equal((await confirm(shop, id, by)).status, 200);
    assert.match(lines, /bookings\/confirm/, "the journey must be in the log");
    for (const kept of [SECRET_KEY, WEBHOOK_SECRET, by, secret]) {
      assert.ok(
        !lines.includes(kept),
        kept,
      );
    }
  },
  createLogger({ level: "debug", write: (line) => lines += line }),
);
