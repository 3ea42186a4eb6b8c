/**
 * `deno task mutants [--share=N/M] [word…]`: plants each defect of `mutants.ts` (or those with one of the words in their
 * name) in a copy of the checkout and runs the tests that must notice it. Only a failed assertion kills a mutant; code
 * that does not load or runs too long does not count. Exits with 1 if a mutant survives. With a share it takes every M-th
 * defect, beginning with the N-th.
 *
 * The same tests must pass without any mutant. They are run first, unless `TEST_REPORT` names the report of a
 * `deno task test` that has passed.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { claimServer } from "../../shared/testing/runner/claim_server.ts";
import {
  embeddedEnvironment,
  type TestEnvironment,
} from "../../shared/testing/runner/environment.ts";
import { countTests } from "../../shared/testing/runner/junit.ts";
import { MUTANTS } from "./mutants.ts";
import { type Mutant, mutate, type Sources } from "./mutate.ts";
import { listFiles, readSources } from "./sources.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Mutants under test at the same time, each in its own copy. */
const COPIES = 2;
/** Limit for the tests of one mutant; a mutant that makes them hang has survived. */
const MUTANT_TIMEOUT_MS = 120_000;

/** Result of running tests in a copy. */
interface Outcome {
  tests: number;
  failed: number;
  /** Names of the tests with a failed assertion. */
  asserted: string[];
  /** Output of tests and modules that failed in another way. */
  otherwise: string;
  durationS: number;
}

async function main(): Promise<number> {
  const chosen = chooseMutants();
  if (!chosen) return 2;
  const sources = await readSources();
  const server = await claimServer();
  const copies: string[] = [];
  try {
    const environment = embeddedEnvironment(Deno.env.toObject(), server.url);
    while (copies.length < COPIES) copies.push(await copyTree());
    if (!await haveTestsPassed() && !await testUnchanged(copies, chosen, environment)) return 1;
    const queue = [...chosen];
    const survivors: Mutant[] = [];
    await Promise.all(copies.map(async (copy) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        if (!await kill(copy, mutant, { environment, sources })) survivors.push(mutant);
      }
    }));
    print(`${chosen.length - survivors.length} killed, ${survivors.length} survived`);
    await writeReport(chosen, survivors);
    return survivors.length === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    for (const copy of copies) await Deno.remove(copy, { recursive: true });
    await server.release();
  }
}

/** The mutants that the arguments name; `undefined` after a complaint about the share. */
function chooseMutants(): Mutant[] | undefined {
  const { values: { share }, positionals: words } = parseArgs({
    options: { share: { type: "string", default: "1/1" } },
    allowPositionals: true,
  });
  const [first = 0, of = 0] = share.split("/").map(Number);
  if (!(Number.isInteger(first) && Number.isInteger(of) && 1 <= first && first <= of)) {
    print(`--share must be N/M with 1 ≤ N ≤ M, not ${share}`);
    return undefined;
  }
  return MUTANTS.filter(({ name }, i) =>
    i % of === first - 1 && (words.length === 0 || words.some((word) => name.includes(word)))
  );
}

/** Whether every test of the checkout has passed before, by the report in `TEST_REPORT`. */
async function haveTestsPassed(): Promise<boolean> {
  const path = Deno.env.get("TEST_REPORT");
  if (!path) return false;
  const { runs } = JSON.parse(await Deno.readTextFile(path)) as { runs: { ok: boolean }[] };
  return runs.length > 0 && runs.every(({ ok }) => ok);
}

/** Whether the tests of these mutants pass without one. */
async function testUnchanged(
  copies: readonly string[],
  mutants: readonly Mutant[],
  environment: TestEnvironment,
): Promise<boolean> {
  const files = [...new Set(mutants.flatMap(({ tests }) => tests))];
  let passed = true;
  await Promise.all(copies.map(async (copy) => {
    for (let file = files.shift(); file; file = files.shift()) {
      const { tests, failed, durationS } = await runTests(copy, [file], environment);
      if (failed === 0 && tests > 0) continue;
      passed = false;
      print(`FAILED  without any mutant: ${file} (${durationS.toFixed(1)} s)`);
    }
  }));
  return passed;
}

