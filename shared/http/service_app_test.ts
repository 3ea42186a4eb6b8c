import assert from "node:assert/strict";
import { createRoute, z } from "@hono/zod-openapi";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { DomainError, Unavailable } from "../errors/mod.ts";
import { createLogger } from "../log.ts";
import { REFUSALS, REQUESTS } from "../metrics/mod.ts";
import { json, jsonBody } from "./schemas.ts";
import { queryText, requiredText } from "./text_schemas.ts";
import { createRoutes, createServiceApp, MAX_BODY_BYTES } from "./service_app.ts";
import { TrustedProxies } from "./trusted_proxies.ts";

function createTestApp() {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", write: (line) => lines.push(line) });
  const app = createServiceApp({ log, corsOrigins: ["https://shop.example"] }, "test");
  const echo = createRoute({
    method: "post",
    path: "/echo",
    request: { body: jsonBody(z.object({ name: requiredText("name") })) },
    responses: { 200: json(z.object({ name: z.string() })) },
  });
  app.route(
    "/",
    createRoutes().openapi(echo, (c) => c.json({ name: c.req.valid("json").name }, 200)),
  );
  app.get("/crash", () => {
    throw new Error("secret: SELECT password FROM users");
  });
  app.get("/conflict", () => {
    throw new DomainError("STALE_VERSION", "admin");
  });
  app.get("/gone", () => {
    throw new Unavailable("The event service does not answer", {
      cause: new Error("ECONNREFUSED"),
    });
  });
  app.get("/forwarded", () => Response.json({}, { headers: { Vary: "Origin" } }));
  const entries = () => lines.map((line) => JSON.parse(line));
  return { app, entries };
}

Deno.test("service app refuses a body that is not UTF-8", async () => {
  const { app } = createTestApp();
  const encoder = new TextEncoder();
  const body = new Uint8Array([
    ...encoder.encode('{"name":"'),
    ...[0xed, 0xa0, 0x80],
    ...encoder.encode('"}'),
  ]);
  const json = { "Content-Type": "application/json" };
  const requests = [
    post(body, { ...json, "Content-Length": String(body.length) }),
    post(new Blob([body]).stream(), { ...json, "Transfer-Encoding": "chunked" }),
  ];
  for (const init of requests) {
    const response = await app.request("/echo", init);
    const { error, code } = await response.json();
    assert.deepEqual(
      [response.status, error, code],
      [400, "Invalid JSON in request body: it is not UTF-8", "INVALID_JSON"],
    );
  }
});

Deno.test("service app names a query field that is not UTF-8 and accepts a lone %", async () => {
  const { app } = createTestApp();
  const list = createRoute({
    method: "get",
    path: "/list",
    request: { query: z.object({ q: queryText("q").optional() }) },
    responses: { 200: json(z.object({ q: z.string().optional() })) },
  });
  app.openapi(list, (c) => c.json(c.req.valid("query"), 200));
  const message = "q must be percent-encoded UTF-8";
  for (const query of ["q=%ED%A0%80", "a=%C3%BC&q=%FC", "q=%C3%BC%E2%82"]) {
    const response = await app.request(`/list?${query}`);
    const { error, details } = await response.json();
    assert.deepEqual(
      [response.status, error, details],
      [400, message, [{ path: "q", message }]],
      query,
    );
  }
  const found = await app.request("/list?q=100%+m%C3%BC");
  assert.deepEqual(await found.json(), { q: "100% mü" });
});

function post(
  body: BodyInit | null,
  headers: Record<string, string> = { "Content-Type": "application/json" },
) {
  return { method: "POST", body, headers };
}

Deno.test("service app hides unknown errors from clients and logs them in full", async () => {
  const { app, entries } = createTestApp();
  const response = await app.request("/crash");
  assert.equal(response.status, 500);
  const body = await response.json();
  assert.deepEqual(Object.keys(body), ["error", "code", "request_id"]);
  assert.equal(body.error, "Internal server error");
  const entry = entries().find(({ message }) => message === "request failed");
  assert.match(entry.error.message, /secret/);
  assert.equal(entry.request_id, body.request_id);
});

Deno.test("service app maps a domain error to the catalogue's status and Retry-After", async () => {
  const { app } = createTestApp();
  const conflict = await app.request("/conflict");
  assert.equal(conflict.status, 409);
  assert.equal((await conflict.json()).code, "STALE_VERSION");
  const gone = await app.request("/gone");
  assert.equal(gone.status, 503);
  assert.equal(gone.headers.get("Retry-After"), "1");
  assert.ok(!(await gone.text()).includes("ECONNREFUSED"));
});

