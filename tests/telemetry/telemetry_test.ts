import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { eventually } from "../journeys/platform.ts";
import { isWhole, startCollector, traceOf } from "./collector.ts";
import {
  readAlerts,
  readDashboardQueries,
  selectorsOf,
} from "../../deploy/observability/testing/queries.ts";
import { HAS_PROMETHEUS, type Prometheus, startPrometheus } from "./prometheus.ts";
import { type MeasuredPlatform, startMeasuredPlatform } from "./platform.ts";
import { Secrets } from "./secrets.ts";

const USER = { email: "user1@example.com", password: "11111111" };
const EXPORTED = ["access_token", "refresh_token"];

Deno.test("traces, metrics and logs of five processes tell of a sale and of nobody", async (t) => {
  const secrets = new Secrets();
  await using collector = startCollector();
  await using platform = await startMeasuredPlatform(collector, {
    INTERNAL_API_KEY: secrets.make("internal key"),
    JWT_SECRET: secrets.make("signing secret"),
  });
  await using prometheus = HAS_PROMETHEUS
    ? await startPrometheus(platform.metricsAddresses)
    : undefined;
  const eventId = await findEvent(platform);

  await t.step("a reservation is one trace of gateway, services, SQL and Redis", async () => {
    const { body: session } = await platform.call("POST", "/api/user/auth/login", { body: USER });
    const reserved = await platform.call("POST", "/api/booking/bookings/reserve", {
      token: secrets.add("access token of user1", session.access_token),
      body: { event_id: eventId, quantity: 2, idempotency_key: newId() },
    });
    assert.equal(reserved.status, 200, JSON.stringify(reserved.body));

    const trace = await eventually("the trace of the reservation is whole", () => {
      const spans = traceOf(collector, "POST /api/booking/*");
      return Promise.resolve(spans && isWhole(spans) && spans);
    });
    const [root] = trace.filter(({ parentSpanId }) => parentSpanId === "");
    assert.deepEqual([root?.program, root?.name], ["evently-gateway", "POST /api/booking/*"]);
    assert.deepEqual(
      new Set(trace.map(({ program }) => program)),
      new Set(["evently-gateway", "evently-booking", "evently-event"]),
    );
    const of = (program: string, system?: string) =>
      trace.filter((span) => {
        return span.program === program && span.attributes["db.system.name"] === system;
      }).map(({ name }) => name);
    const [booking, event] = ["evently-booking", "evently-event"];
    assert.ok(of(booking).includes("POST /api/v1/bookings/reserve"), of(booking).join());
    assert.ok(of(booking).includes("batch: hold seats"));
    assert.ok(of(booking).includes("call event"));
    assert.ok(of(event).includes("POST /internal/seats/hold"), of(event).join());
    assert.ok(of(event, "postgresql").length > 0, "the event service's SQL is in the trace");
    assert.ok(of(booking, "postgresql").includes("INSERT bookings"));
    assert.ok(of(booking, "redis").length > 0, "Redis is in the trace");
  });

  await t.step("the log has the trace of its request, also where it is exported", async () => {
    const { traceId } = traceOf(collector, "POST /api/booking/*")![0]!;
    const record = await eventually("the entry is exported", () => {
      return Promise.resolve(
        collector.records().find(({ body }) => {
          return body.includes(traceId) && body.includes("/api/v1/bookings/reserve");
        }),
      );
    });
    assert.deepEqual([record.traceId, record.severity], [traceId, "INFO"]);
    assert.equal(JSON.parse(record.body).trace_id, traceId);
  });

  await t.step("a stranger's traceparent neither joins nor marks a trace", async () => {
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    await fetch(`${platform.origin}/api/event/events/cities-of-nowhere`, {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, Connection: "close" },
    }).then((response) => response.body?.cancel());
    await eventually("the request is in a trace", () => {
      return Promise.resolve(traceOf(collector, "GET /api/event/*"));
    });
    assert.ok(!collector.text().includes(traceId));
  });

  await t.step(
    "metrics of each process tell of the sale, also where they are exported",
    async () => {
      const booking = await eventually("the stores were looked at", async () => {
        const text = await platform.metricsOf("booking");
        return text.includes('evently_store_usable{service="booking",store="postgres"} 1') && text;
      });
      assert.match(booking, /^evently_bookings_total\{outcome="reserved"\} 1$/m);
      assert.match(booking, /^evently_batch_items_count\{batch="hold seats"\} 1$/m);
      assert.match(booking, /^evently_redis_usable 1$/m);
      assert.match(booking, /^evently_bookings_expiry_lag_seconds 0$/m);
      assert.match(booking, /^evently_outbox_due\{service="booking",topic="seats.release"\} 0$/m);
      const event = await platform.metricsOf("event");
      assert.match(event, /^evently_seats_moved_total\{move="held"\} 1$/m);
      assert.match(await platform.metricsOf("search"), /^evently_search_feed_lag_seconds\{/m);
      for (const program of ["user", "event", "search", "booking", "gateway"] as const) {
        assert.match(await platform.metricsOf(program), /^process_resident_memory_bytes \d+$/m);
      }
      await eventually("the metrics are exported", () => {
        const metrics = collector.metrics();
        return Promise.resolve(
          metrics.has("evently.bookings") && metrics.has("evently.http.request.duration"),
        );
      });
    },
  );

  await t.step("the gateway shows no metrics to strangers, in any spelling", async () => {
    const paths = ["/metrics", "/internal/metrics", "//metrics", "/%6detrics", "/metrics/"];
    const services = ["/api/booking/metrics", "/api/booking/../metrics", "/api/event/%2e/metrics"];
    for (const path of [...paths, ...services]) {
      const { status, body } = await platform.call("GET", path);
      assert.equal(status, 404, path);
      assert.doesNotMatch(JSON.stringify(body), /evently_/);
    }
  });

  await liveThroughMuch(platform, secrets, eventId);

  await t.step({
    name: "Prometheus answers every query of dashboard and alerts, and no alert fires",
    ignore: !prometheus,
    fn: () => hasAnswers(prometheus!),
  });

  await t.step("no personal data, secret or payment reference is in any of them", async () => {
    await eventually("all is exported", () => {
      return Promise.resolve(traceOf(collector, "DELETE /api/booking/*"));
    });
    const refund = await eventually("the refund is exported", () => {
      return Promise.resolve(traceOf(collector, "payment: refund"));
    });
    assert.ok(refund.some(({ name, parentSpanId }) => {
      return name === "deliver payment.refund" && parentSpanId === "";
    }));
    const scraped = await Promise.all(
      (["user", "event", "search", "booking", "gateway"] as const).map(platform.metricsOf),
    );
    const output = await platform.end();
    assert.match(output, /"route":"\/api\/v1\/tickets\/:code"/, "the journey must be in the log");
    assert.deepEqual(secrets.foundIn(output), [], "logs");
    assert.deepEqual(secrets.foundIn(collector.text()), [], "what was exported");
    assert.deepEqual(secrets.foundIn(scraped.join("\n")), [], "what Prometheus reads");
  });
});

