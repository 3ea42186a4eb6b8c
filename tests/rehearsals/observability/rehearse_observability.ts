import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { eventually } from "../../journeys/platform.ts";
import { type Collector, isWhole, type ReceivedSpan } from "../../telemetry/collector.ts";
import { type MeasuredPlatform, startMeasuredPlatform } from "../../telemetry/platform.ts";
import { Secrets } from "../../telemetry/secrets.ts";
import { startCollectors, validate } from "./collectors.ts";
import { sendTelling } from "./foreign_span.ts";

const USER = { email: "user1@example.com", password: "11111111" };
/** Five per cent of them are kept, give or take six standard deviations. */
const READS = 1_000;
const KEPT = { least: 9, most: 91 };
/** So many that all being left out is out of the question. */
const RESERVATIONS = 300;
/** Programs export after five seconds, the collector decides after ten. */
const DECISION_MS = 40_000;
/** Longer than what the collector calls slow. */
const PAYMENT = "700ms";

/** Programs that a sale passes. */
const SELLING = new Set(["evently-gateway", "evently-booking", "evently-event"]);

/** Sells, fails and reads; checks what the collector of the file `program` passes on. */
export async function rehearseObservability(
  program: string,
  say: (line: string) => void,
): Promise<void> {
  assert.equal(await validate(program), "");
  say("the configuration is accepted");
  const secrets = new Secrets();
  await using collectors = await startCollectors(program);
  const { stored } = collectors;
  await using platform = await startMeasuredPlatform(collectors, {
    INTERNAL_API_KEY: secrets.make("internal key"),
    JWT_SECRET: secrets.make("signing secret"),
    MOCK_PAYMENT_PROCESSING_TIME: PAYMENT,
    LOG_LEVEL: "info",
    BOOKING_RATE_LIMIT_PER_MINUTE: String(2 * RESERVATIONS),
  });
  const eventId = await sell(platform, secrets);
  for (let i = 0; i < READS; i++) await platform.call("GET", `/api/event/events/${eventId}`);
  await sendTelling(collectors.origin, secrets);

  const slow = await kept(stored, "POST /api/v1/bookings/confirm", ({ attributes }) => {
    return attributes["http.response.status_code"] === 200;
  });
  assert.deepEqual(programsOf(slow), SELLING);
  say(`a slow confirmation is kept whole: ${slow.length} spans`);

  const failed = await kept(stored, "POST /api/v1/bookings/confirm", ({ attributes }) => {
    return attributes["http.response.status_code"] === 503;
  });
  say(`a failed confirmation is kept whole: ${failed.length} spans`);

  await kept(stored, "span of others");
  const reads = stored.spans()
    .filter(({ name, parentSpanId }) => name === "GET /api/event/*" && parentSpanId === "");
  assert.ok(reads.length >= KEPT.least && reads.length <= KEPT.most, `${reads.length} reads`);
  say(`of ${READS} reads ${reads.length} are kept`);

  const reserved = await kept(stored, "POST /api/v1/bookings/reserve");
  assert.deepEqual(programsOf(reserved), SELLING);
  for (const system of ["postgresql", "redis"]) {
    assert.ok(reserved.some(({ attributes }) => attributes["db.system.name"] === system), system);
  }
  say(`a reservation is kept whole: ${reserved.length} spans`);

  const { traceId } = failed[0]!;
  const entry = await eventually("the failed confirmation is in the log", () => {
    return Promise.resolve(
      stored.records().find((one) => one.traceId === traceId && one.program === "evently-booking"),
    );
  }, DECISION_MS);
  assert.equal(JSON.parse(entry.body).trace_id, traceId);
  await eventually("the entry of others is there", () => {
    return Promise.resolve(stored.records().some(({ body }) => body === "entry of others"));
  });
  say(`log entries have their program and trace: ${stored.records().length} entries`);

  const printed = await platform.end();
  assert.deepEqual(secrets.foundIn(stored.text()), [], "what is stored");
  assert.doesNotMatch(printed, /export|otlp|opentelemetry/i, "programs complain of the collector");
  say("nothing personal and no secret is stored; no program complains");
}

/** Buys once, slowly, and once in vain. Returns the event's id. */
async function sell({ call }: MeasuredPlatform, secrets: Secrets): Promise<string> {
  const eventId: string = await eventually("search is filled", async () => {
    const { body } = await call("GET", "/api/search/search?q=diwali");
    return body.results?.[0]?.event_id;
  });
  const { body: session } = await call("POST", "/api/user/auth/login", { body: USER });
  secrets.add("email", USER.email);
  const token = secrets.add("access token", session.access_token);
  const reserve = () =>
    call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id: eventId, quantity: 2, idempotency_key: newId() },
    });
  for (let i = 0; i < RESERVATIONS; i++) assert.equal((await reserve()).status, 200);
  for (const [paymentToken, expected] of [["tok_visa", 200], ["tok_late", 503]] as const) {
    const { body: { reservation_id } } = await reserve();
    const confirmed = await call("POST", "/api/booking/bookings/confirm", {
      token,
      body: { reservation_id, payment_token: paymentToken, payment_method: "card" },
    });
    assert.equal(confirmed.status, expected, JSON.stringify(confirmed.body));
    if (expected !== 200) continue;
    const { payment, ticket_url } = confirmed.body;
    secrets.add("payment reference", payment.transaction_id);
    secrets.add("ticket code", ticket_url.split("/").at(-1));
    await call("GET", ticket_url);
  }
  return eventId;
}

function programsOf(spans: readonly ReceivedSpan[]): Set<string> {
  return new Set(spans.map(({ program }) => program));
}

/** The spans of the first whole trace with such a span. */
async function kept(
  stored: Collector,
  name: string,
  isMeant: (span: ReceivedSpan) => boolean = () => true,
): Promise<ReceivedSpan[]> {
  return await eventually(`a trace with ${name} is kept`, () => {
    const spans = stored.spans();
    const found = spans.find((span) => span.name === name && isMeant(span));
    const trace = spans.filter(({ traceId }) => traceId === found?.traceId);
    return Promise.resolve(found && isWhole(trace) && trace);
  }, DECISION_MS);
}
