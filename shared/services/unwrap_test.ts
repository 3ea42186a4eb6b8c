import assert from "node:assert/strict";
import { Unavailable } from "../errors/mod.ts";
import type { paths } from "../client/user.ts";
import { remoteBinding, type ServiceBinding } from "./binding.ts";
import { serviceClient } from "./service_client.ts";
import { ServiceRefusal, unwrap } from "./unwrap.ts";

/** The outcome of a call that the user service answers with a response. */
function outcomeOf(response: Response) {
  const binding: ServiceBinding = {
    service: "user",
    local: true,
    fetch: () => Promise.resolve(response),
  };
  return serviceClient<paths>(binding).GET("/healthz");
}

function answer(status: number, body: unknown) {
  return outcomeOf(Response.json(body, { status }));
}

Deno.test("unwrap() gives the body of a success", async () => {
  assert.deepEqual(await unwrap(answer(200, { a: 1 })), { a: 1 });
});

Deno.test("unwrap() hands on a refusal with its code and text", async () => {
  await assert.rejects(unwrap(answer(409, { error: "stale", code: "STALE_VERSION" })), (error) => {
    assert.ok(error instanceof ServiceRefusal);
    assert.deepEqual([error.code, error.message, error.status], ["STALE_VERSION", "stale", 409]);
    return true;
  });
});

Deno.test("unwrap() turns a failure into UNAVAILABLE, and tells nothing of it", async () => {
  await assert.rejects(unwrap(answer(500, { error: "SELECT secret" })), (error) => {
    assert.ok(error instanceof Unavailable);
    assert.equal(error.message, "Service temporarily unavailable");
    return true;
  });
});

Deno.test("unwrap() turns a body that breaks off into UNAVAILABLE", async () => {
  const body = new ReadableStream({
    pull: (controller) => controller.error(new Error("connection reset")),
  });
  await assert.rejects(unwrap(outcomeOf(new Response(body))), Unavailable);
});

Deno.test("remoteBinding() streams a body: its deadline ends with the headers", async () => {
  const events = new TransformStream<string, string>();
  const writer = events.writable.getWriter();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(events.readable.pipeThrough(new TextEncoderStream())),
  );
  let stopped = false;
  const binding = remoteBinding("event", `http://127.0.0.1:${server.addr.port}`, {
    startTimer: () => () => stopped = true,
  });
  void writer.write("data: 1\n\n");
  const response = await binding.fetch(new Request("http://x/events"));
  assert.ok(stopped, "the deadline runs on while the body streams");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, "data: 1\n\n");
  void writer.write("data: 2\n\n").then(() => writer.close());
  assert.equal((await reader.read()).value, "data: 2\n\n");
  assert.ok((await reader.read()).done);
});

Deno.test("remoteBinding() gives up on a service that sends no headers in time", async () => {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<Response>();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => (asked.resolve(), held.promise),
  );
  const binding = remoteBinding("event", `http://127.0.0.1:${server.addr.port}`, {
    startTimer: (onTimeout) => (void asked.promise.then(onTimeout), () => {}),
  });
  await assert.rejects(binding.fetch(new Request("http://x/events")), Unavailable);
  held.resolve(new Response());
});

Deno.test("a remote service that is not there is UNAVAILABLE", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const binding = remoteBinding("event", `http://127.0.0.1:${port}`);
  await assert.rejects(binding.fetch(new Request("http://x/healthz")), Unavailable);
});

Deno.test("a remote service is reached by the hop's path, with the request's id, method and body", async () => {
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) =>
      Response.json({
        path: new URL(request.url).pathname + new URL(request.url).search,
        id: request.headers.get("X-Request-ID"),
        method: request.method,
        body: await request.text(),
      }),
  );
  const binding = remoteBinding("event", `http://127.0.0.1:${server.addr.port}/`);
  const request = new Request("http://x/api/event/events?q=1", { method: "POST", body: "hi" });
  const response = await binding.fetch(request, { path: "/api/v1/events", requestId: "r-1" });
  assert.deepEqual(await response.json(), {
    path: "/api/v1/events?q=1",
    id: "r-1",
    method: "POST",
    body: "hi",
  });
});

for (const [what, reason] of [["is not there", /refused/], ["breaks off", /closed/]] as const) {
  Deno.test(`that a remote service ${what} is told without the URL, which may hold a secret`, async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const breaking = what === "breaks off" && listener.accept().then(async (connection) => {
      await connection.read(new Uint8Array(4_096));
      connection.close();
    });
    if (!breaking) listener.close();
    const binding = remoteBinding("booking", `http://127.0.0.1:${port}`);
    const failing = binding.fetch(new Request("http://x/api/v1/tickets/s3cret?token=s3cret"));
    const error = await failing.then(() => undefined, (error) => error);
    if (await breaking !== false) listener.close();
    assert.match(String(error.cause?.message), reason);
    assert.doesNotMatch(Deno.inspect(error, { depth: 10 }), /s3cret/);
  });
}
