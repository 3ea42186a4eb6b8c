/**
 * `deno task mutants [word…]`: makes each mistake of `mutants.ts` (or those whose name has a word) in a copy of the
 * tree, and runs the tests that must notice it. A mutant is killed by a failed assertion of a test alone: what does
 * not load, or runs too long, is not. Exits with 1 when one survives.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimServer } from "../../shared/testing/runner/claim_server.ts";
import {
  embeddedEnvironment,
  type TestEnvironment,
} from "../../shared/testing/runner/environment.ts";
import { countTests } from "../../shared/testing/runner/junit.ts";
import { MUTANTS } from "./mutants.ts";
import { type Mutant, mutate } from "./mutate.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Mutants that are tested at once, each in a copy of its own. */
const COPIES = 2;
/** A test that hangs on a mistake has not found it. */
const MUTANT_TIMEOUT_MS = 120_000;

/** How tests went on a copy. */
interface Outcome {
  tests: number;
  failed: number;
  /** The tests that an assertion failed. */
  asserted: string[];
  /** What tests and modules said that failed in another way. */
  otherwise: string;
  durationS: number;
}

async function main(): Promise<number> {
  const chosen = MUTANTS.filter(({ name }) =>
    Deno.args.length === 0 || Deno.args.some((word) => name.includes(word))
  );
  const server = await claimServer();
  const copies: string[] = [];
  try {
    const environment = embeddedEnvironment(Deno.env.toObject(), server.url);
    while (copies.length < COPIES) copies.push(await copyTree());
    const baseline = await testUnchanged(copies, chosen, environment);
    if (!baseline) return 1;
    const queue = [...chosen];
    const survivors: Mutant[] = [];
    await Promise.all(copies.map(async (copy) => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        if (!await kill(copy, mutant, { environment, baseline })) survivors.push(mutant);
      }
    }));
    print(`${chosen.length - survivors.length} killed, ${survivors.length} survived`);
    return survivors.length === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    for (const copy of copies) await Deno.remove(copy, { recursive: true });
    await server.release();
  }
}

/** Tests by file in the tree as it is, where all must pass; `undefined` when they do not. */
async function testUnchanged(
  copies: readonly string[],
  mutants: readonly Mutant[],
  environment: TestEnvironment,
): Promise<ReadonlyMap<string, number> | undefined> {
  const files = [...new Set(mutants.flatMap(({ tests }) => tests))];
  const counts = new Map<string, number>();
  let passed = true;
  await Promise.all(copies.map(async (copy) => {
    for (let file = files.shift(); file; file = files.shift()) {
      const { tests, failed, durationS } = await runTests(copy, [file], environment);
      counts.set(file, tests);
      if (failed === 0 && tests > 0) continue;
      passed = false;
      print(`FAILED  without any mutant: ${file} (${durationS.toFixed(1)} s)`);
    }
  }));
  return passed ? counts : undefined;
}

/** Whether a test notices the mutant. */
async function kill(
  copy: string,
  mutant: Mutant,
  { environment, baseline }: {
    environment: TestEnvironment;
    baseline: ReadonlyMap<string, number>;
  },
): Promise<boolean> {
  const path = join(copy, mutant.file);
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, mutate(text, mutant));
  try {
    const { tests, asserted, otherwise, durationS } = await runTests(
      copy,
      mutant.tests,
      environment,
    );
    const expected = mutant.tests.reduce((sum, file) => sum + baseline.get(file)!, 0);
    const killed = asserted.length > 0 && tests > 0;
    const verdict = killed ? "killed  " : "SURVIVED";
    const how = killed ? `by "${asserted[0]}"` : `${tests} of ${expected} tests ran${otherwise}`;
    print(`${verdict} ${mutant.name} (${durationS.toFixed(1)} s): ${how}`);
    return killed;
  } finally {
    await Deno.writeTextFile(path, text);
  }
}

async function runTests(
  copy: string,
  files: readonly string[],
  environment: TestEnvironment,
): Promise<Outcome> {
  const report = await Deno.makeTempFile({ prefix: "evently-mutant-", suffix: ".xml" });
  const startedMs = performance.now();
  try {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-check", "--allow-all", "--quiet", `--junit-path=${report}`, ...files],
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
  /** Of the test. */
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

/** Whether an assertion failed, or led to the failure. */
function isAssertion({ text }: Failure): boolean {
  return text.includes("AssertionError");
}

/** A copy of what is in the tree now, committed or not, but for what git ignores. */
async function copyTree(): Promise<string> {
  const list = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  const copy = await Deno.makeTempDir({ prefix: "evently-mutants-" });
  for (const path of new TextDecoder().decode(list.stdout).split("\0").filter(Boolean)) {
    await Deno.mkdir(join(copy, dirname(path)), { recursive: true });
    await Deno.copyFile(join(ROOT, path), join(copy, path));
  }
  return copy;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) Deno.exit(await main());
