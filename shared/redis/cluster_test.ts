import assert from "node:assert/strict";
import { CannotRun } from "../output/mod.ts";
import {
  GuardedRedis,
  openRedis,
  type Redis,
  type RedisConnection,
  RedisUnavailable,
} from "./mod.ts";
import { type OwnCluster, poll, startOwnCluster } from "./testing/own_cluster.ts";
import { REDIS_SERVER, startOwnRedis, unusedPort } from "./testing/own_redis.ts";
import { randomPrefix, TEST_REDIS_URL } from "./testing/real_redis.ts";

/** Keys that fall on every master. */
const KEYS = 60;
const NEEDS = ": needs REDIS_URL and redis-server";

const WITHOUT_SERVER = TEST_REDIS_URL === undefined || REDIS_SERVER === undefined;

/** A test that starts servers of its own, where real ones are tried. */
function withServers(guarantee: string, fn: () => Promise<void>): void {
  Deno.test({
    name: `Redis Cluster ${guarantee}${WITHOUT_SERVER ? NEEDS : ""}`,
    ignore: WITHOUT_SERVER,
    sanitizeOps: true,
    sanitizeResources: true,
    fn,
  });
}

/** A test on three masters, with a replica each if asked. */
function withCluster(
  guarantee: string,
  { withReplicas }: { withReplicas: boolean },
  test: (given: { cluster: OwnCluster; connection: RedisConnection }) => Promise<void>,
): void {
  withServers(guarantee, async () => {
    await using cluster = await startOwnCluster({ withReplicas });
    const connection = await openRedis({ kind: "cluster", url: cluster.url });
    try {
      await test({ cluster, connection });
    } finally {
      await connection.close();
    }
  });
}

function randomKeys(): string[] {
  const prefix = randomPrefix();
  return Array.from({ length: KEYS }, (_, i) => prefix + i);
}

async function isUsable(redis: Redis): Promise<boolean> {
  try {
    await Promise.all(randomKeys().map((key) => redis.set(key, "1", { px: 1_000 })));
    return true;
  } catch (error) {
    assert.ok(error instanceof RedisUnavailable, String(error));
    return false;
  }
}

withCluster("follows slots that move, and runs each command once", { withReplicas: false }, async (
  { cluster: { masters: [from, to] }, connection: { client } },
) => {
  assert.ok(from && to);
  // One slot for all, 3300, which the first master has.
  const [moved, stays, absent] = ["{b}moved", "{b}stays", "{b}absent"] as const;
  await client.set(moved, "1");
  await client.set(stays, "1");
  const slot = (await from.command("CLUSTER", "KEYSLOT", moved)).trim().slice(1);

  await to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
  await from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
  await from.command("MIGRATE", "127.0.0.1", String(to.port), moved, "0", "1000");
  // Gone from its node, or not there yet: ASK.
  assert.equal(await client.incr(moved), 2);
  assert.equal(await client.incr(absent), 1);
  assert.equal(await client.incr(stays), 2);
  assert.match(await to.command("EXISTS", moved), /^-MOVED /, "the slot is not its own yet");

  await from.command("MIGRATE", "127.0.0.1", String(to.port), stays, "0", "1000");
  for (const node of [to, from]) await node.command("CLUSTER", "SETSLOT", slot, "NODE", to.id);
  // The client still takes the first one for the owner: MOVED.
  assert.deepEqual(await Promise.all([moved, absent, stays].map((key) => client.incr(key))), [
    3,
    2,
    3,
  ]);
  assert.match(await to.command("GET", moved), /^\$1\r\n3/);
});

withCluster(
  "goes on after a master is killed and its replica promoted",
  { withReplicas: true },
  async (
    { cluster, connection: { client } },
  ) => {
    const [killed] = cluster.masters;
    const [replica] = cluster.replicas;
    assert.ok(killed && replica);
    const keys = randomKeys();
    await Promise.all(keys.map((key) => client.incr(key)));
    const sent = new Map(keys.map((key) => [key, 1]));
    const incrementAll = () =>
      Promise.allSettled(keys.map(async (key) => {
        sent.set(key, (sent.get(key) ?? 0) + 1);
        return await client.incr(key);
      }));
    // What is in flight when it dies may have been counted or not.
    const inFlight = incrementAll();
    killed.signal("SIGKILL");
    let failed = 0;
    for (const outcome of await inFlight) if (outcome.status === "rejected") failed++;

    const guarded = new GuardedRedis(client, { warn() {}, info() {} });
    await poll(async () => {
      const outcomes = await incrementAll();
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") continue;
        failed++;
        assert.ok(outcome.reason instanceof RedisUnavailable, String(outcome.reason));
      }
      return outcomes.every(({ status }) => status === "fulfilled");
    });
    assert.ok(failed > 0, "the keys of the killed master were unusable for a while");
    assert.match(await replica.command("ROLE"), /master/);
    const counts = await client.mget<string[]>(keys);
    for (const [i, key] of keys.entries()) {
      assert.ok(Number(counts[i]) <= (sent.get(key) ?? 0), "nothing is counted twice");
      assert.ok(Number(counts[i]) >= 1, "nothing that was replicated is lost");
    }
    assert.equal(await guarded.attempt("store", (redis) => redis.set("a", "1", { px: 1 })), "OK");
  },
);

withCluster("leaves a master that is demoted for the new one", { withReplicas: true }, async (
  { cluster: { masters: [old], replicas: [next] }, connection: { client } },
) => {
  assert.ok(old && next);
  const keys = randomKeys();
  await Promise.all(keys.map((key) => client.set(key, "before")));
  await poll(async () => (await next.command("CLUSTER", "FAILOVER")).startsWith("+OK"));
  await poll(async () => /slave/.test(await old.command("ROLE")));
  await Promise.all(keys.map((key) => client.set(key, "after")));
  assert.deepEqual(new Set(await client.mget(keys)), new Set(["after"]));
});

withCluster("waits for no node that hangs", { withReplicas: true }, async (
  { cluster: { masters: [frozen] }, connection: { client } },
) => {
  assert.ok(frozen);
  frozen.signal("SIGSTOP");
  try {
    // Another one is promoted meanwhile.
    await poll(() => isUsable(client));
  } finally {
    frozen.signal("SIGCONT");
  }
  await poll(() => isUsable(client));
});

withCluster("that lost slots is refusing, not gone", { withReplicas: false }, async (
  { cluster: { masters: [killed] }, connection },
) => {
  assert.ok(killed);
  killed.signal("SIGKILL");
  await poll(async () => {
    const error = await connection.ping().then(() => undefined, (error) => error);
    return error?.name === "RedisRefusing" && /^CLUSTERDOWN /.test(error.message);
  });
});

withServers("that is gone fails every command at once with a reason", async () => {
  const url = `redis+cluster://127.0.0.1:${unusedPort()},127.0.0.1:${unusedPort()}`;
  const connection = await openRedis({ kind: "cluster", url });
  await assert.rejects(connection.ping(), {
    name: "RedisUnavailable",
    message: /^Cannot reach Redis: .*ECONNREFUSED/,
  });
  await connection.close();
});

withServers("is refused at start where the server is none, in words", async () => {
  await using server = await startOwnRedis();
  const opening = openRedis({ kind: "cluster", url: server.url.replace("redis", "redis+cluster") });
  await assert.rejects(
    opening,
    (error) => error instanceof CannotRun && /is no Redis Cluster/.test(error.message),
  );
});
