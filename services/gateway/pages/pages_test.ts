import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { echoService, gatewayBeforeEchoes } from "../testing/world.ts";
import { SEED_ACCOUNTS } from "../seed_accounts.ts";
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

Deno.test("GET /health/ready asks the services once for all probes that come at once", async () => {
  let asked = 0;
  await using search = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      asked++;
      return echoService("search").fetch(request, {});
    },
  );
  const { request } = gatewayBeforeEchoes({
    urls: { search: `http://127.0.0.1:${search.addr.port}` },
  });
  const probes = await Promise.all(Array.from({ length: 20 }, () => request("/health/ready")));
  assert.ok(probes.every(({ status }) => status === 200));
  assert.equal(asked, 1);
  assert.equal((await request("/health/ready")).status, 200);
  assert.equal(asked, 2, "the next probe asks anew");
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

Deno.test("GET / shows no seeded account in production", async () => {
  const { request } = gatewayBeforeEchoes({ environment: "production" });
  const text = await (await request("/")).text();
  assert.match(text, /api\/user\/auth\/login/);
  for (const { email, password } of SEED_ACCOUNTS) {
    assert.ok(!text.includes(email) && !text.includes(password), email);
  }
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

Deno.test("GET / has links of its own address where that is known, of a sane host else, and then for this client alone", async () => {
  const known = gatewayBeforeEchoes({ publicUrl: "https://tickets.example/shop" });
  const listed = await known.request("/");
  assert.equal((await listed.json()).docs, "https://tickets.example/shop/docs");
  assert.equal(listed.headers.get("Cache-Control"), null);
  const guessed = await gatewayBeforeEchoes().request("/");
  assert.equal((await guessed.json()).docs, "http://gateway/docs");
  assert.equal(guessed.headers.get("Cache-Control"), "no-store");
});

Deno.test("a page may load what is its own, and an inline text only as it was written", async () => {
  const { request } = gatewayBeforeEchoes();
  for (const path of ["/docs"]) {
    const response = await request(path, { headers: { Accept: "text/html" } });
    const page = await response.text();
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /script-src[^;]*'unsafe/);
    assert.equal(/(?:src|href)="(?!\/)/.test(page), false);
    assert.match(page, /<link rel="icon" href="\/favicon.svg"/);
    for (const [, kind, text] of page.matchAll(/<(style|script)>([^]*?)<\/\1>/g)) {
      const digest = createHash("sha256").update(text!).digest("base64");
      assert.match(policy, new RegExp(`${kind}-src[^;]*'sha256-${RegExp.escape(digest)}'`));
    }
  }
});

Deno.test("the icon is where pages say it is, and where browsers look by themselves", async () => {
  const { request } = gatewayBeforeEchoes();
  for (const path of ["/favicon.svg", "/favicon.ico"]) {
    const response = await request(path);
    assert.equal(response.headers.get("Content-Type"), "image/svg+xml");
    assert.match(await response.text(), /^<svg /);
  }
});

Deno.test("the reference's script is ours, sent packed to those who unpack, and not again to those who have it", async () => {
  const { request } = gatewayBeforeEchoes();
  const page = await (await request("/docs")).text();
  assert.match(page, /"persistAuth":false/);
  const path = /<script src="([^"]+)"/.exec(page)?.[1];
  assert.ok(path);
  const plain = await request(path);
  const script = await plain.text();
  assert.match(plain.headers.get("Content-Type") ?? "", /javascript/);
  assert.match(script, /createApiReference/);
  assert.equal(plain.headers.get("Content-Encoding"), null);
  assert.match(plain.headers.get("Vary") ?? "", /Accept-Encoding/);

  const packed = await request(path, { headers: { "Accept-Encoding": "br, gzip" } });
  assert.equal(packed.headers.get("Content-Encoding"), "gzip");
  const bytes = await packed.bytes();
  assert.ok(bytes.length < script.length / 3, `${bytes.length} of ${script.length}`);
  assert.equal(gunzipSync(bytes).toString(), script);

  const etag = plain.headers.get("ETag") ?? "";
  assert.equal(packed.headers.get("ETag"), etag);
  for (const known of [etag, etag.replace("W/", ""), `"x", ${etag}`, "*"]) {
    const again = await request(path, { headers: { "If-None-Match": known } });
    assert.deepEqual([again.status, await again.text()], [304, ""], known);
    assert.equal(again.headers.get("ETag"), etag);
  }
  const older = await request(path, { headers: { "If-None-Match": '"older"' } });
  assert.equal(older.status, 200);
  await older.body?.cancel();
});
