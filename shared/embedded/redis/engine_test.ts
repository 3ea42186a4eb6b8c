import assert from "node:assert/strict";
import { MemoryRedis } from "../redis.ts";
import { Keyspace } from "./keyspace.ts";

Deno.test("MemoryRedis forgets a key at the moment it expires, by its clock", () => {
  let nowMs = 1_000;
  const redis = new MemoryRedis(() => new Date(nowMs));
  redis.pipeline([["SET", "a", "1", "PX", "500"], ["SADD", "s", "m"], ["EXPIRE", "s", "1"]]);

  nowMs = 1_499;
  assert.deepEqual(redis.pipeline([["PTTL", "a"], ["EXISTS", "a", "s"]]), [
    { result: 1 },
    { result: 2 },
  ]);
  nowMs = 1_500;
  assert.deepEqual(redis.pipeline([["GET", "a"], ["EXISTS", "a", "s"]]), [
    { result: null },
    { result: 1 },
  ]);
  nowMs = 2_000;
  assert.deepEqual(redis.pipeline([["SCARD", "s"]]), [{ result: 0 }]);
});

Deno.test("Keyspace frees expired keys that are never read again", () => {
  let nowMs = 0;
  const keyspace = new Keyspace(() => nowMs);
  for (let i = 0; i < 10_000; i++) {
    nowMs++;
    keyspace.set(`hold:${i}`, "document");
    keyspace.expire(`hold:${i}`, nowMs + 100);
  }
  assert.ok(keyspace.allocated < 500, `${keyspace.allocated} keys are kept for 100 live ones`);
});

Deno.test("MemoryRedis refuses unknown commands", () => {
  const redis = new MemoryRedis(() => new Date());
  assert.deepEqual(redis.pipeline([["FCALL", "return 1", "0"], ["constructor"], ["GET"]]), [
    { error: "ERR unknown command 'FCALL'" },
    { error: "ERR unknown command 'constructor'" },
    { error: "ERR wrong number of arguments for 'get' command" },
  ]);
});

Deno.test("MemoryRedis shares nothing with another instance", () => {
  const one = new MemoryRedis(() => new Date());
  const other = new MemoryRedis(() => new Date());
  one.pipeline([["SET", "a", "1"]]);
  assert.deepEqual(other.pipeline([["EXISTS", "a"]]), [{ result: 0 }]);
});
