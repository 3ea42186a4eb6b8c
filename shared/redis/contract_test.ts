import assert from "node:assert/strict";
import {
  addMemberFor,
  hashOf,
  type Redis,
  RedisUnavailable,
  scoredOf,
  scoreOf,
  setEachNewFor,
} from "./mod.ts";
import { EACH_REDIS } from "./testing/each_redis.ts";
import { randomPrefix } from "./testing/real_redis.ts";

/** What a test of the contract gets: a client, and a prefix of its own for keys. */
interface Given {
  redis: Redis;
  key: (name: string) => string;
}

const LONG_MS = 60_000;
const WRONGTYPE_IN_SCRIPT = /WRONGTYPE Operation against a key holding the wrong kind of value/;
const WRONGTYPE = /WRONGTYPE Operation against a key holding the wrong kind of value$/;

/** Runs one test on each subject, and deletes its keys afterwards. */
function contract(guarantee: string, test: (given: Given) => Promise<void>): void {
  for (const { name, ignore, use } of EACH_REDIS) {
    Deno.test({
      name: `Redis (${name}) ${guarantee}`,
      ignore,
      sanitizeOps: true,
      sanitizeResources: true,
      fn: () =>
        use(async ({ client }) => {
          const names = new Set<string>();
          const prefix = randomPrefix();
          const key = (name: string) => (names.add(prefix + name), prefix + name);
          try {
            await test({ redis: client, key });
          } finally {
            if (names.size > 0) await client.del(...names);
          }
        }),
    });
  }
}

contract("gives back every string as it was stored", async ({ redis, key }) => {
  const values = [
    "42",
    "042",
    "1e3",
    "true",
    "null",
    '{"a":1}',
    '"q"',
    "OK",
    "",
    "ünïcödé 🎟️\0\n",
    "T0s=",
  ];
  for (const value of values) {
    await redis.set(key("value"), value);
    assert.equal(await redis.get(key("value")), value);
    assert.deepEqual(await redis.mget(key("value"), key("absent")), [value, null]);
    await redis.hset(key("hash"), { field: value });
    assert.deepEqual(hashOf(await redis.hgetall(key("hash"))), { field: value });
    await redis.sadd(key("set"), value);
  }
  assert.deepEqual((await redis.smembers(key("set"))).toSorted(), values.toSorted());
});

contract("sets a key only if absent (NX) or only if present (XX)", async ({ redis, key }) => {
  assert.equal(await redis.set(key("a"), "1", { xx: true }), null);
  assert.equal(await redis.set(key("a"), "1", { nx: true }), "OK");
  assert.equal(await redis.set(key("a"), "2", { nx: true }), null);
  assert.equal(await redis.set(key("a"), "3", { xx: true }), "OK");
  assert.equal(await redis.set(key("a"), "4", { get: true }), "3");
  assert.equal(await redis.get(key("a")), "4");
});

contract("tells the time to live, and plain SET takes it away", async ({ redis, key }) => {
  await redis.set(key("a"), "1", { px: LONG_MS });
  const leftMs = await redis.pttl(key("a"));
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  assert.equal(await redis.ttl(key("a")), 60);
  await redis.incr(key("a"));
  assert.ok(await redis.pttl(key("a")) > 0, "INCR keeps the expiry");
  await redis.set(key("a"), "2", { keepTtl: true });
  assert.ok(await redis.pttl(key("a")) > 0, "KEEPTTL keeps the expiry");
  await redis.set(key("a"), "1");
  assert.equal(await redis.pttl(key("a")), -1);
  assert.equal(await redis.pttl(key("absent")), -2);
});

contract("forgets a key whose time has passed", async ({ redis, key }) => {
  for (const name of ["a", "b", "c"]) await redis.set(key(name), "1");
  assert.equal(await redis.pexpireat(key("a"), 1), 1);
  assert.equal(await redis.expire(key("b"), -1), 1);
  await redis.set(key("c"), "1", { pxat: 1 });
  assert.equal(await redis.exists(key("a"), key("b"), key("c")), 0);
  assert.equal(await redis.expire(key("a"), 10), 0);
});

