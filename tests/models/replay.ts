import type fc from "fast-check";
import { seedOfRun } from "@evently/shared/testing";

/** Reproduces a failure: fast-check's seed, its path, and the commands that were run. */
export interface Replay {
  seed: number;
  path?: string;
  replayPath?: string;
}

/** The result of a property whose last input is a sequence of commands. */
export type Outcome = Pick<
  fc.RunDetails<readonly unknown[]>,
  "seed" | "counterexample" | "counterexamplePath" | "numShrinks"
>;

/** Returns the inputs that reproduce a failure. */
export function replayOf({ seed, counterexample, counterexamplePath }: Outcome): Replay {
  const replayPath = /replayPath="([^"]*)"/.exec(String(counterexample?.at(-1)))?.[1];
  return {
    seed,
    ...(counterexamplePath ? { path: counterexamplePath } : {}),
    ...(replayPath ? { replayPath } : {}),
  };
}

/** Returns the shortest failing sequence and the variables that replay it. */
export function explain(outcome: Outcome): string {
  const { seed, path, replayPath } = replayOf(outcome);
  return `${outcome.numShrinks} times shrunk, to ${outcome.counterexample?.map(toText)}\n` +
    `replay: TEST_SEED=${seed} TEST_PATH=${path} TEST_REPLAY_PATH=${replayPath}`;
}

/** Commands say what they are; other input is data. */
function toText(input: unknown): string {
  return Array.isArray(input) ? JSON.stringify(input) : String(input);
}

/** The replay that the environment asks for, or a new seed. */
export function replayOfEnvironment(): Replay {
  const [path, replayPath] = [Deno.env.get("TEST_PATH"), Deno.env.get("TEST_REPLAY_PATH")];
  return { seed: seedOfRun(), ...(path ? { path } : {}), ...(replayPath ? { replayPath } : {}) };
}
