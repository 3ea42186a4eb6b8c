import { join } from "node:path";
import { findProgram } from "@evently/shared/testing";

const DEBIAN = "/usr/lib/postgresql";
const TPS = /^tps = ([\d.]+)/m;

/** Input of pgbench: transactions run one after the other on one connection. */
export interface PgbenchRun {
  url: string;
  /** Script in pgbench's language. */
  script: string;
  durationS: number;
}

/** Transactions per second measured by pgbench; `undefined` if it is not installed. */
export async function runPgbench(
  { url, script, durationS }: PgbenchRun,
): Promise<number | undefined> {
  const program = await findPgbench();
  if (!program) return undefined;
  const seconds = String(Math.ceil(durationS));
  const file = await Deno.makeTempFile({ prefix: "evently-bench-", suffix: ".sql" });
  try {
    await Deno.writeTextFile(file, script);
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: ["-n", "-M", "prepared", "-c", "1", "-T", seconds, "-f", file, url],
    }).output();
    const rate = TPS.exec(new TextDecoder().decode(stdout))?.[1];
    if (!success || !rate) throw new Error(`pgbench failed: ${new TextDecoder().decode(stderr)}`);
    return Number(rate);
  } finally {
    await Deno.remove(file);
  }
}

/** Debian's newest pgbench, otherwise the one on the PATH. */
async function findPgbench(): Promise<string | undefined> {
  const versions = await Array.fromAsync(Deno.readDir(DEBIAN)).catch(() => []);
  const newest = versions.map(({ name }) => Number(name)).sort((a, b) => b - a);
  return await findProgram(
    "pgbench",
    newest.map((version) => join(DEBIAN, String(version), "bin")),
  );
}
