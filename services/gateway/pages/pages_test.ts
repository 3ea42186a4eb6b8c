import assert from "node:assert/strict";
import { echoService, gatewayBeforeEchoes } from "../testing/echoes.ts";
import { curlOf, EXAMPLES } from "./examples.ts";

const NOWHERE = "http://127.0.0.1:1";

Deno.test("GET /health says healthy, in text", async () => {
  const response = await gatewayBeforeEchoes().request("/health");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("Content-Type") ?? "", /^text\/plain/);
  assert.equal(await response.text(), "healthy\n");
});

Deno.test("GET /health/ready is 503 and names the service that does not answer", async () => {
  const whole = await gatewayBeforeEchoes().request("/health/ready");
  assert.equal(whole.status, 200);
  const broken = await gatewayBeforeEchoes({ urls: { event: NOWHERE } }).request("/health/ready");
  assert.deepEqual([broken.status, broken.headers.get("Retry-After")], [503, "1"]);
  assert.deepEqual((await broken.json()).services, {
    user: "ready",
    event: "not ready",
    search: "ready",
    booking: "ready",
  });
});

Deno.test("GET /health/ready is 200 and names the service that is degraded", async () => {
  await using search = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => echoService("search", { status: "degraded" }).fetch(request, {}),
  );
  const urls = { search: `http://127.0.0.1:${search.addr.port}` };
  const answer = await gatewayBeforeEchoes({ urls }).request("/health/ready");
  assert.equal(answer.status, 200);
  const { status, services } = await answer.json();
  assert.deepEqual([status, services.search, services.event], ["degraded", "degraded", "ready"]);
});

Deno.test("GET / lists the endpoints for programs, with examples on the address that was called", async () => {
  const { request } = gatewayBeforeEchoes();
  for (const accept of ["*/*", "application/json"]) {
    const listing = await (await request("/", { headers: { Accept: accept } })).json();
    assert.equal(listing.endpoints.length, EXAMPLES.length);
    assert.match(listing.endpoints[0].example, /^curl 'http:\/\/gateway\/health'$/);
  }
  const said = { headers: { "X-Forwarded-Proto": "https" } };
  const claimed = await request("/", said);
  assert.equal((await claimed.json()).docs, "http://gateway/docs");
  const behind = gatewayBeforeEchoes({ trustedProxies: ["10.0.0.9"] });
  const secure = await behind.request("/", said, "10.0.0.9");
  assert.equal((await secure.json()).docs, "https://gateway/docs");
});

Deno.test("GET / is a page for browsers, and leads on to the reference", async () => {
  const response = await gatewayBeforeEchoes().request("/", {
    headers: { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" },
  });
  const page = await response.text();
  assert.match(page, /<a href="\/docs">/);
  assert.match(page, /user1@example\.com/);
  assert.equal(response.headers.get("Vary")?.includes("Accept"), true);
});

Deno.test("an example is one command line that a shell takes", () => {
  const line = curlOf(
    { method: "POST", path: "/x", does: "", body: { a: 1 }, token: true },
    "http://h",
  );
  assert.equal(
    line,
    `curl -X POST 'http://h/x' -H "Authorization: Bearer $TOKEN" ` +
      `-H 'Content-Type: application/json' -d '{"a":1}'`,
  );
});

Deno.test("the reference is a page and a script of our own, which the browser may not leave", async () => {
  const { request } = gatewayBeforeEchoes();
  const page = await request("/docs");
  const text = await page.text();
  assert.match(page.headers.get("Content-Security-Policy") ?? "", /default-src 'self'/);
  assert.equal(/(?:src|href)="(?!\/)/.test(text), false);
  const path = /<script src="([^"]+)"/.exec(text)?.[1];
  assert.ok(path);
  const script = await request(path);
  assert.match(script.headers.get("Content-Type") ?? "", /javascript/);
  assert.match(await script.text(), /createApiReference/);
});
