/**
 * `deno task sim [--seed N] [--operations N]`: simulates worlds with seeds N, N + 1, … (default: random) until the
 * given number of operations is reached. A broken invariant is printed and ends the run with exit code 1.
 */
import { parseArgs } from "node:util";
import { seedOfRun } from "@evently/shared/testing";
import { type History, runWorld } from "./world.ts";

const DEFAULT_OPERATIONS = 1_000_000;
const PROGRESS_EVERY_MS = 5_000;
/** Number of last steps printed for a failed history. */
const SHOWN_STEPS = 60;

interface Totals {
  worlds: number;
  operations: number;
  steps: number;
  injected: Record<string, number>;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    args: Deno.args,
    options: { seed: { type: "string" }, operations: { type: "string" } },
  });
  const first = values.seed === undefined ? seedOfRun() : wholeNumber("seed", values.seed);
  const targetOperations = values.operations === undefined
    ? DEFAULT_OPERATIONS
    : wholeNumber("operations", values.operations);
  const totals: Totals = { worlds: 0, operations: 0, steps: 0, injected: {} };
  const startedMs = performance.now();
  let reportedMs = startedMs;
  say(`simulating ${targetOperations} operations from seed ${first} on`);

  for (let seed = first; totals.operations < targetOperations; seed++) {
    const history = await runWorld(seed);
    count(totals, history);
    if (history.failure) {
      say(describeFailure(history));
      return false;
    }
    if (performance.now() - reportedMs < PROGRESS_EVERY_MS) continue;
    reportedMs = performance.now();
    say(describe(totals, reportedMs - startedMs));
  }
  say(describe(totals, performance.now() - startedMs));
  say("every invariant held");
  return true;
}

/** Describes a failed history: conditions, last steps, violation and replay command. */
export function describeFailure({ seed, hash, failure }: History): string {
  if (!failure) return "";
  const { violation, lines, conditions } = failure;
  const plain = (_key: string, value: unknown) => value instanceof Set ? [...value] : value;
  return [
    `conditions: ${JSON.stringify(conditions, plain)}`,
    ...lines.slice(-SHOWN_STEPS),
    `seed ${seed} failed (trace ${hash}): ${violation.message}`,
    `replay: deno task sim --seed ${seed} --operations 1`,
  ].join("\n");
}

function count(totals: Totals, { operations, steps, injected }: History): void {
  totals.worlds++;
  totals.operations += operations;
  totals.steps += steps;
  for (const [fault, times] of Object.entries(injected)) {
    totals.injected[fault] = (totals.injected[fault] ?? 0) + times;
  }
}

function describe({ worlds, operations, steps, injected }: Totals, ms: number): string {
  const rate = Math.round(operations / (ms / 1_000));
  const faults = Object.entries(injected).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([fault, times]) => `${fault} ${times}`).join(", ");
  return `${operations} operations (${rate} a second) in ${worlds} worlds, ${steps} steps; ` +
    `faults: ${faults}`;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`Cannot simulate as --${name} must be a whole number: it is "${text}"`);
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main && !await main()) Deno.exit(1);
