import { openRedis, redisAt, type RedisConnection, type RedisOptions } from "../redis/mod.ts";

/**
 * The Redis of this run: the real one at `TEST_REDIS_URL`, or by REST at `TEST_REDIS_REST_URL` with
 * `TEST_REDIS_REST_TOKEN`, else one in memory.
 */
export function openTestRedis(): Promise<RedisConnection> {
  return openRedis(testRedisOptions());
}

function testRedisOptions(): RedisOptions {
  const rest = Deno.env.get("TEST_REDIS_REST_URL");
  if (rest) {
    return { kind: "upstash", url: rest, token: Deno.env.get("TEST_REDIS_REST_TOKEN") ?? "" };
  }
  const url = Deno.env.get("TEST_REDIS_URL");
  return url ? redisAt(url) : { kind: "memory" };
}