/** Series that are made by the first failure only. Their alerts ask for shares and rates, which one does not move. */
const OF_FAILURES: ReadonlySet<string> = new Set([
  'evently_http_requests_total{status="5xx"}',
  'evently_refusals_total{code="UNAVAILABLE"}',
  'evently_postgres_statement_duration_seconds_count{outcome="failed"}',
]);
const isOfFailures = (query: string) => selectorsOf(query).some((one) => OF_FAILURES.has(one));

/** Asks Prometheus what dashboard and alerts ask, of a platform that has sold and cancelled. */
async function hasAnswers({ query, rules }: Prometheus): Promise<void> {
  const queries = await readDashboardQueries();
  const asked = [...queries, ...(await readAlerts()).map(({ expr }) => expr)];
  // Without their last comparison all of them have a value, or a series is missing.
  const measured = [...new Set([...queries.map(measuredBy), ...asked.flatMap(selectorsOf)])]
    .filter((one) => !isOfFailures(one));
  let missing = measured;
  await eventually("Prometheus has an answer to every query", async () => {
    const answers = await Promise.all(missing.map(query));
    missing = missing.filter((_, i) => answers[i]!.length === 0);
    return missing.length === 0;
  }).catch(() => assert.deepEqual(missing, []));
  const found = await rules();
  assert.equal(found.length, asked.length - queries.length);
  assert.deepEqual(found.filter(({ health }) => health !== "ok"), []);
  assert.deepEqual(found.filter(({ state }) => state === "firing").map(({ name }) => name), []);
}

