/**
 * What is done to several keys, or takes several commands, in one command: it costs this process a third of the
 * commands' time, and a Redis that counts commands counts one. The embedded engine runs no Lua: it knows these
 * scripts by their text (`shared/embedded/redis/script_commands.ts`).
 */
import type { Redis } from "@upstash/redis";

/** Sets each key that is not there to the first of its two arguments, for as many milliseconds as the second says. */
export const SET_EACH_NEW_FOR = `
for i, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 * i - 1], 'NX', 'PX', ARGV[2 * i])
end
return #KEYS`;

/** Adds a member to a set, which lives on for as many milliseconds as the second argument says; answers its size. */
export const ADD_MEMBER_FOR = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('SCARD', KEYS[1])`;

/** A string to set, and for how long. */
export interface ShortLived {
  key: string;
  value: string;
  /** At least 1. */
  ttlMs: number;
}

/** Sets each key that is not there, as `SET key value NX PX ttl_ms` does. */
export async function setEachNewFor(redis: Redis, entries: readonly ShortLived[]): Promise<void> {
  await redis.eval(
    SET_EACH_NEW_FOR,
    entries.map(({ key }) => key),
    entries.flatMap(({ value, ttlMs }) => [value, String(ttlMs)]),
  );
}

/** Adds a member to a set that lives on for `ttl_ms`; answers how many members it has. */
export async function addMemberFor(
  redis: Redis,
  { key, member, ttlMs }: { key: string; member: string; ttlMs: number },
): Promise<number> {
  return Number(await redis.eval(ADD_MEMBER_FOR, [key], [member, String(ttlMs)]));
}
