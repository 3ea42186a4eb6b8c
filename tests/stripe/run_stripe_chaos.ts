import assert from "node:assert/strict";
import { DEVELOPMENT_SECRETS } from "@evently/shared/config";
import { newId } from "@evently/shared/ids";
import { inParallel } from "@evently/shared/in_parallel";
import { type Random, randomFrom } from "@evently/shared/testing";
import { assertBookingsAddUp } from "../../services/booking/testing/bookings_add_up.ts";
import { eventually, startTestPlatform, type TestPlatform } from "../journeys/platform.ts";
import { organiserOf } from "../web/organiser.ts";
import { type Behaviour, CALM, happens } from "./behaviour.ts";
import { assertMoneyAgrees } from "./money_agrees.ts";
import { FakeStripe, webhookUrl } from "./fake_stripe.ts";

/** What happens to Stripe, one after the other. */
const TROUBLES: readonly Behaviour[] = [
  CALM,
  { ...CALM, delayMs: 300 },
  { ...CALM, down: 0.5 },
  { ...CALM, lostAnswers: 0.3 },
  { ...CALM, older: 0.3 },
  { delayMs: 200, down: 0.2, lostAnswers: 0.2, older: 0.2 },
  { ...CALM, down: 1 },
];
const METHODS = [
  "pm_card_visa",
  "pm_card_visa",
  "pm_card_chargeDeclined",
  "pm_card_authenticationRequired",
  "pm_fake_upi",
  "pm_fake_bank",
];
const CLIENTS = 12;
const PRICE = 250;
const MAX_CONFIRMS = 4;
const HEAL_LIMIT_MS = 180_000;
/** Shares of buyers. */
const CHANGES_CARD = 0.3, CANCELS = 0.2, FAILS_AT_BANK = 0.3;

/** What a run has seen, by what buyers heard. */
export interface ChaosReport {
  buyers: number;
  answers: Record<string, number>;
  confirmed: number;
  payments: number;
}

/**
 * Sells tickets while Stripe is slow, down and lying, to buyers who change cards, act, give up and cancel. Then Stripe is
 * well again, and everything must come to rest with the same money in its books and ours.
 *
 * @throws {assert.AssertionError} they differ, or seats and money do
 */
export async function runStripeChaos(
  { seed, buyers, onTrouble = () => {} }: {
    seed: number;
    buyers: number;
    onTrouble?: (trouble: Behaviour) => void;
  },
): Promise<ChaosReport> {
  const random = randomFrom(seed);
  await using fake = new FakeStripe({ seed });
  await using platform = await startTestPlatform({
    ...fake.variables,
    PUBLIC_URL: "https://tickets.example",
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
    GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
    LOGIN_RATE_LIMIT_PER_MINUTE: "0",
    BOOKING_TAKEOVER_AFTER: "1s",
    BOOKING_CLEANUP_INTERVAL: "100ms",
  });
  fake.webhooks.url = webhookUrl(platform.port);
  fake.webhooks.delivery = { delayMs: 300, doubled: 0.2, lost: 0.1 };
  const organiser = await organiserOf(platform);
  const eventId = await organiser.event({ name: "Chaos", capacity: 2 * buyers, price: PRICE });
  const report: ChaosReport = { buyers, answers: {}, confirmed: 0, payments: 0 };
  for (const [i, trouble] of TROUBLES.entries()) {
    onTrouble(trouble);
    fake.behaviour = trouble;
    const share = Math.ceil(buyers / TROUBLES.length);
    const part = Array.from({ length: share }, (_, n) => `buyer-${i}-${n}`);
    await inParallel(
      part,
      { atOnce: CLIENTS },
      () => buy({ fake, platform, eventId, random, report }),
    );
  }
  fake.behaviour = CALM;
  await comeToRest(fake, platform);
  await assertBookingsAddUp(platform, eventId);
  report.payments = await assertMoneyAgrees(platform, fake);
  const [row] = await platform.bookingsDb<{ n: number }[]>`
    SELECT count(*)::int AS n FROM bookings WHERE event_id = ${eventId} AND status = 'confirmed'`;
  report.confirmed = row?.n ?? 0;
  assert.ok(report.confirmed > 0, "somebody has bought");
  return report;
}

interface Buying {
  fake: FakeStripe;
  platform: TestPlatform;
  eventId: string;
  random: Random;
  report: ChaosReport;
}

async function buy({ fake, platform, eventId, random, report }: Buying): Promise<void> {
  const count = (what: string) => report.answers[what] = (report.answers[what] ?? 0) + 1;
  const { body: user } = await platform.call("POST", "/api/user/auth/register", {
    body: { email: `${newId()}@example.com`, password: "a long password", name: "Asha" },
  });
  const token = user.access_token;
  const reserved = await platform.call("POST", "/api/booking/bookings/reserve", {
    token,
    body: { event_id: eventId, quantity: 1, idempotency_key: newId() },
  });
  assert.equal(reserved.status, 200, JSON.stringify(reserved.body));
  const id = reserved.body.reservation_id;
  let method = random.pick(METHODS);
  for (let attempt = 0; attempt < MAX_CONFIRMS; attempt++) {
    const { status } = await platform.call("POST", "/api/booking/bookings/confirm", {
      token,
      body: { reservation_id: id, payment_token: method, payment_method: "card" },
    });
    count(`confirm ${status}`);
    if (status === 200) break;
    const refuses = happens(FAILS_AT_BANK, random);
    if (status === 202) answerBanks(fake, refuses ? "refuse" : "approve");
    settleBanks(fake, refuses ? "fails" : "succeeds");
    if (status === 402 || happens(CHANGES_CARD, random)) method = random.pick(METHODS);
  }
  if (!happens(CANCELS, random)) return;
  const { status } = await platform.call("DELETE", `/api/booking/bookings/${id}`, { token });
  count(`cancel ${status}`);
}

function answerBanks(fake: FakeStripe, answer: "approve" | "refuse"): void {
  for (const { id, status } of fake.ledger.all()) {
    if (status === "requires_action") fake.ledger.answerBank(id, answer);
  }
}

function settleBanks(fake: FakeStripe, outcome: "succeeds" | "fails"): void {
  for (const { id, status } of fake.ledger.all()) {
    if (status === "processing") fake.ledger.settle(id, outcome);
  }
}

/** Waits until no payment and no message but mails is under way; pending bookings are expired. */
async function comeToRest(fake: FakeStripe, platform: TestPlatform): Promise<void> {
  await eventually("everything is at rest", async () => {
    answerBanks(fake, "approve");
    settleBanks(fake, "succeeds");
    const response = await platform.bindings.booking.fetch(
      new Request("http://booking/internal/bookings/force-expire-all", {
        method: "POST",
        headers: { "X-API-Key": DEVELOPMENT_SECRETS.INTERNAL_API_KEY },
      }),
      { path: "/internal/bookings/force-expire-all" },
    );
    await response.body?.cancel();
    const [left] = await platform.bookingsDb<{ n: number }[]>`
      SELECT (SELECT count(*) FROM bookings WHERE status IN ('pending', 'confirming'))::int +
             (SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND topic <> 'mail.send')::int AS n`;
    return left?.n === 0;
  }, HEAL_LIMIT_MS);
}
