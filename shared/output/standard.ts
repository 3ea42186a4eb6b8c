import { DROPPED_LINES } from "../metrics/metrics.ts";
import { BoundedOutput } from "./bounded_output.ts";

/** Standard output of this process. All that a program prints goes through it: two writers would mix. */
export const STANDARD_OUTPUT: BoundedOutput = new BoundedOutput({
  write: (bytes) => Deno.stdout.write(bytes),
  describeDropped: droppedEntry,
});

/** Standard error of this process. */
export const STANDARD_ERROR: BoundedOutput = new BoundedOutput({
  write: (bytes) => Deno.stderr.write(bytes),
});

DROPPED_LINES.observe(() => STANDARD_OUTPUT.droppedLines);

/** A log entry, because dropped lines are nearly always log entries. */
function droppedEntry(count: number): string {
  const entry = {
    time: new Date().toISOString(),
    level: "warn",
    message: "log lines were dropped",
  };
  return JSON.stringify({ ...entry, count }) + "\n";
}

/** Writes a line for the person at the terminal. */
export function say(line = ""): void {
  STANDARD_OUTPUT.write(`${line}\n`);
}

/** Writes a line about an error. */
export function complain(line: string): void {
  STANDARD_ERROR.write(`${line}\n`);
}
