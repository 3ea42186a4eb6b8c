import assert from "node:assert/strict";
import { createLogger } from "@evently/shared/log";
import { TcpProxy, times } from "@evently/shared/testing";
import { eventually, startTestPlatform } from "./platform.ts";

const RESERVATIONS = 10;

Deno.test("a failed reservation in a database outage logs one entry without a stack", async () => {
  const entries: Record<string, unknown>[] = [];
  const log = createLogger({ level: "info", write: (line) => entries.push(JSON.parse(line)) });
  let proxy: TcpProxy | undefined;
  const mapDatabaseUrl = (text: string) => {
    const url = new URL(text);
    proxy ??= new TcpProxy({ hostname: url.hostname, port: Number(url.port || "5432") });
    url.hostname = "127.0.0.1";
    url.port = String(proxy.port);
    return url.href;
  };
  await using platform = await startTestPlatform({ BOOKING_RATE_LIMIT_PER_MINUTE: "0" }, {
    log,
    mapDatabaseUrl,
  });
  await using _cut = { [Symbol.asyncDispose]: async () => await proxy?.cut() };
  const token = await platform.logIn("user1@example.com");
  const { event_id } = await eventually("search is filled", async () => {
    const { body } = await platform.call("GET", "/api/search/search?q=diwali");
    return body.results?.[0];
  });
  await proxy?.cut();
  entries.length = 0;
  const answers = await Promise.all(
    times(RESERVATIONS, () =>
      platform.call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
      })),
  );
  proxy?.mend();

  assert.deepEqual(answers.map(({ status }) => status), times(RESERVATIONS, () => 503));
  const reservationEntries = entries.filter(({ message, route }) =>
    message === "request" && route === "/api/v1/bookings/reserve"
  );
  assert.equal(reservationEntries.length, RESERVATIONS);
  for (const { cause } of reservationEntries) assert.equal(typeof cause, "string");
  assert.deepEqual(entries.filter(({ message }) => message === "request failed"), []);
  assert.ok(!reservationEntries.some((entry) => JSON.stringify(entry).includes('"stack"')));
  // Connections that are on their way back would outlive the test.
  await eventually("the platform is ready again", async () => {
    const { status } = await platform.call("GET", "/health/ready");
    return status === 200;
  });
});
