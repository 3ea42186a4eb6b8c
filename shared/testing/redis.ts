import { openRedis, type RedisConnection } from "../redis/mod.ts";

/** The Redis of this run: the real one where `TEST_REDIS_URL` leads to one, else one in the process. */
export function openTestRedis(): Promise<RedisConnection> {
  const url = Deno.env.get("TEST_REDIS_URL");
  return openRedis(url ? { kind: "tcp", url } : { kind: "memory" });
}
