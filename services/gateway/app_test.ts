import assert from "node:assert/strict";
import { WEBHOOKS_PER_MINUTE } from "./app.ts";
import { echoService, gatewayBeforeEchoes } from "./testing/world.ts";

const WEBHOOKS = "/api/booking/payments/webhooks/stripe";
const MAX_BODY_BYTES = 1024 * 1024;
const ANY_PORT = { hostname: "127.0.0.1", port: 0, onListen() {} };
/** A port that nothing listens on. */
const NOWHERE = "http://127.0.0.1:1";

Deno.test("a request reaches its service with its path, query, body and id, and is answered once", async () => {
  const { request } = gatewayBeforeEchoes();
  const response = await request("/api/user/echo?a=b%20c", {
    method: "POST",
    body: "text",
    headers: { "X-Request-ID": "mine" },
  });
  assert.equal(response.headers.get("X-Request-ID"), "mine");
  const { service, method, path, query, body } = await response.json();
  assert.deepEqual({ service, method, path, query, body }, {
    service: "user",
    method: "POST",
    path: "/api/v1/echo",
    query: { a: "b c" },
    body: "text",
  });
});

Deno.test("the short forms of reserve and confirm reach the booking service", async () => {
  const { request } = gatewayBeforeEchoes();
  for (const verb of ["reserve", "confirm"]) {
    const response = await request(`/api/booking/${verb}`, { method: "POST" });
    assert.equal((await response.json()).path, `/api/v1/bookings/${verb}`);
  }
});

Deno.test("an encoded path is routed as its service would route it", async () => {
  const { request } = gatewayBeforeEchoes();
  assert.equal((await (await request("/api/event/caf%C3%A9")).json()).path, "/api/v1/café");
  assert.equal((await (await request("/api/event/100%")).json()).path, "/api/v1/100%");
});

Deno.test("what is unknown is 404 in the envelope, and internal routes are unknown", async () => {
  const { request } = gatewayBeforeEchoes();
  for (const path of ["/nowhere", "/api/user/", "/internal/secret", "/api/user/internal/secret"]) {
    const response = await request(path);
    assert.equal(response.status, 404, path);
    const { error, code, request_id } = await response.json();
    assert.deepEqual([error, code], ["Route not found", "NOT_FOUND"]);
    assert.equal(request_id, response.headers.get("X-Request-ID"));
  }
});

Deno.test("a path that climbs up stays outside, on the wire and before a service elsewhere", async () => {
  await using service = Deno.serve(ANY_PORT, (request) => echoService("user").fetch(request, {}));
  const { app } = gatewayBeforeEchoes({ urls: { user: `http://127.0.0.1:${service.addr.port}` } });
  await using gateway = Deno.serve(ANY_PORT, (request) => app.fetch(request, {}));
  for (
    const path of ["/api/user/../../internal/secret", "/api/user/%2e%2e/%2e%2e/internal/secret"]
  ) {
    using connection = await Deno.connect({ port: gateway.addr.port });
    const raw = `GET ${path} HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n`;
    await connection.write(new TextEncoder().encode(raw));
    const answer = await new Response(connection.readable).text();
    assert.match(answer, /^HTTP\/1.1 404 /);
  }
});

Deno.test("a service elsewhere sees who asks and by what id, and no header meant for the gateway", async () => {
  await using service = Deno.serve(ANY_PORT, (request) => echoService("user").fetch(request, {}));
  const { request } = gatewayBeforeEchoes({
    urls: { user: `http://127.0.0.1:${service.addr.port}` },
  });
  const response = await request("/api/user/echo?q=1", {
    method: "PUT",
    body: "streamed",
    headers: {
      "Connection": "X-Private, not a token",
      "X-Private": "between neighbours",
      "X-Forwarded-For": "198.51.100.1",
      "X-Forwarded-Proto": "https",
      "Authorization": "Bearer t",
    },
  });
  assert.equal(response.status, 200);
  const { body, query, headers } = await response.json();
  assert.deepEqual([body, query], ["streamed", { q: "1" }]);
  assert.equal(headers["x-forwarded-for"], "203.0.113.7");
  assert.equal(headers["x-forwarded-proto"], "http");
  assert.equal(headers["authorization"], "Bearer t");
  assert.equal(headers["x-request-id"], response.headers.get("X-Request-ID"));
  assert.equal(headers["x-private"], undefined);
});

Deno.test("a service elsewhere hears what a trusted proxy says of the client", async () => {
  await using service = Deno.serve(ANY_PORT, (request) => echoService("user").fetch(request, {}));
  const { request } = gatewayBeforeEchoes({
    urls: { user: `http://127.0.0.1:${service.addr.port}` },
    trustedProxies: ["10.0.0.0/8"],
  });
  const said = { "X-Forwarded-For": "198.51.100.1", "X-Forwarded-Proto": "https" };
  const response = await request("/api/user/echo", { headers: said }, "10.0.0.9");
  const { headers } = await response.json();
  assert.equal(headers["x-forwarded-for"], "198.51.100.1, 10.0.0.9");
  assert.equal(headers["x-forwarded-proto"], "https");
});