Deno.test("service app returns 503 for a temporary database error and logs no stack", async () => {
  await using database = await createEmptyTestDatabase();
  const { app, entries } = createTestApp();
  app.get("/full", async () => {
    await database.sql`DO $$ BEGIN RAISE 'no space on /data' USING ERRCODE = '53100'; END $$`;
    throw new Error("the statement did not raise");
  });
  const response = await app.request("/full");
  assert.deepEqual([response.status, response.headers.get("Retry-After")], [503, "1"]);
  assert.equal((await response.json()).error, "Service temporarily unavailable");
  const [entry, ...more] = entries();
  assert.deepEqual(more, []);
  assert.deepEqual([entry.status, entry.cause], [503, "no space on /data"]);
});

Deno.test("service app logs each request once, with the id that the client receives", async () => {
  const { app, entries } = createTestApp();
  const response = await app.request("/echo", post('{"name":"x"}'));
  await response.body?.cancel();
  const [entry, ...more] = entries();
  assert.deepEqual(more, []);
  assert.equal(entry.request_id, response.headers.get("X-Request-ID"));
  assert.equal(entry.status, 200);
});

Deno.test("service app logs successful internal requests at level debug", async () => {
  const { app, entries } = createTestApp();
  app.get("/internal/changes", (c) => c.body(null, 204));
  await app.request("/internal/changes");
  await (await app.request("/internal/unknown")).body?.cancel();
  await (await app.request("/unknown")).body?.cancel();
  assert.deepEqual(
    entries().map(({ level, status }) => [level, status]),
    [["debug", 204], ["info", 404], ["info", 404]],
  );
});

Deno.test("service app keeps a well-formed request id and replaces any other", async () => {
  const { app } = createTestApp();
  const idFor = async (id: string) => {
    const response = await app.request("/conflict", { headers: { "X-Request-ID": id } });
    await response.body?.cancel();
    return response.headers.get("X-Request-ID");
  };
  assert.equal(await idFor("client-7:a.b"), "client-7:a.b");
  for (const malformed of ["with space", "x".repeat(129), "<script>"]) {
    assert.notEqual(await idFor(malformed), malformed);
  }
});

Deno.test("service app refuses malformed, mistyped and oversized bodies in the envelope", async () => {
  const { app } = createTestApp();
  const cases = [
    [post("{"), 400, "INVALID_JSON", "Invalid JSON in request body"],
    [post(""), 400, "INVALID_JSON", "Invalid JSON in request body"],
    [post('"text"'), 400, "VALIDATION_FAILED", "Request body must be a JSON object"],
    [post("{}"), 400, "VALIDATION_FAILED", "name is required"],
    [
      post('{"name":"x"}', { "Content-Type": "text/plain" }),
      400,
      "INVALID_JSON",
      "Invalid JSON: the Content-Type must be application/json",
    ],
    [
      post(JSON.stringify({ name: "x".repeat(MAX_BODY_BYTES) })),
      413,
      "PAYLOAD_TOO_LARGE",
      "Request body is too large",
    ],
  ] as const;
  for (const [init, status, code, error] of cases) {
    const response = await app.request("/echo", init);
    const body = await response.json();
    assert.deepEqual([response.status, body.code, body.error], [status, code, error]);
  }
});

Deno.test("service app requires a body even if all its fields are optional", async () => {
  const { app } = createTestApp();
  const change = createRoute({
    method: "put",
    path: "/thing",
    request: { body: jsonBody(z.object({ name: z.string().optional() })) },
    responses: { 200: json(z.object({})) },
  });
  app.route("/", createRoutes().openapi(change, (c) => c.json({}, 200)));
  const put = async (init: RequestInit) => {
    const response = await app.request("/thing", { method: "PUT", ...init });
    return [response.status, (await response.json()).error];
  };
  const missingBody = [400, "Invalid JSON: the request has no body"];
  assert.deepEqual(await put({}), missingBody);
  assert.deepEqual(await put({ headers: { "Content-Length": "0" } }), missingBody);
  assert.deepEqual(
    await put({ body: new Blob([]).stream() }),
    missingBody,
    "as Deno.serve represents an empty body",
  );
  const empty = { headers: { "Content-Type": "application/json" }, body: "{}" };
  assert.deepEqual(await put(empty), [200, undefined]);
});

Deno.test("service app reads a body without a content type, or from curl -d, as JSON", async () => {
  const { app } = createTestApp();
  const bare = new TextEncoder().encode('{"name":"x"}');
  const length = { "Content-Length": String(bare.length) };
  const form = { ...length, "Content-Type": "application/x-www-form-urlencoded" };
  for (const init of [post(bare, length), post(bare, form)]) {
    const response = await app.request("/echo", init);
    assert.deepEqual(await response.json(), { name: "x" });
  }
});

Deno.test("service app returns 404 for an unknown path, 405 for a wrong method", async () => {
  const { app } = createTestApp();
  const unknown = await app.request("/nothing");
  assert.deepEqual([unknown.status, (await unknown.json()).code], [404, "NOT_FOUND"]);
  const wrong = await app.request("/echo");
  assert.deepEqual([wrong.status, wrong.headers.get("Allow")], [405, "OPTIONS, POST"]);
  await wrong.body?.cancel();
});

