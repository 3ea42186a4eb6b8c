import { fileURLToPath } from "node:url";
import { OUTSIDE_JOURNEYS } from "../../journeys/platform.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Races that need no session of their own at the server, so that a pooler can stand before it. */
const RACES = [
  "tests/races/bookings/pairs_test.ts",
  "tests/races/seats/rush_test.ts",
  "tests/races/waitlist/steal_test.ts",
];
const ROUNDS = "2";

/** The end of `deno test`. */
export interface SuiteResult {
  ok: boolean;
  /** Its last line: how many passed. */
  totals: string;
  /** The names of tests that failed. */
  failed: string[];
  output: string;
}

/** Runs the journeys against the platform at `origin`, which uses the databases on the server of `databaseUrl`. */
export function runJourneys(origin: string, databaseUrl: string): Promise<SuiteResult> {
  const files = OUTSIDE_JOURNEYS.map((name) => `tests/journeys/${name}`);
  return runSuites(files, { TEST_ORIGIN: origin, TEST_ORIGIN_DATABASE_URL: databaseUrl });
}

/** Runs races in the process of the tests, on stores that are reached as an instance reaches its own. */
export function runRaces(stores: Readonly<Record<string, string>>): Promise<SuiteResult> {
  return runSuites(["--parallel", ...RACES], { ...stores, TEST_ROUNDS: ROUNDS });
}

async function runSuites(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<SuiteResult> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--allow-all", ...args],
    cwd: ROOT,
    env: { ...env, TEST_STORES: "real", NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("").trim();
  const totals = /^(?:ok|FAILED) \| .*$/m.exec(output)?.[0] ?? "no totals";
  const failed = output.matchAll(/^(.+) => \.\/\S+:\d+:\d+$/gm).map(([, name]) => name!);
  return { ok: success, totals, failed: [...new Set(failed)], output };
}
