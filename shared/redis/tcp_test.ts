import assert from "node:assert/strict";
import { openRedis, type RedisConnection, RedisUnavailable } from "./mod.ts";
import { randomPrefix, TEST_REDIS_URL } from "./testing/real_redis.ts";
import { TcpProxy } from "../testing/tcp_proxy.ts";
import { within } from "../within.ts";

/** The error of a command that has waited for its answer. */
const WAITED = /in time/;
const GIVE_UP_MS = 10_000;

/** A test of a connection whose network can be made to fail. */
function throughProxy(
  guarantee: string,
  test: (given: { proxy: TcpProxy; connection: RedisConnection }) => Promise<void>,
): void {
  Deno.test({
    name: `openRedis(tcp) ${guarantee}`,
    ignore: TEST_REDIS_URL === undefined,
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      const url = new URL(TEST_REDIS_URL ?? "");
      const proxy = new TcpProxy({ hostname: url.hostname, port: Number(url.port || 6379) });
      url.hostname = "127.0.0.1";
      url.port = String(proxy.port);
      const connection = await openRedis({ kind: "tcp", url: url.href });
      try {
        await test({ proxy, connection });
      } finally {
        await connection.close();
        await proxy.cut();
      }
    },
  });
}

throughProxy("sends what one tick asks for in few writes", async ({ proxy, connection }) => {
  const { client } = connection;
  const keys = Array.from({ length: 200 }, (_, i) => `${randomPrefix()}${i}`);
  const before = proxy.sent;
  await Promise.all(keys.map((key) => client.set(key, "value", { px: 1_000 })));
  assert.ok(proxy.sent - before <= 10, `${proxy.sent - before} writes for ${keys.length} commands`);
});

throughProxy(
  "fails at once while the server is gone, then heals",
  async ({ proxy, connection }) => {
    await proxy.cut();
    await assert.rejects(connection.ping(), RedisUnavailable);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => connection.client.incr("never sent")),
    );
    for (const outcome of outcomes) {
      assert.ok(outcome.status === "rejected" && outcome.reason instanceof RedisUnavailable);
      assert.doesNotMatch(outcome.reason.message, WAITED);
    }

    proxy.mend();
    await until(() => connection.ping());
    assert.equal(await connection.client.get("never sent"), null);
  },
);

throughProxy("gives up on a server that hangs, then heals", async ({ proxy, connection }) => {
  proxy.freeze();
  const givenUp = assert.rejects(connection.ping(), RedisUnavailable);
  await within(GIVE_UP_MS, givenUp, () => assert.fail("it waits for ever"));

  await proxy.cut();
  proxy.mend();
  await until(() => connection.ping());
});

throughProxy(
  "fails what is in flight when the connection breaks",
  async ({ proxy, connection }) => {
    proxy.freeze();
    const inFlight = assert.rejects(
      connection.client.incr("counted at most once"),
      (error) => error instanceof RedisUnavailable && !WAITED.test(error.message),
    );
    await proxy.cut();
    await inFlight;
    proxy.mend();
  },
);

Deno.test({
  name: "openRedis(tcp) opens without a server; its commands fail at once with a reason",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    const connection = await openRedis({ kind: "tcp", url: `redis://127.0.0.1:${unusedPort()}` });
    await assert.rejects(connection.ping(), {
      name: "RedisUnavailable",
      message: /^Cannot reach Redis: .*ECONNREFUSED/,
    });
    await connection.close();
  },
});

function unusedPort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
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
