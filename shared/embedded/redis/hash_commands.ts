import { at, integer, pairs, sum } from "./arguments.ts";
import type { CommandTable } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";

type Hash = Map<string, string>;

/** @see https://redis.io/docs/latest/commands/?group=hash */
export const HASH_COMMANDS: CommandTable = {
  HSET: {
    min: 3,
    pairsAfter: 1,
    run: (keyspace, [key = "", ...fields]) =>
      edit(keyspace, key, (hash) => {
        const before = hash.size;
        for (const [field, value] of pairs(fields)) hash.set(field, value);
        return hash.size - before;
      }),
  },
  HSETNX: {
    min: 3,
    max: 3,
    run: (keyspace, [key = "", field = "", value = ""]) =>
      edit(keyspace, key, (hash) => {
        if (hash.has(field)) return 0;
        hash.set(field, value);
        return 1;
      }),
  },
  HGET: {
    min: 2,
    max: 2,
    run: (keyspace, args) => keyspace.hash(at(args, 0))?.get(at(args, 1)) ?? null,
  },
  HMGET: {
    min: 2,
    run(keyspace, [key = "", ...fields]) {
      const hash = keyspace.hash(key);
      return fields.map((field) => hash?.get(field) ?? null);
    },
  },
  HGETALL: {
    min: 1,
    max: 1,
    run: (keyspace, args) => [...keyspace.hash(at(args, 0)) ?? []].flat(),
  },
  HKEYS: {
    min: 1,
    max: 1,
    run: (keyspace, args) => [...keyspace.hash(at(args, 0))?.keys() ?? []],
  },
  HVALS: {
    min: 1,
    max: 1,
    run: (keyspace, args) => [...keyspace.hash(at(args, 0))?.values() ?? []],
  },
  HLEN: { min: 1, max: 1, run: (keyspace, args) => keyspace.hash(at(args, 0))?.size ?? 0 },
  HEXISTS: {
    min: 2,
    max: 2,
    run: (keyspace, args) => keyspace.hash(at(args, 0))?.has(at(args, 1)) ? 1 : 0,
  },
  HDEL: {
    min: 2,
    run: (keyspace, [key = "", ...fields]) =>
      edit(keyspace, key, (hash) => fields.filter((field) => hash.delete(field)).length),
  },
  HINCRBY: {
    min: 3,
    max: 3,
    run: (keyspace, [key = "", field = "", by = ""]) =>
      edit(keyspace, key, (hash) => {
        const before = integer(hash.get(field) ?? "0", "ERR hash value is not an integer");
        const after = sum(before, integer(by));
        hash.set(field, String(after));
        return after;
      }),
  },
};

function edit<R>(keyspace: Keyspace, key: string, change: (hash: Hash) => R): R {
  return keyspace.edit(
    key,
    { found: keyspace.hash(key), create: () => new Map<string, string>() },
    change,
  );
}