contract("forgets a key by itself once its time passes", async ({ redis, key }) => {
  await redis.set(key("a"), "1", { px: 5 });
  const giveUpMs = performance.now() + 5_000;
  while (await redis.get(key("a")) !== null) assert.ok(performance.now() < giveUpMs);
  assert.equal(await redis.set(key("a"), "2", { nx: true }), "OK");
});

contract("keeps the first expiry with EXPIRE NX", async ({ redis, key }) => {
  await redis.incr(key("count"));
  assert.equal(await redis.pexpire(key("count"), LONG_MS, "NX"), 1);
  assert.equal(await redis.pexpire(key("count"), 1, "NX"), 0);
  assert.equal(await redis.pexpire(key("count"), 2 * LONG_MS, "LT"), 0);
  assert.equal(await redis.persist(key("count")), 1);
  assert.equal(await redis.ttl(key("count")), -1);
});

contract("counts", async ({ redis, key }) => {
  assert.equal(await redis.incr(key("n")), 1);
  assert.equal(await redis.incrby(key("n"), 9), 10);
  assert.equal(await redis.decr(key("n")), 9);
  assert.equal(await redis.decrby(key("n"), 10), -1);
  assert.equal(await redis.get(key("n")), "-1");
  const results = await Promise.all(Array.from({ length: 50 }, () => redis.incr(key("m"))));
  assert.equal(Math.max(...results), 50);
});

contract("keeps hashes", async ({ redis, key }) => {
  assert.equal(await redis.hset(key("h"), { a: "1", b: "2" }), 2);
  assert.equal(await redis.hset(key("h"), { b: "3" }), 0);
  assert.equal(await redis.hsetnx(key("h"), "a", "9"), 0);
  assert.equal(await redis.hget(key("h"), "b"), "3");
  assert.equal(await redis.hget(key("h"), "absent"), null);
  assert.equal(await redis.hincrby(key("h"), "a", 4), 5);
  assert.equal(await redis.hlen(key("h")), 2);
  assert.equal(await redis.hexists(key("h"), "a"), 1);
  assert.deepEqual(await redis.hkeys(key("h")), ["a", "b"]);
  assert.deepEqual(hashOf(await redis.hgetall(key("h"))), { a: "5", b: "3" });
  assert.equal(await redis.hdel(key("h"), "a", "b", "absent"), 2);
  assert.equal(await redis.exists(key("h")), 0);
  assert.deepEqual(hashOf(await redis.hgetall(key("h"))), {});
});

contract("keeps sets", async ({ redis, key }) => {
  assert.equal(await redis.sadd(key("s"), "a", "b", "a"), 2);
  assert.equal(await redis.sadd(key("s"), "b"), 0);
  assert.equal(await redis.scard(key("s")), 2);
  assert.equal(await redis.sismember(key("s"), "a"), 1);
  assert.deepEqual(await redis.smismember(key("s"), ["b", "c"]), [1, 0]);
  assert.equal(await redis.srem(key("s"), "a", "b", "c"), 2);
  assert.equal(await redis.type(key("s")), "none");
});

contract("serves sorted sets in the order of their scores", async ({ redis, key }) => {
  const z = key("z");
  assert.equal(await redis.zadd(z, { score: 2, member: "b" }, { score: 1, member: "c" }), 2);
  assert.equal(await redis.zadd(z, { score: 2, member: "a" }), 1);
  assert.deepEqual(await redis.zrange(z, 0, -1), ["c", "a", "b"]);
  assert.deepEqual(await redis.zrange(z, 0, 1, { rev: true }), ["b", "a"]);
  assert.deepEqual(await redis.zrange(z, -2, 10), ["a", "b"]);
  assert.equal(await redis.zrank(z, "b"), 2);
  assert.equal(await redis.zrank(z, "absent"), null);
  assert.equal(scoreOf(await redis.zscore(z, "c")), 1);
  assert.equal(scoreOf(await redis.zscore(z, "absent")), undefined);
  assert.equal(await redis.zcard(z), 3);
  assert.deepEqual(scoredOf(await redis.zpopmin(z, 2)), [
    { member: "c", score: 1 },
    { member: "a", score: 2 },
  ]);
  assert.equal(await redis.zrem(z, "b", "absent"), 1);
  assert.deepEqual(await redis.zpopmin(z), []);
  assert.equal(await redis.exists(z), 0);
});

