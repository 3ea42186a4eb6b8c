import { fileURLToPath } from "node:url";
import type { TestEnvironment } from "./environment.ts";
import { countTests } from "./junit.ts";

/** How one pass over the tests went. */
export interface TestRun {
  stores: "embedded" | "real";
  passed: number;
  /** At least 1 when `deno test` failed, also where no test did (a module that does not load). */
  failed: number;
  ignored: number;
  durationS: number;
  /** Something was run, and nothing failed. */
  ok: boolean;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Where tests are, when the arguments name no file. */
const SOURCES = ["services", "shared", "migrations", "deploy", "tests"];
/** Sanitizers are off by default since Deno 2.8: they find what a test leaves open or unawaited. */
const OPTIONS = ["--parallel", "--allow-all", "--sanitize-ops", "--sanitize-resources"];

/**
 * Runs `deno test` once in the given environment and no other, and counts by its JUnit report.
 *
 * @param args arguments of `deno test`; without a path among them all tests of the project are meant
 * @param signal ends the run
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
      args: ["test", ...OPTIONS, `--junit-path=${report}`, ...args, ...await defaultPaths(args)],
      cwd: ROOT,
      clearEnv: true,
      env: environment,
    }).spawn();
    let running = true;
    signal.addEventListener("abort", () => running && child.kill("SIGTERM"), { once: true });
    const { success } = await child.status;
    running = false;

    const counts = countTests(await Deno.readTextFile(report));
    const failed = success ? 0 : Math.max(1, counts.failed);
    return {
      stores: environment.TEST_STORES,
      ...counts,
      failed,
      durationS: (performance.now() - startedMs) / 1000,
      ok: failed === 0 && counts.passed > 0,
    };
  } finally {
    await Deno.remove(report);
  }
}

/** The sources, unless an argument is itself a path: then they are not meant. */
async function defaultPaths(args: readonly string[]): Promise<string[]> {
  for (const arg of args) {
    if (!arg.startsWith("-") && await exists(arg)) return [];
  }
  const present = await Promise.all(SOURCES.map(async (path) => await exists(path) ? [path] : []));
  return present.flat();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(new URL(path, `file://${ROOT}`)).then(() => true, () => false);
}
