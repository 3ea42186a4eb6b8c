import assert from "node:assert/strict";
import { freePort } from "../testing/mod.ts";
import { remoteBinding, type ServiceBinding } from "./binding.ts";

const EVENT = "0b0e8f1c-7a53-4c6e-9d0a-2f6f1f0c9a11";
const ADDRESSES = ["127.0.0.1", "127.0.0.2"];

/** What a caller hears of a request that is not answered. */
const LOST = "The booking service does not answer";

/** A process of a service at an address, which records what reaches it. */
function startReplica(
  { hostname, port }: { hostname: string; port: number },
  answer: (request: Request) => Response | Promise<Response> = () => new Response("ok"),
) {
  const seen: { host: string | null; method: string; text: string }[] = [];
  const server = Deno.serve({ hostname, port, onListen() {} }, async (request) => {
    if (new URL(request.url).pathname === "/healthz") return new Response();
    const { method } = request;
    seen.push({ host: request.headers.get("Host"), method, text: await request.text() });
    return await answer(request);
  });
  return { seen, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** Accepts connections at an address and breaks each off after it was sent something. */
function startBreaking({ hostname, port }: { hostname: string; port: number }) {
  const listener = Deno.listen({ hostname, port });
  let broken = 0;
  const accepting = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(4_096));
      broken++;
      connection.close();
    }
  })();
  return {
    broken: () => broken,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
    },
  };
}

/** A binding to a name with two addresses, which no probe changes. */
function bindingTo(port: number): ServiceBinding {
  return remoteBinding("booking", `http://booking:${port}`, {
    resolve: () => Promise.resolve(ADDRESSES),
    probe: () => Promise.resolve(true),
    nowMs: () => 0,
  });
}

/** Sends a request; returns the text of its answer, or of the failure. */
async function send(binding: ServiceBinding, text?: string, isIdempotent?: boolean) {
  const init = text === undefined ? {} : { method: "POST" };
  const sent = binding.fetch(new Request("http://x/a", init), { text, isIdempotent });
  return await sent.then((response) => response.text(), (error) => error.message);
}

// Clients keep their connections for as long as the process runs.
const SANITIZED = { sanitizeResources: false };

Deno.test("remoteBinding() spreads requests over all addresses of a name", SANITIZED, async () => {
  const port = await freePort();
  await using first = startReplica({ hostname: "127.0.0.1", port });
  await using second = startReplica({ hostname: "127.0.0.2", port });
  const binding = bindingTo(port);
  for (let i = 0; i < 10; i++) assert.equal(await send(binding), "ok");
  assert.deepEqual([first.seen.length, second.seen.length], [5, 5]);
  assert.equal(first.seen[0]?.host, `booking:${port}`, "a replica is called by the service's name");
});

Deno.test(
  "remoteBinding() sends all requests about an event to one replica",
  SANITIZED,
  async () => {
    const port = await freePort();
    await using first = startReplica({ hostname: "127.0.0.1", port });
    await using second = startReplica({ hostname: "127.0.0.2", port });
    const binding = bindingTo(port);
    const text = JSON.stringify({ event_id: EVENT });
    for (let i = 0; i < 6; i++) await send(binding, text);
    assert.deepEqual([first.seen.length, second.seen.length].sort(), [0, 6]);
    assert.equal([...first.seen, ...second.seen][0]?.text, text);
  },
);

Deno.test(
  "remoteBinding() asks another replica where one cannot be reached",
  SANITIZED,
  async () => {
    const port = await freePort();
    await using second = startReplica({ hostname: "127.0.0.2", port });
    const binding = bindingTo(port);
    for (let i = 0; i < 4; i++) assert.equal(await send(binding, "{}"), "ok");
    assert.equal(second.seen.length, 4);
  },
);

for (
  const [name, text, isIdempotent] of [["GET", undefined, false], [
    "a POST that may",
    "{}",
    true,
  ]] as const
) {
  Deno.test(
    `remoteBinding() sends ${name} again where a replica breaks off`,
    SANITIZED,
    async () => {
      const port = await freePort();
      await using first = startBreaking({ hostname: "127.0.0.1", port });
      await using second = startReplica({ hostname: "127.0.0.2", port });
      const binding = bindingTo(port);
      for (let i = 0; i < 4; i++) assert.equal(await send(binding, text, isIdempotent), "ok");
      assert.ok(first.broken() > 0);
      assert.equal(second.seen.length, 4);
    },
  );
}

Deno.test(
  "remoteBinding() sends no other POST again that may have arrived",
  SANITIZED,
  async () => {
    const port = await freePort();
    await using first = startBreaking({ hostname: "127.0.0.1", port });
    await using second = startReplica({ hostname: "127.0.0.2", port });
    const binding = bindingTo(port);
    const answers: string[] = [];
    for (let i = 0; i < 4; i++) answers.push(await send(binding, "{}"));
    const lost = answers.filter((answer) => answer === LOST);
    assert.equal(lost.length, 1, "it is ejected after that");
    assert.equal(first.broken(), 1);
    assert.equal(second.seen.length, 3);
  },
);

Deno.test(
  "remoteBinding() sends a request twice at most where each replica breaks off",
  SANITIZED,
  async () => {
    const port = await freePort();
    await using first = startBreaking({ hostname: "127.0.0.1", port });
    await using second = startBreaking({ hostname: "127.0.0.2", port });
    assert.equal(await send(bindingTo(port)), LOST);
    assert.deepEqual([first.broken(), second.broken()], [1, 1]);
  },
);

Deno.test(
  "remoteBinding() asks elsewhere once a replica has fallen silent",
  SANITIZED,
  async () => {
    const port = await freePort();
    const held = Promise.withResolvers<Response>();
    const asked = Promise.withResolvers<void>();
    await using _silent = startReplica(
      { hostname: "127.0.0.1", port },
      () => (asked.resolve(), held.promise),
    );
    await using second = startReplica({ hostname: "127.0.0.2", port });
    // The replica can stop then.
    using _answered = { [Symbol.dispose]: () => held.resolve(new Response()) };
    let nowMs = 0;
    const binding = remoteBinding("booking", `http://booking:${port}`, {
      resolve: () => Promise.resolve(ADDRESSES),
      probe: (replica) => Promise.resolve(replica.name !== `127.0.0.1:${port}`),
      nowMs: () => nowMs,
    });
    const answers = [send(binding), send(binding)];
    await asked.promise;
    for (let look = 0; look < 3; look++) {
      nowMs += 1_000;
      await send(binding, JSON.stringify({ event_id: EVENT }), true);
    }
    assert.deepEqual(await Promise.all(answers), ["ok", "ok"]);
    assert.ok(second.seen.length >= 2);
  },
);

Deno.test("remoteBinding() uses every URL of a list", SANITIZED, async () => {
  const ports = [await freePort(), await freePort()];
  await using first = startReplica({ hostname: "127.0.0.1", port: ports[0]! });
  await using second = startReplica({ hostname: "127.0.0.1", port: ports[1]! });
  const binding = remoteBinding("booking", ports.map((port) => `http://127.0.0.1:${port}`));
  for (let i = 0; i < 4; i++) await send(binding);
  assert.deepEqual([first.seen.length, second.seen.length], [2, 2]);
});
