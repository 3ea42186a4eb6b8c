import assert from "node:assert/strict";
import { TestAuthority } from "../../../shared/postgres/testing/certificates.ts";
import { readEndpoint } from "./endpoint.ts";
import { postWebhook } from "./post_webhook.ts";

const BODY = JSON.stringify({ name: "Größe" });
const HEADERS = { "webhook-id": "1" };

/** A server with a certificate for `hooks.example.com`, and an endpoint of that name on its port. */
async function serve(handler: (request: Request) => Response | Promise<Response>) {
  const directory = await Deno.makeTempDir();
  const authority = await TestAuthority.create(directory);
  const { certificate: cert, key } = await authority.issue("DNS:hooks.example.com");
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, cert, key, onListen: () => {} },
    handler,
  );
  const post = (name = "hooks.example.com", options: { limitMs?: number; ca?: string } = {}) =>
    postWebhook({
      endpoint: readEndpoint(`https://${name}:${server.addr.port}/a?b=c`, { allowLoopback: false }),
      address: "127.0.0.1",
      headers: HEADERS,
      body: BODY,
      ca: authority.certificate,
      ...options,
    });
  return {
    post,
    port: server.addr.port,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

Deno.test("postWebhook() connects to the address, under the name of the endpoint", async () => {
  let seen: unknown;
  await using served = await serve(async (request) => {
    const { headers, method, url } = request;
    const names = ["host", "webhook-id", "content-type"];
    const { pathname, search } = new URL(url);
    seen = {
      method,
      path: pathname + search,
      headers: names.map((name) => headers.get(name)),
      body: await request.text(),
    };
    return new Response("thanks");
  });
  assert.deepEqual(await served.post(), { status: 200, start: "thanks" });
  assert.deepEqual(seen, {
    method: "POST",
    path: "/a?b=c",
    headers: [`hooks.example.com:${served.port}`, "1", "application/json"],
    body: BODY,
  });
});

Deno.test("postWebhook() refuses the certificate of another name, and of no authority", async () => {
  let requests = 0;
  await using served = await serve(() => {
    requests++;
    return new Response();
  });
  await assert.rejects(() => served.post("other.example.com"), /altnames|certificate/i);
  const directory = await Deno.makeTempDir();
  const another = await TestAuthority.create(directory);
  await assert.rejects(() => served.post("hooks.example.com", { ca: another.certificate }));
  await Deno.remove(directory, { recursive: true });
  assert.equal(requests, 0);
});

Deno.test("postWebhook() answers a redirect with its own status", async () => {
  const paths: string[] = [];
  await using served = await serve((request) => {
    const { pathname } = new URL(request.url);
    paths.push(pathname);
    if (pathname !== "/a") return new Response("secret");
    return new Response("gone there", { status: 302, headers: { location: "/secret" } });
  });
  assert.deepEqual(await served.post(), { status: 302, start: "gone there" });
  assert.deepEqual(paths, ["/a"]);
});

Deno.test("postWebhook() keeps the first bytes of an answer and stops reading an endless one", async () => {
  await using served = await serve(() => {
    const chunk = new TextEncoder().encode("x\0".repeat(2_048));
    return new Response(new ReadableStream({ pull: (to) => to.enqueue(chunk) }));
  });
  const { start } = await served.post();
  assert.equal(start, "x\uFFFD".repeat(256));
});

Deno.test("postWebhook() gives up on an endpoint that does not answer, or never ends its answer", async () => {
  const ended = Promise.withResolvers<void>();
  await using served = await serve(async (request) => {
    request.signal.addEventListener("abort", () => ended.resolve());
    await ended.promise;
    return new Response();
  });
  await assert.rejects(() => served.post(undefined, { limitMs: 100 }), /within 100 ms/);
  ended.resolve();
  await using trickling = await serve(() =>
    new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(1)) }))
  );
  await assert.rejects(() => trickling.post(undefined, { limitMs: 300 }), /within 300 ms/);
});
