import type { Command, Outcome } from "./requester.ts";
import { SET_EACH_NEW_FOR } from "./scripts.ts";

/** Commands that do the work of one, and how their outcomes make its own. */
export interface Split {
  commands: Command[];
  /** One outcome for each command, in order. */
  merge(outcomes: Outcome[]): Outcome;
}

/**
 * Splits a command whose keys may belong to several nodes of a cluster into commands of one key each; any other is
 * returned as it is. Scripts that need several keys at once name keys of one slot (`{…}`).
 *
 * The parts are not atomic together, which no caller relies on: a reader may see some of the keys set or deleted.
 */
export function splitByKey(command: Command): Split {
  const [name = "", ...args] = command;
  const one = { commands: [command], merge: ([outcome]: Outcome[]) => outcome ?? { result: null } };
  switch (name.toUpperCase()) {
    case "MGET":
      return args.length < 2 ? one : { commands: eachKey(name, args), merge: joined };
    case "DEL":
    case "EXISTS":
      return args.length < 2 ? one : { commands: eachKey(name, args), merge: summed };
    case "EVAL":
      return args[0] === SET_EACH_NEW_FOR ? splitSetEach(args) : one;
    default:
      return one;
  }
}

function eachKey(name: string, keys: readonly string[]): Command[] {
  return keys.map((key) => [name, key]);
}

/** `SET key value NX PX ttl` for each key of {@link SET_EACH_NEW_FOR}, as the script does. */
function splitSetEach([, count, ...rest]: string[]): Split {
  const keys = rest.slice(0, Number(count));
  const values = rest.slice(keys.length);
  return {
    commands: keys.map((key, i) => [
      ...["SET", key, values[2 * i] ?? ""],
      ...["NX", "PX", values[2 * i + 1] ?? ""],
    ]),
    merge: (outcomes) => failed(outcomes) ?? { result: keys.length },
  };
}

function joined(outcomes: Outcome[]): Outcome {
  return failed(outcomes) ?? { result: results(outcomes).flat() };
}

function summed(outcomes: Outcome[]): Outcome {
  const count = results(outcomes).reduce<number>((sum, result) => sum + Number(result), 0);
  return failed(outcomes) ?? { result: count };
}

function failed(outcomes: Outcome[]): Outcome | undefined {
  return outcomes.find((outcome) => "error" in outcome);
}

function results(outcomes: Outcome[]): unknown[] {
  return outcomes.flatMap((outcome) => "result" in outcome ? [outcome.result] : []);
}
