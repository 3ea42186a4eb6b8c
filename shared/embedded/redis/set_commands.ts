import { at } from "./arguments.ts";
import type { CommandTable } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";

/** @see https://redis.io/docs/latest/commands/?group=set */
export const SET_COMMANDS: CommandTable = {
  SADD: {
    min: 2,
    run: (keyspace, [key = "", ...members]) =>
      edit(keyspace, key, (set) => {
        const before = set.size;
        for (const member of members) set.add(member);
        return set.size - before;
      }),
  },
  SREM: {
    min: 2,
    run: (keyspace, [key = "", ...members]) =>
      edit(keyspace, key, (set) => members.filter((member) => set.delete(member)).length),
  },
  SCARD: { min: 1, max: 1, run: (keyspace, args) => keyspace.members(at(args, 0))?.size ?? 0 },
  SMEMBERS: { min: 1, max: 1, run: (keyspace, args) => [...keyspace.members(at(args, 0)) ?? []] },
  SISMEMBER: {
    min: 2,
    max: 2,
    run: (keyspace, args) => keyspace.members(at(args, 0))?.has(at(args, 1)) ? 1 : 0,
  },
  SMISMEMBER: {
    min: 2,
    run(keyspace, [key = "", ...members]) {
      const set = keyspace.members(key);
      return members.map((member) => set?.has(member) ? 1 : 0);
    },
  },
};

function edit<R>(keyspace: Keyspace, key: string, change: (set: Set<string>) => R): R {
  return keyspace.edit(
    key,
    { found: keyspace.members(key), create: () => new Set<string>() },
    change,
  );
}
