import assert from "node:assert/strict";
import { CannotRun } from "../output/mod.ts";
import { GuardedRedis, openRedis, RedisRefusing, RedisUnavailable } from "./mod.ts";
import { type OwnRedis, REDIS_SERVER, startOwnRedis } from "./testing/own_redis.ts";
import { SwitchedPort } from "./testing/switched_port.ts";

const GIVE_UP_MS = 10_000;

/** A test with a redis-server of its own. */
function withServer(guarantee: string, fn: () => Promise<void>): void {
  Deno.test({
    name: `Redis ${guarantee}`,
    ignore: REDIS_SERVER === undefined,
    sanitizeOps: true,
    sanitizeResources: true,
    fn,
  });
}

/** Tries until it works; every failed try takes a turn of the event loop. */
async function until(works: () => Promise<void>): Promise<void> {
  const giveUpMs = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return await works();
    } catch (error) {
      if (performance.now() > giveUpMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

/** Every way in which a server that answers refuses to serve, and its error text. */
const REFUSALS: Record<string, { make(server: OwnRedis): Promise<unknown>; says: RegExp }> = {
  "full": {
    make: (server) => server.command("CONFIG", "SET", "maxmemory", "1"),
    says: /^OOM /,
  },
  "a read-only replica": {
    make: (server) => server.command("REPLICAOF", "127.0.0.1", "1"),
    says: /^(?:READONLY|MASTERDOWN) /,
  },
  "protected by a password": {
    make: (server) => server.command("CONFIG", "SET", "requirepass", "s3cret"),
    says: /^NOAUTH /,
  },
  "short of replicas": {
    make: (server) => server.command("CONFIG", "SET", "min-replicas-to-write", "1"),
    says: /^NOREPLICAS /,
  },
};

for (const [state, { make, says }] of Object.entries(REFUSALS)) {
  withServer(`that is ${state} is refusing, not gone, and the log says why`, async () => {
    await using server = await startOwnRedis();
    await make(server);
    const connection = await openRedis({ kind: "tcp", url: server.url });
    await using _closing = { [Symbol.asyncDispose]: () => connection.close() };
    const refused = (error: unknown) => error instanceof RedisRefusing && says.test(error.message);
    await assert.rejects(connection.ping(), refused);
    const { client } = connection;
    await assert.rejects(client.pipeline().set("a", "1").incr("b").exec(), refused);
    await assert.rejects(client.pipeline().set("a", "1").incr("b").exec(), refused);

    const told: Record<string, unknown>[] = [];
    const warn = (message: string, fields = {}) => void told.push({ message, ...fields });
    const time = { nowMs: 0 };
    const guarded = new GuardedRedis(client, { warn, info: warn }, {
      monotonicMs: () => time.nowMs,
    });
    const tryToStore = () => guarded.attempt("store", (redis) => redis.set("a", "1"));
    for (let second = 0; second < 60; second++, time.nowMs += 1_000) {
      // A full server goes on to answer this, which does not make it usable.
      if (second > 0) await guarded.attempt("read", (redis) => redis.get("a"));
      assert.equal(await tryToStore(), undefined);
      assert.equal(guarded.available, false);
    }
    assert.deepEqual(told.map(({ message }) => message), [
      "Redis refuses to serve; going on without it",
    ]);
    assert.match(String(told[0]?.error), says);
    await tryToStore();
    assert.deepEqual(told.slice(1).map(({ for_s }) => for_s), [60], "one line a minute");
  });
}

withServer("in protected mode is refusing, not gone", async () => {
  // Loopback is never refused, so a listener says what such a server says to all others.
  const text = "-DENIED Redis is running in protected mode because protected mode is enabled\r\n";
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for await (const client of listener) {
      await client.write(new TextEncoder().encode(text)).catch(() => {});
      client.close();
    }
  })();
  const url = `redis://127.0.0.1:${listener.addr.port}`;
  const connection = await openRedis({ kind: "tcp", url });
  await until(async () => {
    await assert.rejects(connection.ping(), { name: "RedisRefusing", message: /^DENIED / });
  });
  await connection.close();
  listener.close();
  await serving;
});

withServer("that was demoted is left for the new primary, by a new connection", async () => {
  await using old = await startOwnRedis();
  await using primary = await startOwnRedis();
  await using port = new SwitchedPort(old.port);
  const url = `redis://127.0.0.1:${port.port}`;
  const connection = await openRedis({ kind: "tcp", url });
  await using _closing = { [Symbol.asyncDispose]: () => connection.close() };
  await connection.ping();

  await old.command("REPLICAOF", "127.0.0.1", String(primary.port));
  port.target = primary.port;
  await until(() => connection.ping());
  assert.match(String(await primary.command("EXISTS", "evently:probe")), /^:1/);
});

withServer("that is loading is asked again by a new connection", async () => {
  await using loading = await startOwnRedis();
  await using loaded = await startOwnRedis();
  await using port = new SwitchedPort(loading.port);
  const connection = await openRedis({ kind: "tcp", url: `redis://127.0.0.1:${port.port}` });
  await using _closing = { [Symbol.asyncDispose]: () => connection.close() };
  await connection.ping();

  // A replica that never got its data, and does not serve stale data.
  await loading.command("CONFIG", "SET", "replica-serve-stale-data", "no");
  await loading.command("REPLICAOF", "127.0.0.1", "1");
  await assert.rejects(connection.client.get("a"), { message: /^MASTERDOWN / });
  port.target = loaded.port;
  await until(() => connection.ping());
});

withServer("Cluster is refused at start, in words", async () => {
  await using server = await startOwnRedis("--cluster-enabled", "yes");
  const opening = openRedis({ kind: "tcp", url: server.url });
  await assert.rejects(
    opening,
    (error) => error instanceof CannotRun && /is a Redis Cluster/.test(error.message),
  );
});

withServer("Cluster that comes up later is refusing", async () => {
  await using single = await startOwnRedis();
  await using server = await startOwnRedis("--cluster-enabled", "yes");
  await using port = new SwitchedPort(single.port);
  const connection = await openRedis({ kind: "tcp", url: `redis://127.0.0.1:${port.port}` });
  await using _closing = { [Symbol.asyncDispose]: () => connection.close() };
  port.target = server.port;
  await port.cut();
  await until(async () => {
    await assert.rejects(connection.ping(), RedisRefusing);
  });
  await assert.rejects(connection.ping(), RedisUnavailable);
});
