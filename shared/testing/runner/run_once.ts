import { fileURLToPath } from "node:url";
import type { TestEnvironment } from "./environment.ts";
import { countTests, type Failure, failuresOf } from "./junit.ts";

/** Result of one pass over the tests. */
export interface TestRun {
  stores: "embedded" | "real";
  passed: number;
  /** At least 1 if `deno test` failed, even if no test did (e.g. a module that does not load). */
  failed: number;
  ignored: number;
  durationS: number;
  /** What failed; never empty if something did. */
  failures: Failure[];
  /** Whether tests were run and none failed. */
  ok: boolean;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** What does not depend on the kind of stores: the pass on the embedded ones says all. */
const RUN_ONCE = [
  "services/web",
  "shared/embedded",
  "tests/client",
  "tests/docs_test.ts",
  "tests/mutants",
  "tests/simulation",
  "tests/stripe",
  "tests/structure",
  "tests/web",
];
/** `deno test` ended before it could report, as for a module that does not load, or it was stopped. */
const UNNAMED_FAILURE: Failure = { test: "deno test", error: "it named no test; see its output" };
/** Sanitizers find resources and operations that a test leaks; they are off by default since Deno 2.8. */
const OPTIONS = ["--parallel", "--allow-all", "--sanitize-ops", "--sanitize-resources"];

/**
 * Runs `deno test` once with exactly the given environment; takes the totals from its JUnit report.
 *
 * @param args arguments of `deno test`; without a path among them all tests of the project run
 * @param signal stops the run
 */
export async function runTests(
  environment: TestEnvironment,
  args: readonly string[],
  signal: AbortSignal,
): Promise<TestRun> {
  const report = await Deno.makeTempFile({ prefix: "evently-tests-", suffix: ".xml" });
  const startedMs = performance.now();
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["test", ...OPTIONS, `--junit-path=${report}`],
        ...args,
        ...await defaultPaths(args, environment),
      ],
      cwd: ROOT,
      clearEnv: true,
      env: environment,
    }).spawn();
    let running = true;
    signal.addEventListener("abort", () => running && child.kill("SIGTERM"), { once: true });
    const { success } = await child.status;
    running = false;

    const junit = await Deno.readTextFile(report);
    const counts = countTests(junit);
    const failed = success ? 0 : Math.max(1, counts.failed);
    const failures = failuresOf(junit);
    if (failed > 0 && failures.length === 0) failures.push(UNNAMED_FAILURE);
    return {
      stores: environment.TEST_STORES,
      ...counts,
      failed,
      failures,
      durationS: (performance.now() - startedMs) / 1000,
      ok: failed === 0 && counts.passed > 0,
    };
  } finally {
    await Deno.remove(report);
  }
}

/** Returns the whole project, and what of it to leave out; nothing if an argument is an existing path. */
async function defaultPaths(
  args: readonly string[],
  { TEST_STORES }: TestEnvironment,
): Promise<string[]> {
  for (const arg of args) {
    if (!arg.startsWith("-") && await exists(arg)) return [];
  }
  // One folder: of several, Deno leaves out files of the first alone.
  return TEST_STORES === "real" ? [`--ignore=${RUN_ONCE.join(",")}`, "."] : ["."];
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(new URL(path, `file://${ROOT}`)).then(() => true, () => false);
}
