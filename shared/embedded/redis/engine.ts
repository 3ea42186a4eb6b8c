import { type Command, fits } from "./command.ts";
import { HASH_COMMANDS } from "./hash_commands.ts";
import { KEY_COMMANDS } from "./key_commands.ts";
import { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError, wrongArity } from "./reply.ts";
import { SCRIPT_COMMANDS } from "./script_commands.ts";
import { SET_COMMANDS } from "./set_commands.ts";
import { SORTED_SET_COMMANDS } from "./sorted_set_commands.ts";
import { STRING_COMMANDS } from "./string_commands.ts";

/** What came of one command. */
export type Outcome = { result: Reply } | { error: string };

const COMMANDS: ReadonlyMap<string, Command> = new Map(Object.entries({
  ...KEY_COMMANDS,
  ...STRING_COMMANDS,
  ...HASH_COMMANDS,
  ...SET_COMMANDS,
  ...SORTED_SET_COMMANDS,
  ...SCRIPT_COMMANDS,
}));

/** One Redis of its own in this process; another instance shares nothing with it. */
export class MemoryRedis {
  readonly #keyspace: Keyspace;

  /** @param now the time that decides what has expired */
  constructor(now: () => Date) {
    this.#keyspace = new Keyspace(() => now().getTime());
  }

  /** Runs commands (name first) in order; one that fails does not keep the next from running. */
  pipeline(commands: readonly string[][]): Outcome[] {
    return commands.map((command) => this.#outcome(command));
  }

  /**
   * MULTI … EXEC: nothing runs when a command is unknown or has the wrong number of arguments. As in
   * Redis, a command that fails as it runs does not undo the others.
   *
   * @throws {ReplyError} EXECABORT
   */
  transaction(commands: readonly string[][]): Outcome[] {
    if (commands.some(([name = "", ...args]) => find(name, args) instanceof ReplyError)) {
      throw new ReplyError("EXECABORT Transaction discarded because of previous errors.");
    }
    return this.pipeline(commands);
  }

  #outcome([name = "", ...args]: string[]): Outcome {
    const command = find(name, args);
    if (command instanceof ReplyError) return { error: command.message };
    try {
      return { result: command.run(this.#keyspace, args) };
    } catch (error) {
      if (error instanceof ReplyError) return { error: error.message };
      throw error;
    }
  }
}

/** The command of that name, if it takes that many arguments; otherwise the error that says why not. */
function find(name: string, args: readonly string[]): Command | ReplyError {
  const command = COMMANDS.get(name.toUpperCase());
  if (!command) return new ReplyError(`ERR unknown command '${name}'`);
  return fits(command, args.length) ? command : wrongArity(name);
}