Deno.test("service app allows browser calls from configured origins only", async () => {
  const { app } = createTestApp();
  const allowFor = async (origin: string) => {
    const response = await app.request("/conflict", { headers: { Origin: origin } });
    await response.body?.cancel();
    return response.headers.get("Access-Control-Allow-Origin");
  };
  assert.equal(await allowFor("https://shop.example"), "https://shop.example");
  assert.equal(await allowFor("https://evil.example"), null);
});

Deno.test("service app names the allowed origin and varies responses by it", async () => {
  const { app } = createTestApp();
  const shop = { Origin: "https://shop.example" };
  const json = { "Content-Type": "application/json" };
  const cases: [path: string, init: RequestInit, allowed: string | null, vary: string | null][] = [
    ["/echo", post('{"name":"x"}', { ...json, ...shop }), "https://shop.example", "Origin"],
    ["/echo", post('{"name":"x"}', json), null, null],
    ["/conflict", { headers: shop }, "https://shop.example", "Origin"],
    ["/conflict", {}, null, "Origin"],
    ["/forwarded", {}, null, "Origin"],
  ];
  for (const [path, init, allowed, vary] of cases) {
    const { headers, body } = await app.request(path, init);
    await body?.cancel();
    assert.equal(headers.get("Access-Control-Allow-Origin"), allowed);
    assert.equal(headers.get("Vary"), vary);
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
  }
});

Deno.test("service app forbids caching of authorised responses by default", async () => {
  const { app } = createTestApp();
  app.get("/mine", (c) => c.json({}));
  app.get("/fixed", (c) => c.json({}, 200, { "Cache-Control": "private, max-age=60" }));
  const cacheControlFor = async (path: string, headers: Record<string, string>) => {
    const response = await app.request(path, { headers });
    await response.body?.cancel();
    return response.headers.get("Cache-Control");
  };
  const token = { Authorization: "Bearer t" };
  assert.equal(await cacheControlFor("/mine", token), "no-store");
  assert.equal(await cacheControlFor("/conflict", token), "no-store");
  assert.equal(await cacheControlFor("/mine", {}), null);
  assert.equal(await cacheControlFor("/fixed", token), "private, max-age=60");
});

Deno.test("service app sends HSTS only for requests over TLS", async () => {
  const { app } = createTestApp();
  const hstsFor = async (
    url: string,
    { headers = {}, from = "203.0.113.1" }: { headers?: Record<string, string>; from?: string } =
      {},
  ) => {
    const response = await app.request(url, { headers }, {
      remoteAddr: { transport: "tcp", hostname: from, port: 1 },
      trustedProxies: new TrustedProxies(["10.0.0.9"]),
    });
    await response.body?.cancel();
    return response.headers.get("Strict-Transport-Security");
  };
  assert.equal(await hstsFor("http://api.example/conflict"), null);
  assert.match(await hstsFor("https://api.example/conflict") ?? "", /^max-age=\d+/);
  const headers = { "X-Forwarded-Proto": "https" };
  assert.equal(await hstsFor("http://api.example/conflict", { headers }), null);
  assert.match(
    await hstsFor("http://api.example/conflict", { headers, from: "10.0.0.9" }) ?? "",
    /^max-age=\d+/,
  );
});

Deno.test("service app routes by the path of a hop instead of the request's path", async () => {
  const { app } = createTestApp();
  const request = new Request("http://gateway/api/x/echo", post('{"name":"x"}'));
  const response = await app.fetch(request, { path: "/echo", requestId: "from-gateway" });
  assert.equal(response.headers.get("X-Request-ID"), "from-gateway");
  assert.deepEqual(await response.json(), { name: "x" });
});

Deno.test("requests are counted by route pattern and status, refusals by code", async () => {
  const { app } = createTestApp();
  app.get("/tickets/:code", () => Response.json({}));
  const requests = (route: string, status: string) =>
    REQUESTS.countOf({ service: "test", route, status });
  const before = [requests("/tickets/:code", "2xx"), requests("unknown", "4xx")];
  const notFound = REFUSALS.countOf({ code: "NOT_FOUND" });
  await app.request("/tickets/a-secret-code");
  await app.request("/tickets/another-secret-code");
  await app.request("/no-such-route/a-secret-code");
  const after = [requests("/tickets/:code", "2xx"), requests("unknown", "4xx")];
  assert.deepEqual(after, [before[0]! + 2, before[1]! + 1]);
  assert.equal(REFUSALS.countOf({ code: "NOT_FOUND" }), notFound + 1);
  for (const { labels } of REQUESTS.samples()) assert.doesNotMatch(labels.route, /secret/);
});
