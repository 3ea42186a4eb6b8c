import { findCommand } from "./commands.ts";
import { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError } from "./reply.ts";

/** The outcome of one command. */
export type Outcome = { result: Reply } | { error: string };

/** A Redis in this process; instances share nothing. */
export class MemoryRedis {
  readonly #keyspace: Keyspace;

  /** @param now the time that decides what has expired */
  constructor(now: () => Date) {
    this.#keyspace = new Keyspace(() => now().getTime());
  }

  /** Runs commands (name first) in order; a command that fails does not keep the next from running. */
  pipeline(commands: readonly string[][]): Outcome[] {
    return commands.map((command) => this.#run(command));
  }

  #run([name = "", ...args]: string[]): Outcome {
    try {
      return { result: findCommand(name, args).run(this.#keyspace, args) };
    } catch (error) {
      if (error instanceof ReplyError) return { error: error.message };
      throw error;
    }
  }
}
