/**
 * `deno task test [arguments of deno test]`: runs all tests, or those that the arguments name.
 *
 * Tests run on the embedded stores, then again on the real ones whose URLs (`DATABASE_URL`, `REDIS_URL`,
 * `ELASTICSEARCH_URL`) are in the environment; a store without a URL stays embedded. `TEST_REPORT=path` writes the
 * totals to a JSON file. Each of the two passes fails after `TEST_LIMIT_MINUTES` (30), so that a test that hangs
 * is a failure with a name and not a run without an end.
 */
import { claimServer } from "./runner/claim_server.ts";
import { runTests, type TestRun } from "./runner/run_once.ts";
import {
  embeddedEnvironment,
  realEnvironment,
  type TestEnvironment,
} from "./runner/environment.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const EXIT_INTERRUPTED = 130;
const DEFAULT_LIMIT_MINUTES = 30;

/** Content of the file that `TEST_REPORT` names. */
interface Report {
  passed: number;
  failed: number;
  runs: TestRun[];
}

async function main(): Promise<number> {
  const interrupted = new AbortController();
  for (const signal of SIGNALS) Deno.addSignalListener(signal, () => interrupted.abort());

  const runs: TestRun[] = [];
  const server = await claimServer();
  try {
    const variables = Deno.env.toObject();
    const embedded = embeddedEnvironment(variables, server.url);
    const limitMinutes = Number(variables.TEST_LIMIT_MINUTES) || DEFAULT_LIMIT_MINUTES;
    const environments = [embedded, realEnvironment(variables, embedded)];
    for (const environment of environments) {
      if (!environment || interrupted.signal.aborted) continue;
      runs.push(await runWithin(limitMinutes, environment, interrupted.signal));
    }
  } finally {
    await server.release();
  }
  for (const run of runs) print(summary(run));
  await writeReport(runs);
  if (interrupted.signal.aborted) return EXIT_INTERRUPTED;
  return runs.every((run) => run.ok) ? 0 : 1;
}

async function runWithin(
  limitMinutes: number,
  environment: TestEnvironment,
  interrupted: AbortSignal,
): Promise<TestRun> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    print(`no end after ${limitMinutes} minutes: stopping the tests`);
    limit.abort();
  }, limitMinutes * 60_000);
  try {
    return await runTests(environment, Deno.args, AbortSignal.any([interrupted, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function summary({ stores, passed, failed, durationS, ok }: TestRun): string {
  const remark = ok || failed > 0 ? "" : ": no test was run";
  return `${stores}: ${passed} passed, ${failed} failed (${durationS.toFixed(1)} s)${remark}`;
}

async function writeReport(runs: TestRun[]): Promise<void> {
  const path = Deno.env.get("TEST_REPORT");
  if (!path) return;
  const total = (count: "passed" | "failed") => runs.reduce((sum, run) => sum + run[count], 0);
  const report: Report = { passed: total("passed"), failed: total("failed"), runs };
  await Deno.writeTextFile(path, JSON.stringify(report, null, 2) + "\n");
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) Deno.exit(await main());