/** Whether a test notices the mutant. */
async function kill(
  copy: string,
  mutant: Mutant,
  { environment, sources }: { environment: TestEnvironment; sources: Sources },
): Promise<boolean> {
  const changed = mutate(sources, mutant);
  for (const [path, text] of changed) await Deno.writeTextFile(join(copy, path), text);
  try {
    let outcome = await runTests(copy, mutant.tests, environment, ["--fail-fast"]);
    // The first failure is no assertion, but another test may have one.
    if (outcome.failed > 0 && outcome.asserted.length === 0) {
      outcome = await runTests(copy, mutant.tests, environment);
    }
    const { tests, asserted, otherwise, durationS } = outcome;
    const killed = asserted.length > 0 && tests > 0;
    const verdict = killed ? "killed  " : "SURVIVED";
    const how = killed ? `by "${asserted[0]}"` : `${tests} tests ran${otherwise}`;
    print(`${verdict} ${mutant.name} (${durationS.toFixed(1)} s): ${how}`);
    return killed;
  } finally {
    for (const path of changed.keys()) {
      await Deno.writeTextFile(join(copy, path), sources.get(path)!);
    }
  }
}

async function runTests(
  copy: string,
  files: readonly string[],
  environment: TestEnvironment,
  options: readonly string[] = [],
): Promise<Outcome> {
  const report = await Deno.makeTempFile({ prefix: "evently-mutant-", suffix: ".xml" });
  const startedMs = performance.now();
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: [
        ...["test", "--no-check", "--allow-all", "--quiet", `--junit-path=${report}`],
        ...options,
        ...files,
      ],
      cwd: copy,
      clearEnv: true,
      env: environment,
      stdout: "null",
      stderr: "null",
    }).spawn();
    const timeout = setTimeout(() => child.kill("SIGKILL"), MUTANT_TIMEOUT_MS);
    const { success } = await child.status;
    clearTimeout(timeout);
    const junit = await Deno.readTextFile(report);
    const { passed, failed } = countTests(junit);
    return {
      tests: passed + failed,
      failed: success ? failed : Math.max(1, failed),
      asserted: failures(junit).filter(isAssertion).map(({ name }) => name),
      otherwise: failures(junit).filter((failure) => !isAssertion(failure))
        .map(({ text }) => `\n${text}`).join(""),
      durationS: (performance.now() - startedMs) / 1000,
    };
  } finally {
    await Deno.remove(report);
  }
}

interface Failure {
  /** Name of the test. */
  name: string;
  text: string;
}

function failures(junit: string): Failure[] {
  const cases = junit.matchAll(/<testcase name="([^"]*)"[^>]*>\s*<failure([\s\S]*?)<\/failure>/g);
  return [...cases].map(([, name, text]) => ({ name: readable(name!), text: text! }));
}

function readable(xml: string): string {
  return xml.replaceAll("&apos;", "'").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Whether a failed assertion is the failure or its cause. */
function isAssertion({ text }: Failure): boolean {
  return text.includes("AssertionError");
}

/** Copies the checkout, committed or not, without the files that git ignores. */
async function copyTree(): Promise<string> {
  const copy = await Deno.makeTempDir({ prefix: "evently-mutants-" });
  for (const path of await listFiles()) {
    await Deno.mkdir(join(copy, dirname(path)), { recursive: true });
    await Deno.copyFile(join(ROOT, path), join(copy, path));
  }
  return copy;
}

/** Writes the names of killed and surviving mutants to the path in `MUTANTS_REPORT`, if it is set. */
async function writeReport(chosen: readonly Mutant[], survivors: readonly Mutant[]): Promise<void> {
  const path = Deno.env.get("MUTANTS_REPORT");
  if (!path) return;
  const killed = chosen.filter((mutant) => !survivors.includes(mutant)).map(({ name }) => name);
  const report = { killed, survived: survivors.map(({ name }) => name) };
  await Deno.writeTextFile(path, JSON.stringify(report, null, 2) + "\n");
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) Deno.exit(await main());
