import { at, integer } from "./arguments.ts";
import type { Command, CommandTable } from "./command.ts";
import { globPattern } from "./glob.ts";
import type { Keyspace, Value } from "./keyspace.ts";
import { type Reply, ReplyError, syntaxError } from "./reply.ts";
import { SortedSet } from "./sorted_set.ts";

const SECOND_MS = 1000;

const DEL: Command = {
  min: 1,
  run: (keyspace, keys) => keys.filter((key) => keyspace.delete(key)).length,
};

const FLUSH: Command = {
  min: 0,
  max: 1,
  run(keyspace) {
    keyspace.clear();
    return "OK";
  },
};

/** @see https://redis.io/docs/latest/commands/?group=generic */
export const KEY_COMMANDS: CommandTable = {
  PING: { min: 0, max: 1, run: (_keyspace, [message]) => message ?? "PONG" },
  DEL,
  UNLINK: DEL,
  EXISTS: {
    min: 1,
    run: (keyspace, keys) => keys.filter((key) => keyspace.get(key) !== undefined).length,
  },
  TYPE: { min: 1, max: 1, run: (keyspace, args) => typeName(keyspace.get(at(args, 0))) },

  EXPIRE: expire({ unitMs: SECOND_MS, relative: true }),
  PEXPIRE: expire({ unitMs: 1, relative: true }),
  EXPIREAT: expire({ unitMs: SECOND_MS, relative: false }),
  PEXPIREAT: expire({ unitMs: 1, relative: false }),
  TTL: {
    min: 1,
    max: 1,
    run(keyspace, args) {
      const leftMs = timeToLive(keyspace, at(args, 0));
      return leftMs < 0 ? leftMs : Math.round(leftMs / SECOND_MS);
    },
  },
  PTTL: { min: 1, max: 1, run: (keyspace, args) => timeToLive(keyspace, at(args, 0)) },
  PERSIST: {
    min: 1,
    max: 1,
    run(keyspace, args) {
      const hadExpiry = keyspace.expiresAtMs(at(args, 0)) !== undefined;
      keyspace.expire(at(args, 0), undefined);
      return hadExpiry ? 1 : 0;
    },
  },

  KEYS: {
    min: 1,
    max: 1,
    run: (keyspace, args) => matching(keyspace.keys(), at(args, 0)),
  },
  SCAN: { min: 1, run: scan },
  DBSIZE: { min: 0, max: 0, run: (keyspace) => keyspace.keys().length },
  FLUSHALL: FLUSH,
  FLUSHDB: FLUSH,
};

function typeName(value: Value | undefined): string {
  if (value === undefined) return "none";
  if (typeof value === "string") return "string";
  if (value instanceof SortedSet) return "zset";
  return value instanceof Set ? "set" : "hash";
}

function timeToLive(keyspace: Keyspace, key: string): number {
  if (keyspace.get(key) === undefined) return -2;
  const expiresAtMs = keyspace.expiresAtMs(key);
  return expiresAtMs === undefined ? -1 : expiresAtMs - keyspace.now_ms();
}

/** Conditions of EXPIRE; a key that never expires counts as expiring after any other. */
const EXPIRE_CONDITIONS: Record<string, (now: number | undefined, then: number) => boolean> = {
  NX: (now) => now === undefined,
  XX: (now) => now !== undefined,
  GT: (now, then) => now !== undefined && then > now,
  LT: (now, then) => now === undefined || then < now,
};

function expire({ unitMs, relative }: { unitMs: number; relative: boolean }): Command {
  return {
    min: 2,
    max: 3,
    run(keyspace, [key = "", amount = "", condition]) {
      const atMs = integer(amount) * unitMs + (relative ? keyspace.now_ms() : 0);
      if (condition !== undefined) {
        const holds = EXPIRE_CONDITIONS[condition.toUpperCase()];
        if (!holds) throw new ReplyError(`ERR Unsupported option ${condition}`);
        if (!holds(keyspace.expiresAtMs(key), atMs)) return 0;
      }
      if (keyspace.get(key) === undefined) return 0;
      keyspace.expire(key, atMs);
      return 1;
    },
  };
}

/** Answers everything at once: COUNT is a hint, and the cursor 0 says that there is no more. */
function scan(keyspace: Keyspace, [cursor = "", ...options]: readonly string[]): Reply {
  if (!/^\d+$/.test(cursor)) throw new ReplyError("ERR invalid cursor");
  let keys = keyspace.keys();
  for (let i = 0; i < options.length; i += 2) {
    const value = at(options, i + 1);
    switch (at(options, i).toUpperCase()) {
      case "MATCH":
        keys = matching(keys, value);
        break;
      case "TYPE":
        keys = keys.filter((key) => typeName(keyspace.get(key)) === value.toLowerCase());
        break;
      case "COUNT":
        if (integer(value) < 1) throw syntaxError();
        break;
      default:
        throw syntaxError();
    }
  }
  return ["0", keys];
}

function matching(keys: string[], glob: string): string[] {
  const pattern = globPattern(glob);
  return keys.filter((key) => pattern.test(key));
}