contract("serves ranges of scores", async ({ redis, key }) => {
  const z = key("z");
  const at = Date.parse("2026-11-22T10:00:00.123Z");
  for (const [i, member] of ["a", "b", "c", "d"].entries()) {
    await redis.zadd(z, { score: at + i, member });
  }
  assert.deepEqual(await redis.zrange(z, at + 1, at + 2, { byScore: true }), ["b", "c"]);
  assert.deepEqual(
    await redis.zrange(z, `(${at}`, "+inf", { byScore: true, offset: 1, count: 1 }),
    ["c"],
  );
  assert.deepEqual(await redis.zrange(z, "+inf", `(${at + 1}`, { byScore: true, rev: true }), [
    "d",
    "c",
  ]);
  assert.equal(await redis.zcount(z, "-inf", `(${at + 3}`), 3);
  assert.deepEqual(scoredOf(await redis.zrange(z, 0, 0, { withScores: true })), [{
    member: "a",
    score: at,
  }]);
  assert.equal(await redis.zremrangebyscore(z, 0, at), 1);
  assert.equal(await redis.zremrangebyrank(z, 0, 0), 1);
  assert.deepEqual(await redis.zrange(z, 0, -1), ["c", "d"]);
});

contract("changes scores only as ZADD's options allow", async ({ redis, key }) => {
  const z = key("z");
  assert.equal(await redis.zadd(z, { xx: true }, { score: 1, member: "a" }), 0);
  assert.equal(await redis.zadd(z, { nx: true }, { score: 5, member: "a" }), 1);
  assert.equal(await redis.zadd(z, { nx: true }, { score: 9, member: "a" }), 0);
  assert.equal(await redis.zadd(z, { gt: true, ch: true }, { score: 4, member: "a" }), 0);
  assert.equal(await redis.zadd(z, { lt: true, ch: true }, { score: 4, member: "a" }), 1);
  assert.equal(scoreOf(await redis.zincrby(z, 0.5, "a")), 4.5);
  assert.equal(scoreOf(await redis.zscore(z, "a")), 4.5);
});

contract(
  "sets many keys that are not there for a time each by one script",
  async ({ redis, key }) => {
    await redis.set(key("old"), "kept", { px: LONG_MS });
    await setEachNewFor(redis, [
      { key: key("old"), value: "late", ttlMs: 2 * LONG_MS },
      { key: key("a"), value: "1", ttlMs: LONG_MS },
      { key: key("b"), value: '{"b":"2"}', ttlMs: 2 * LONG_MS },
    ]);
    assert.deepEqual(await redis.mget(key("old"), key("a"), key("b")), ["kept", "1", '{"b":"2"}']);
    for (
      const [name, atMostMs] of [["old", LONG_MS], ["a", LONG_MS], ["b", 2 * LONG_MS]] as const
    ) {
      const leftMs = await redis.pttl(key(name));
      assert.ok(leftMs > atMostMs - LONG_MS && leftMs <= atMostMs, `pttl ${leftMs}`);
    }
  },
);

