import assert from "node:assert/strict";
import { REDIS_SERVER, startOwnRedis } from "../../shared/redis/testing/own_redis.ts";
import { startProgram } from "@evently/shared/testing";
import { eventually, startTestPlatform } from "./platform.ts";

const USER = new URL("../../services/user/main.ts", import.meta.url);
const ignore = REDIS_SERVER === undefined;

Deno.test({
  name: "a Redis that refuses commands degrades readiness; reservations still work",
  ignore,
  async fn() {
    await using redis = await startOwnRedis();
    await using platform = await startTestPlatform({ REDIS_URL: redis.url });
    const { call } = platform;
    const { event_id } = await eventually("search is filled", async () => {
      return (await call("GET", "/api/search/search?q=diwali")).body.results?.[0];
    });
    const readiness = async () => (await call("GET", "/health/ready"));
    // A copy of the index may answer before the index itself is filled.
    await eventually("all is ready", async () => (await readiness()).body.status === "ready");

    await redis.command("CONFIG", "SET", "maxmemory", "1");
    const { status, body } = await readiness();
    assert.equal(status, 200);
    const degraded = "degraded";
    assert.deepEqual(body, {
      status: degraded,
      service: "gateway",
      services: { user: degraded, event: degraded, search: degraded, booking: degraded },
    });
    const token = await platform.logIn("user1@example.com");
    const idempotencyKey = crypto.randomUUID();
    const reserve = { token, body: { event_id, quantity: 1, idempotency_key: idempotencyKey } };
    const reserved = await call("POST", "/api/booking/bookings/reserve", reserve);
    assert.equal(reserved.status, 200, JSON.stringify(reserved.body));

    await redis.command("CONFIG", "SET", "maxmemory", "0");
    assert.deepEqual((await readiness()).body.status, "ready");
  },
});

Deno.test({
  name: "a service reports a refusing Redis by readiness, log and metrics",
  ignore,
  async fn() {
    await using redis = await startOwnRedis("--requirepass", "s3cret");
    const collected: string[] = [];
    await using collector = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        collected.push(await request.text());
        return Response.json({});
      },
    );
    await using platform = await startTestPlatform();
    await using user = startProgram(USER, {
      ENVIRONMENT: "development",
      USER_SERVICE_DB_URL: platform.usersUrl,
      REDIS_URL: redis.url,
      OTEL_DENO: "true",
      OTEL_DENO_TRACING: "false",
      OTEL_DENO_CONSOLE: "ignore",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
      OTEL_METRIC_EXPORT_INTERVAL: "50",
    });
    const origin = await user.listening();
    const ready = await fetch(`${origin}/health/ready`);
    assert.equal(ready.status, 200);
    const { status, redis: state } = await ready.json();
    assert.deepEqual([status, state], ["degraded", "refusing"]);

    const login = { email: "user1@example.com", password: "11111111" };
    const answer = await fetch(`${origin}/api/v1/auth/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(login),
    });
    assert.equal(answer.status, 200, await answer.text());
    await eventually("the metrics report the refusals", () => {
      const all = collected.flatMap((text) => JSON.parse(text).resourceMetrics ?? [])
        .flatMap((resource) => resource.scopeMetrics)
        .flatMap((scope) => scope.metrics);
      const last = (name: string) => all.filter((metric) => metric.name === name).at(-1);
      const failures = last("evently.redis.failures")?.sum?.dataPoints[0];
      const usable = last("evently.redis.usable")?.gauge?.dataPoints[0];
      return Promise.resolve(
        Number(failures?.asInt ?? failures?.asDouble) > 0 &&
          Number(usable?.asInt ?? usable?.asDouble) === 0,
      );
    });
    // Deno can hang when it writes its last metrics on exit (denoland/deno#33157), so the program is not asked.
    user.signal("SIGKILL");
    const { output } = await user.ended;
    assert.match(output, /Redis refuses to serve; going on without it.*NOAUTH/);
    assert.doesNotMatch(output, /s3cret/);
  },
});
