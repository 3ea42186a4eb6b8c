import assert from "node:assert/strict";
import { sendRaw } from "@evently/shared/testing";
import { startTestPlatform, type TestPlatform } from "./platform.ts";

/** Parses the JSON of a response body, chunked or not. */
function jsonOf(body: string): Record<string, unknown> {
  return JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1));
}

async function eventOnSale(platform: TestPlatform): Promise<string> {
  const { body } = await platform.call("GET", "/api/event/events");
  const isLeft = ({ available_seats }: { available_seats: number }) => available_seats > 0;
  return body.events.find(isLeft).event_id;
}

Deno.test("a malformed Host is 400 in the error envelope and never changes the route", async () => {
  await using platform = await startTestPlatform();
  const eventId = await eventOnSale(platform);
  const malformed = [
    `x/api/event/events/${eventId}?`,
    `x/api/event/events/${eventId}#`,
    "x/",
    "x?",
    "x#",
    "user@x",
    "user:password@x",
    "a b",
    "a,b",
    "a\\b",
    "a%2fb",
    "a<b>",
    "\xff\xfe",
    "[::zz]",
    "[::1",
    "::1",
    "x:",
    "x:port",
    "x:99999",
    "x:80:80",
    "999.1.1.1",
    "a".repeat(300),
  ];
  for (const host of malformed) {
    for (const target of ["/x", "/", "/api/event/events", "/health"]) {
      const answer = await sendRaw(platform.port, [
        `GET ${target} HTTP/1.1`,
        `Host: ${host}`,
        "Connection: close",
      ]);
      assert.equal(answer.status, 400, `${target} ${host}`);
      const { error, code, request_id } = jsonOf(answer.body);
      assert.deepEqual([error, code], ["The Host of the request is malformed", "INVALID_HOST"]);
      assert.equal(request_id, answer.headers.get("X-Request-ID"));
    }
  }
});

Deno.test("only the request target selects the route, in every form of target and Host", async () => {
  await using platform = await startTestPlatform();
  const eventId = await eventOnSale(platform);
  const event = `/api/event/events/${eventId}`;
  const statusOf = async (requestLine: string, ...fields: string[]) => {
    const { status } = await sendRaw(platform.port, [requestLine, ...fields, "Connection: close"]);
    return status;
  };
  for (const host of ["x", "X.example:8000", "a_b", "127.0.0.1:1", "[::1]", "[2001:DB8::1]:80"]) {
    assert.equal(await statusOf(`GET ${event} HTTP/1.1`, `Host: ${host}`), 200, host);
    assert.equal(await statusOf("GET /x HTTP/1.1", `Host: ${host}`), 404, host);
  }
  assert.equal(await statusOf(`GET ${event} HTTP/1.0`), 200);
  assert.equal(await statusOf(`GET ${event} HTTP/1.1`, "Host:"), 200);
  assert.equal(await statusOf(`GET http://other.example${event} HTTP/1.1`, "Host: x"), 200);
  assert.equal(await statusOf("GET http://other.example/x HTTP/1.1", "Host: x"), 404);
  assert.equal(await statusOf(`GET http://u:p@other.example${event} HTTP/1.1`, "Host: x"), 400);
  assert.equal(await statusOf(`GET http://other.example${event} HTTP/1.1`, "Host: x/y"), 400);
  assert.equal(await statusOf(`GET http://other.example?q=${event} HTTP/1.1`, "Host: x"), 400);
  assert.equal(await statusOf(`GET ftp://other.example${event} HTTP/1.1`, "Host: x"), 400);
  assert.equal(await statusOf(`GET /${event} HTTP/1.1`, "Host: x"), 404);
  assert.equal(await statusOf(`GET ${event} HTTP/1.1`, "Host: x", "Host: y"), 400);
});

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO"];
const UUID = "00000000-0000-4000-8000-000000000000";

/** Pages of the gateway that the OpenAPI document does not list. */
const OWN_PAGES = ["/", "/health", "/healthz", "/health/ready", "/openapi.json", "/docs"];

Deno.test("every route returns 405 with Allow for other methods, without a token", async () => {
  await using platform = await startTestPlatform();
  const { body: document } = await platform.call("GET", "/openapi.json");
  const routes = Object.entries(document.paths as Record<string, Record<string, unknown>>)
    .map(([path, item]) => [path.replaceAll(/\{\w+\}/g, UUID), Object.keys(item)] as const);
  assert.ok(routes.length > 30, `${routes.length} paths`);
  const own = OWN_PAGES.map((path) => [path, ["get"]] as const);
  for (const [path, operations] of [...routes, ...own]) {
    const offered = operations.map((operation) => operation.toUpperCase())
      .filter((method) => METHODS.includes(method));
    const allowed = new Set([...offered, "OPTIONS", ...offered.includes("GET") ? ["HEAD"] : []]);
    const allow = [...allowed].sort().join(", ");
    for (const method of METHODS) {
      if (allowed.has(method)) continue;
      const { status, headers, body } = await sendRaw(platform.port, [
        `${method} ${path} HTTP/1.1`,
        "Host: x",
        "Connection: close",
      ]);
      assert.deepEqual([status, headers.get("Allow")], [405, allow], `${method} ${path}`);
      if (method !== "HEAD") assert.equal(jsonOf(body).code, "METHOD_NOT_ALLOWED");
    }
    const asked = await sendRaw(platform.port, [
      `OPTIONS ${path} HTTP/1.1`,
      "Host: x",
      "Connection: close",
    ]);
    assert.deepEqual([asked.status, asked.headers.get("Allow")], [204, allow], `OPTIONS ${path}`);
  }
});

Deno.test("OPTIONS * is 204, OPTIONS of an unknown path and CONNECT are 404", async () => {
  await using platform = await startTestPlatform();
  const statusOf = async (requestLine: string) =>
    (await sendRaw(platform.port, [requestLine, "Host: x", "Connection: close"])).status;
  assert.equal(await statusOf("OPTIONS * HTTP/1.1"), 204);
  assert.equal(await statusOf("OPTIONS /x HTTP/1.1"), 404);
  assert.equal(await statusOf("OPTIONS /api/event/x HTTP/1.1"), 404);
  assert.equal(await statusOf("CONNECT x:80 HTTP/1.1"), 404);
});

Deno.test("rate limit headers of a reservation name the refusing or the tightest limit", async () => {
  await using platform = await startTestPlatform({
    BOOKING_RATE_LIMIT_PER_MINUTE: "1",
    GATEWAY_RATE_LIMIT_PER_MINUTE: "100",
  });
  const token = await platform.logIn("user1@example.com");
  const eventId = await eventOnSale(platform);
  const reserve = async () => {
    const body = { event_id: eventId, quantity: 1, idempotency_key: crypto.randomUUID() };
    const answer = await platform.call("POST", "/api/booking/reserve", { token, body });
    return [
      answer.status,
      answer.headers.get("RateLimit-Limit"),
      answer.headers.get("RateLimit-Remaining"),
    ];
  };
  let answers = [await reserve(), await reserve()];
  // A new minute may begin between the calls.
  if (answers[1]![0] === 200) answers = [answers[1]!, await reserve()];
  assert.deepEqual(answers, [[200, "1", "0"], [429, "1", "0"]]);
});