Deno.test("the limit counts a client once, whatever it forwards, and the clients of a trusted proxy apart", async () => {
  const { request } = gatewayBeforeEchoes({
    requestsPerMinute: 1,
    trustedProxies: ["10.0.0.9"],
  });
  const statusOf = async (forwarded: string, from: string) => {
    const headers = { "X-Forwarded-For": forwarded };
    const response = await request("/api/user/echo", { headers }, from);
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await statusOf("198.51.100.1", "192.168.0.1"), 200);
  assert.equal(await statusOf("198.51.100.2", "192.168.0.1"), 429);
  assert.equal(await statusOf("198.51.100.1", "10.0.0.9"), 200);
  assert.equal(await statusOf("203.0.113.9, 198.51.100.1", "10.0.0.9"), 429);
  assert.equal(await statusOf("198.51.100.2", "10.0.0.9"), 200);
  assert.equal(await statusOf("2001:db8::1", "10.0.0.9"), 200);
  assert.equal(await statusOf("2001:db8::2:2", "10.0.0.9"), 429);
});

Deno.test("a slow body is the gateway's to wait for, not that of a service elsewhere", async () => {
  let asked = 0;
  await using service = Deno.serve(ANY_PORT, (request) => {
    asked++;
    return echoService("user").fetch(request, {});
  });
  const { app } = gatewayBeforeEchoes({
    urls: { user: `http://127.0.0.1:${service.addr.port}` },
    bodyTimeoutMs: 20,
  });
  await using gateway = Deno.serve(ANY_PORT, (request) => app.fetch(request, {}));
  using connection = await Deno.connect({ port: gateway.addr.port });
  const raw = "POST /api/user/echo HTTP/1.1\r\nHost: gateway\r\nContent-Length: 10\r\n\r\nhalf";
  await connection.write(new TextEncoder().encode(raw));
  const buffer = new Uint8Array(8192);
  const count = await connection.read(buffer);
  assert.match(new TextDecoder().decode(buffer.subarray(0, count ?? 0)), /^HTTP\/1.1 408 /);
  assert.equal(asked, 0);
});

Deno.test("a service that is gone is 503 with Retry-After, and the others go on", async () => {
  const { request } = gatewayBeforeEchoes({ urls: { search: NOWHERE } });
  const response = await request("/api/search/search");
  assert.equal(response.status, 503);
  assert.ok(Number(response.headers.get("Retry-After")) > 0);
  assert.equal((await response.json()).code, "UNAVAILABLE");
  assert.equal((await request("/api/user/echo")).status, 200);
});

Deno.test("a client over its limit is refused until the minute is over, and only that client", async () => {
  const { app, clock, request } = gatewayBeforeEchoes({ requestsPerMinute: 2 });
  assert.equal((await request("/api/user/echo")).headers.get("RateLimit-Remaining"), "1");
  assert.equal((await request("/api/user/echo")).headers.get("RateLimit-Remaining"), "0");

  const refused = await request("/api/user/echo");
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("RateLimit-Limit"), "2");
  assert.ok(Number(refused.headers.get("Retry-After")) > 0);
  assert.equal((await refused.json()).code, "RATE_LIMITED");

  const neighbour = await app.fetch(new Request("http://gateway/api/user/echo"), {
    remoteAddr: { transport: "tcp", hostname: "203.0.113.8", port: 1 },
  });
  assert.equal(neighbour.status, 200);
  assert.equal((await request("/health")).status, 200);
  clock.advance(60_000);
  assert.equal((await request("/api/user/echo")).status, 200);
});

Deno.test("webhooks of the payment provider have a limit of their own, for each address", async () => {
  const { app, clock, request } = gatewayBeforeEchoes({ requestsPerMinute: 1 });
  const webhook = (hostname = "203.0.113.7") =>
    app.fetch(new Request(`http://gateway${WEBHOOKS}`, { method: "POST", body: "{}" }), {
      remoteAddr: { transport: "tcp", hostname, port: 1 },
    });
  for (let sent = 0; sent < WEBHOOKS_PER_MINUTE; sent++) {
    const { status, body } = await webhook();
    await body?.cancel();
    if (status !== 200) assert.fail(`${status} after ${sent}`);
  }
  const refused = await webhook();
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("Retry-After")) > 0);
  assert.equal((await refused.json()).code, "RATE_LIMITED");
  assert.equal((await webhook("203.0.113.8")).status, 200);
  assert.equal((await request("/api/user/echo")).status, 200, "other requests are counted apart");
  clock.advance(60_000);
  assert.equal((await webhook()).status, 200);
});

Deno.test("a webhook of more than 1 MiB is 413, whether the service is here or elsewhere", async () => {
  await using service = Deno.serve(
    ANY_PORT,
    (request) => echoService("booking").fetch(request, {}),
  );
  for (const urls of [{}, { booking: `http://127.0.0.1:${service.addr.port}` }]) {
    const { request } = gatewayBeforeEchoes({ urls });
    const sent = async (bytes: number) => {
      const response = await request(WEBHOOKS, { method: "POST", body: "x".repeat(bytes) });
      await response.body?.cancel();
      return response.status;
    };
    assert.deepEqual([await sent(MAX_BODY_BYTES), await sent(MAX_BODY_BYTES + 1)], [200, 413]);
  }
});

Deno.test("without a limit no RateLimit header is sent", async () => {
  const { request } = gatewayBeforeEchoes({ requestsPerMinute: 0 });
  const response = await request("/api/user/echo");
  assert.equal(response.headers.get("RateLimit-Limit"), null);
});

Deno.test("browsers of other origins may call services here and elsewhere", async () => {
  const { request } = gatewayBeforeEchoes({ urls: { search: NOWHERE } });
  for (const path of ["/api/user/echo", "/api/search/search"]) {
    const preflight = await request(path, {
      method: "OPTIONS",
      headers: { "Origin": "https://shop.example", "Access-Control-Request-Method": "PUT" },
    });
    assert.equal(preflight.status, 204, path);
    assert.equal(preflight.headers.get("Access-Control-Allow-Origin"), "*");
  }
});
