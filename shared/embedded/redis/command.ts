import type { Keyspace } from "./keyspace.ts";
import type { Reply } from "./reply.ts";

/** One command of the engine. */
export interface Command {
  /** How many arguments it takes after its name; without `max`, any number from `min` on. */
  min: number;
  max?: number;
  /** Arguments come in pairs after this many leading ones. */
  pairsAfter?: number;
  /** Runs to its end without awaiting: that alone is what makes commands and transactions atomic. */
  run(keyspace: Keyspace, args: readonly string[]): Reply;
}

/** Commands by upper-case name. */
export type CommandTable = Readonly<Record<string, Command>>;

/** Whether `count` arguments suit the command. */
export function fits({ min, max, pairsAfter }: Command, count: number): boolean {
  if (count < min || (max !== undefined && count > max)) return false;
  return pairsAfter === undefined || (count - pairsAfter) % 2 === 0;
}
