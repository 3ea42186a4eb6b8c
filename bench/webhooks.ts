/**
 * `deno task bench:webhooks`: buyers pay with a token whose payment the provider is processing; then its webhooks come
 * through the gateway, signed as the mock provider signs them, and each event comes again. Looks that are stored,
 * bookings that are confirmed and payments that are captured are counted in the database. Needs `DATABASE_URL` and
 * `REDIS_URL`.
 */
import { exactlyOne } from "@evently/shared/postgres";
import { MockBank } from "../services/booking/payments/mock_bank.ts";
import { mustAddUp } from "./lib/exact.ts";
import { percentile, postBytes } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { runSeries, type SeriesResult } from "./lib/series.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const PAYMENTS = setting("BENCH_PAYMENTS", 10_000);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const WARM_UP_PAYMENTS = 500;
/** No hold may end by itself during the run. */
const HOLD = "2h";
const PROCESSING_TOKEN = "tok_processing";
const INTERNAL_KEY = "bench-only-internal-key-0123456789abcdef";
const APPLIED_TIMEOUT_MS = 300_000;
const POLL_MS = 5;

/** Signs alone; what it remembers for the mock provider is in the platform. */
const bank = new MockBank({
  redis: { attempt: () => Promise.reject(new Error("this bank is not asked")) },
  secrets: [INTERNAL_KEY],
});

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const bookings = databases.pool("bookings_db");
await using platform = await startPlatform(databases, {
  BOOKING_RESERVATION_EXPIRY: HOLD,
  INTERNAL_API_KEY: INTERNAL_KEY,
});

await measure(WARM_UP_PAYMENTS, () => {});
await measure(PAYMENTS, print);
await mustAddUp(databases);

async function measure(count: number, report: (line: string) => void): Promise<void> {
  const eventId = await createEvent(events, count);
  const paymentIds = await pay(eventId, count);
  const run = crypto.randomUUID();
  const webhook = (n: number) => webhookRequest(paymentIds[n]!, `${run}-${n}`);

  const begunMs = performance.now();
  const first = await send(count, webhook);
  report(`${count} webhooks: ${rateOf(first)}`);
  await until(async () => (await countOf(eventId)).confirmed === count);
  const elapsedMs = performance.now() - begunMs;
  report(`applied: ${(count / elapsedMs * 1_000).toFixed(0)} bookings confirmed a second`);

  const again = await send(count, webhook);
  report(`the same again: ${rateOf(again)}`);
  const { looks, confirmed, captured } = await countOf(eventId);
  mustHold(
    looks === count && confirmed === count && captured === count,
    `${looks} looks, ${confirmed} bookings confirmed and ${captured} payments captured of ${count}`,
  );
  report(
    `${2 * count} webhooks of ${count} events: ${looks} stored, ${count} refused by the inbox, ` +
      `${confirmed} bookings confirmed, ${captured} payments captured`,
  );
}

/** Makes bookings whose payments are processing; returns the payments' ids. */
async function pay(eventId: string, count: number): Promise<string[]> {
  const users = await issueUsers(count);
  const ids: string[] = [];
  await send(
    count,
    (n) => reserveRequest(users[n]!, { eventId, key: String(n) }),
    (n, body) => ids[n] = (body as { reservation_id: string }).reservation_id,
  );
  await send(count, (n) =>
    postBytes("/api/booking/bookings/confirm", users[n]!.token, {
      reservation_id: ids[n],
      payment_token: PROCESSING_TOKEN,
      payment_method: "upi",
    }));
  const rows = await bookings<{ payment_id: string }[]>`
    SELECT payment_id FROM payments WHERE event_id = ${eventId} AND status = 'processing'`;
  mustHold(rows.length === count, `${rows.length} of ${count} payments are processing`);
  return rows.map(({ payment_id }) => payment_id);
}

/** A webhook, signed now. */
function webhookRequest(paymentId: string, providerEvent: string): Uint8Array {
  const body = JSON.stringify({ event_id: providerEvent, payment_id: paymentId, type: "paid" });
  const headers = Object.entries(bank.webhookHeaders(body, new Date()));
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return new TextEncoder().encode(
    `POST /api/booking/payments/webhooks/mock HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines}` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Sends requests that must all succeed. */
async function send(
  count: number,
  request: (n: number) => Uint8Array,
  onAnswer?: (n: number, body: unknown) => void,
): Promise<SeriesResult> {
  const load = { port: platform.port, count, inFlight: IN_FLIGHT, request };
  const result = await runSeries({ ...load, ...(onAnswer ? { onAnswer } : {}) });
  const { answers } = result;
  const succeeded = [...answers.keys()].every((status) => status === 200 || status === 202);
  mustHold(succeeded, statuses(answers));
  return result;
}

/** Looks that webhooks queued (the first look of a payment has the payment's own id), and what came of them. */
function countOf(eventId: string) {
  return exactlyOne(
    bookings<{ looks: number; confirmed: number; captured: number }[]>`
      SELECT (SELECT count(*) FROM outbox o
               WHERE o.event_id = ${eventId} AND o.topic = 'payment.look'
                 AND o.message_id::text <> o.payload ->> 'payment_id') AS looks,
             (SELECT count(*) FROM bookings
               WHERE event_id = ${eventId} AND status = 'confirmed') AS confirmed,
             (SELECT count(*) FROM payments
               WHERE event_id = ${eventId} AND status = 'captured') AS captured`,
    (row) => row,
  );
}

function rateOf({ elapsedMs, latenciesMs }: SeriesResult): string {
  const sorted = latenciesMs.sort();
  const [p50, p99] = [percentile(sorted, 0.5), percentile(sorted, 0.99)];
  const rate = latenciesMs.length / elapsedMs * 1_000;
  return `${rate.toFixed(0)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + APPLIED_TIMEOUT_MS;
  while (!await holds()) {
    mustHold(performance.now() < giveUpMs, "not all webhooks were applied");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