contract("adds a member to a set that lives for a time by one script", async ({ redis, key }) => {
  const sizes = [];
  for (const member of ["a", "b", "a"]) {
    sizes.push(await addMemberFor(redis, { key: key("s"), member, ttlMs: LONG_MS }));
  }
  assert.deepEqual(sizes, [1, 2, 2]);
  const leftMs = await redis.pttl(key("s"));
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  await redis.set(key("string"), "text");
  await assert.rejects(
    addMemberFor(redis, { key: key("string"), member: "a", ttlMs: LONG_MS }),
    WRONGTYPE_IN_SCRIPT,
  );
});

contract("runs a pipeline in order, past a command that fails", async ({ redis, key }) => {
  const results = await redis.pipeline()
    .set(key("a"), "1").hset(key("a"), { f: "v" }).get(key("a")).exec({ keepErrors: true });
  assert.equal(results[0].result, "OK");
  assert.match(results[1].error ?? "", WRONGTYPE);
  assert.equal(results[2].result, "1");
});

contract(
  "runs a transaction as a whole, or not at all when a command is unknown",
  async ({ redis, key }) => {
    const replies = await redis.multi().set(key("a"), "7").incr(key("a")).zadd(key("z"), {
      score: 1,
      member: "m",
    }).exec();
    assert.deepEqual(replies, ["OK", 8, 1]);
    await assert.rejects(
      redis.multi().set(key("a"), "9").hset(key("h"), {}).exec(),
      /^UpstashError: EXECABORT Transaction discarded because of previous errors\.$/,
    );
    assert.equal(await redis.get(key("a")), "8");
  },
);

contract("finds keys by pattern", async ({ redis, key }) => {
  for (const name of ["x:1", "x:2", "y:1"]) await redis.set(key(name), "1");
  const found = new Set<string>();
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, { match: key("x:") + "*", count: 1000 });
    for (const name of keys) found.add(name);
    cursor = next;
  } while (cursor !== "0");
  assert.deepEqual([...found].toSorted(), [key("x:1"), key("x:2")]);
  assert.deepEqual(
    await redis.keys(key("?:1").replace("[", "\\[")).then((keys) => keys.toSorted()),
    [key("x:1"), key("y:1")],
  );
});

contract("refuses a command on a value of another type", async ({ redis, key }) => {
  await redis.set(key("string"), "text");
  await redis.sadd(key("set"), "member");
  await assert.rejects(redis.get(key("set")), WRONGTYPE);
  await assert.rejects(redis.zrange(key("string"), 0, -1), WRONGTYPE);
  await assert.rejects(redis.zadd(key("set"), { score: 1, member: "m" }), WRONGTYPE);
  await assert.rejects(redis.hgetall(key("string")), WRONGTYPE);
  await assert.rejects(redis.incr(key("string")), /ERR value is not an integer or out of range$/);
  assert.equal(await redis.get(key("string")), "text");
});

contract("names no value of a command in an error", async ({ redis, key }) => {
  await redis.set(key("string"), "text");
  const failing = [
    redis.exec(["NOSUCHCOMMAND", "s3cret"]),
    redis.exec(["HSET", key("string"), "s3cret", "s3cret"]),
    redis.hset(key("string"), { "s3cret": "s3cret" }),
    redis.pipeline().set(key("a"), "s3cret").hset(key("string"), { "s3cret": "s3cret" }).exec(),
    redis.multi().set(key("a"), "s3cret").hset(key("string"), {}).exec(),
  ];
  for (const outcome of await Promise.allSettled(failing)) {
    assert.equal(outcome.status, "rejected");
    assert.doesNotMatch(Deno.inspect(outcome.reason, { depth: 10 }), /s3cret/);
  }
});

for (const { name, ignore, use } of EACH_REDIS) {
  Deno.test({
    name: `Redis (${name}) answers PING until it is closed, and then fails every command`,
    ignore,
    sanitizeOps: true,
    sanitizeResources: true,
    fn: () =>
      use(async (connection) => {
        await connection.ping();
        await connection.close();
        await connection.close();
        await assert.rejects(connection.ping(), RedisUnavailable);
        await assert.rejects(connection.client.get("a"), RedisUnavailable);
      }),
  });
}
