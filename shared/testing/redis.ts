import { openRedis, redisAt, type RedisConnection } from "../redis/mod.ts";

/** Opens the Redis of this run: the real one at `TEST_REDIS_URL` if set, else one in memory. */
export function openTestRedis(): Promise<RedisConnection> {
  const url = Deno.env.get("TEST_REDIS_URL");
  return openRedis(url ? redisAt(url) : { kind: "memory" });
}
