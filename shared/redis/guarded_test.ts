import assert from "node:assert/strict";
import { GuardedRedis, openRedis, type Redis, RedisUnavailable } from "./mod.ts";

/** A log that records its entries. */
class Lines {
  readonly all: string[] = [];
  warn(message: string): void {
    this.all.push(`warn ${message}`);
  }
  info(message: string): void {
    this.all.push(`info ${message}`);
  }
}

async function createGuarded() {
  const connection = await openRedis({ kind: "memory" });
  const log = new Lines();
  const time = { nowMs: 0 };
  const guarded = new GuardedRedis(connection.client, log, {
    timeoutMs: 20,
    monotonicMs: () => time.nowMs,
  });
  return { guarded, log, time };
}

const gone = (_redis: Redis) => Promise.reject(new RedisUnavailable("gone"));

Deno.test("attempt() answers what Redis answers", async () => {
  const { guarded, log } = await createGuarded();
  assert.equal(await guarded.attempt("store", (redis) => redis.set("a", "1")), "OK");
  assert.equal(await guarded.attempt("read", (redis) => redis.get("absent")), null);
  assert.deepEqual(log.all, []);
});

Deno.test("attempt() gives up on a Redis that hangs", async () => {
  const { guarded } = await createGuarded();
  const { promise } = Promise.withResolvers<never>();
  assert.equal(await guarded.attempt("wait", () => promise), undefined);
  assert.equal(guarded.available, false);
});

Deno.test("attempt() pauses for a second after a failure and logs it once", async () => {
  const { guarded, log, time } = await createGuarded();
  let asked = 0;
  const fail = (redis: Redis) => (asked++, gone(redis));
  for (let i = 0; i < 10; i++) assert.equal(await guarded.attempt("read", fail), undefined);
  assert.equal(asked, 1);
  assert.equal(guarded.available, false);

  time.nowMs += 999;
  await guarded.attempt("read", fail);
  assert.equal(asked, 1);
  time.nowMs += 1;
  await guarded.attempt("read", fail);
  assert.equal(asked, 2);
  assert.deepEqual(log.all, ["warn Redis does not answer; going on without it"]);
});

Deno.test("attempt() lets a single caller probe a Redis that failed", async () => {
  const { guarded, time } = await createGuarded();
  await guarded.attempt("read", gone);
  time.nowMs += 1_000;
  let asked = 0;
  await Promise.all(
    Array.from({ length: 10 }, () => guarded.attempt("read", (redis) => (asked++, gone(redis)))),
  );
  assert.equal(asked, 1);
});

Deno.test("attempt() recovers by itself and logs it once", async () => {
  const { guarded, log, time } = await createGuarded();
  await guarded.attempt("read", gone);
  time.nowMs += 1_000;
  for (let i = 0; i < 3; i++) {
    assert.equal(await guarded.attempt("store", (redis) => redis.set("a", "1")), "OK");
  }
  assert.equal(guarded.available, true);
  assert.deepEqual(log.all.slice(1), ["info Redis answers again"]);
});

Deno.test("attempt() tells a caller's mistake from an unavailable Redis", async () => {
  const { guarded, log } = await createGuarded();
  await guarded.attempt("store", (redis) => redis.sadd("set", "member"));
  assert.equal(await guarded.attempt("read the set", (redis) => redis.get("set")), undefined);
  assert.equal(
    await guarded.attempt("parse", () => {
      throw new SyntaxError("no JSON");
    }),
    undefined,
  );
  assert.equal(guarded.available, true);
  assert.deepEqual(log.all, ["warn Cannot read the set", "warn Cannot parse"]);
});
