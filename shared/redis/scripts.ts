/**
 * Scripts that do the work of several commands: one costs this process a third of their time, and a Redis that counts
 * commands counts one. The in-process engine runs no Lua; it knows these scripts by their text
 * (`shared/embedded/redis/commands.ts`).
 */
import type { Redis } from "@upstash/redis";

/** Sets each key that does not exist. Two arguments for each key: its value and its time to live in milliseconds. */
export const SET_EACH_NEW_FOR = `
for i, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 * i - 1], 'NX', 'PX', ARGV[2 * i])
end
return #KEYS`;

/** Adds a member to a set and returns the set's size. Arguments: the member, the set's time to live in milliseconds. */
export const ADD_MEMBER_FOR = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('SCARD', KEYS[1])`;

/** A string to set for some time. */
export interface ShortLived {
  key: string;
  value: string;
  /** At least 1. */
  ttlMs: number;
}

/** Sets each key that does not exist, as `SET key value NX PX ttl` does. */
export async function setEachNewFor(redis: Redis, entries: readonly ShortLived[]): Promise<void> {
  await redis.eval(
    SET_EACH_NEW_FOR,
    entries.map(({ key }) => key),
    entries.flatMap(({ value, ttlMs }) => [value, String(ttlMs)]),
  );
}

/** Adds a member to a set that expires after `ttlMs`; returns the number of its members. */
export async function addMemberFor(
  redis: Redis,
  { key, member, ttlMs }: { key: string; member: string; ttlMs: number },
): Promise<number> {
  return Number(await redis.eval(ADD_MEMBER_FOR, [key], [member, String(ttlMs)]));
}
