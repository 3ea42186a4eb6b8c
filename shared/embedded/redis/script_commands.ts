import { ADD_MEMBER_FOR, SET_EACH_NEW_FOR } from "@evently/shared/redis";
import { at, integer } from "./arguments.ts";
import type { CommandTable } from "./command.ts";
import { KEY_COMMANDS } from "./key_commands.ts";
import type { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError } from "./reply.ts";
import { SET_COMMANDS } from "./set_commands.ts";
import { STRING_COMMANDS } from "./string_commands.ts";

/** What a script does, as this engine does it. */
type Script = (keyspace: Keyspace, keys: readonly string[], args: readonly string[]) => Reply;

/** The platform's scripts, by their text: this engine runs no Lua. */
const SCRIPTS: ReadonlyMap<string, Script> = new Map([
  [SET_EACH_NEW_FOR, (keyspace, keys, args) => {
    keys.forEach((key, i) =>
      STRING_COMMANDS.SET!.run(keyspace, [key, at(args, 2 * i), "NX", "PX", at(args, 2 * i + 1)])
    );
    return keys.length;
  }],
  [ADD_MEMBER_FOR, (keyspace, keys, args) => {
    const key = at(keys, 0);
    SET_COMMANDS.SADD!.run(keyspace, [key, at(args, 0)]);
    KEY_COMMANDS.PEXPIRE!.run(keyspace, [key, at(args, 1)]);
    return SET_COMMANDS.SCARD!.run(keyspace, [key]);
  }],
]);

/** @see https://redis.io/docs/latest/commands/eval/ */
export const SCRIPT_COMMANDS: CommandTable = {
  EVAL: {
    min: 2,
    run(keyspace, [text = "", numberOfKeys = "", ...rest]) {
      const script = SCRIPTS.get(text);
      if (!script) throw new ReplyError("ERR this engine knows the platform's own scripts alone");
      const split = integer(numberOfKeys);
      return script(keyspace, rest.slice(0, split), rest.slice(split));
    },
  },
};