/** What a panel compares with zero, over an interval that Grafana would choose. */
function measuredBy(query: string): string {
  return query.replaceAll("$__rate_interval", "1m").replace(/ > 0$/, "");
}

/** An event that is on sale, once search has found it. */
async function findEvent({ call }: MeasuredPlatform): Promise<string> {
  return await eventually("search is filled", async () => {
    const { body } = await call("GET", "/api/search/search?q=diwali");
    return body.results?.[0]?.event_id;
  });
}

/** Registers, logs in, buys, fails, mistypes and cancels, with secrets in all places that a client can put them. */
async function liveThroughMuch(
  platform: MeasuredPlatform,
  secrets: Secrets,
  eventId: string,
): Promise<void> {
  const call: MeasuredPlatform["call"] = async (method, path, options) => {
    const answer = await platform.call(method, path, options);
    for (const name of EXPORTED) {
      if (answer.body?.[name]) secrets.add(`${name} of ${method} ${path}`, answer.body[name]);
    }
    return answer;
  };
  const email = secrets.add("email", `buyer-${crypto.randomUUID()}@example.com`);
  const password = secrets.make("password");
  const name = secrets.add("name", `Arundhati ${crypto.randomUUID()}`);
  const phone = secrets.add("phone", "+49 170 5550177");
  const registered = await call("POST", "/api/user/auth/register", {
    body: { email, password, name, phone_number: phone },
  });
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  await call("POST", "/api/user/auth/register", { body: { email, password, name } });
  await call("POST", "/api/user/auth/login", {
    body: { email, password: secrets.make("wrong password") },
  });
  await call("POST", "/api/user/auth/forgot-password", { body: { email } });
  await call("POST", "/api/user/auth/reset-password", {
    body: { token: secrets.make("token of a link"), password },
  });
  const { body: session } = await call("POST", "/api/user/auth/login", {
    body: { email, password },
  });
  await call("POST", "/api/user/auth/refresh", { token: session.refresh_token });
  const token = session.access_token;
  await call("GET", "/api/user/users/profile", { token });
  await call("GET", "/api/user/users/profile", { token: secrets.make("stranger token") });
  await call("GET", `/api/search/search?q=${secrets.make("query")}&city=${secrets.make("city")}`);

  const key = secrets.make("idempotency key");
  const reserve = (quantity: number) =>
    call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id: eventId, quantity, idempotency_key: key },
    });
  const reserved = await reserve(2);
  assert.equal(reserved.status, 200, JSON.stringify(reserved.body));
  assert.equal((await reserve(1)).status, 422);
  const confirm = (paymentToken: string) =>
    call("POST", "/api/booking/bookings/confirm", {
      token,
      body: {
        reservation_id: reserved.body.reservation_id,
        payment_token: secrets.add(`payment token ${paymentToken}`, paymentToken),
        payment_method: "card",
      },
    });
  const paid = await confirm("tok_4242424242424242");
  assert.equal(paid.status, 200, JSON.stringify(paid.body));
  secrets.add("payment reference", paid.body.payment.transaction_id);
  await confirm(`other-payment-${crypto.randomUUID()}`);
  await call("POST", "/api/booking/waitlist/join", {
    token,
    body: { event_id: eventId, quantity: 1 },
  });

  const url = paid.body.ticket_url;
  const code = secrets.add("ticket code", url.split("/").at(-1));
  assert.equal((await call("GET", url)).body.status, "valid");
  const mistyped = [
    `/api/booking/ticket/${code}`,
    `/api/booking/tickets/${code}/`,
    `/tickets/${code}`,
    `/no/page/${secrets.make("path")}?${secrets.make("parameter")}=1`,
    `${url}?token=${secrets.make("query token")}`,
    `/reset-password?token=${secrets.make("token of a page")}`,
    `/api/booking/bookings/${secrets.make("no booking")}`,
    `/internal/${secrets.make("internal path")}`,
  ];
  for (const path of mistyped) await call("GET", path, { token });
  await call("POST", url);
  const cancelled = await call(
    "DELETE",
    `/api/booking/bookings/${reserved.body.reservation_id}`,
    { token },
  );
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body));
}
