/**
 * `deno task chaos`: injects faults into real processes under load.
 *
 * --kills N        stop after N kill -9 (200); with --fault, after N faults
 * --seed N         seed of the kinds and order of faults (default: random)
 * --minutes N      inject no fault after N minutes (60)
 * --fault NAME     inject only this fault; repeat the option to rotate among several; failovers and lost
 *                  workers only so
 * --processes N    1 or 5 (default: half of the run with each)
 * --clients N      concurrent buyers (32)
 * --embedded       use the embedded servers even if others are installed
 * --redis-cluster  Redis is a cluster of three masters with a replica each
 * --disk KIND      PostgreSQL's disk: ext4, tmpfs or none (default: the first that can be mounted)
 * --keep           keep databases and logs
 */
import { parseArgs } from "node:util";
import { exitProgram, say } from "@evently/shared/output";
import { seedOfRun } from "@evently/shared/testing";
import { describe } from "./report.ts";
import { runChaos } from "./run_chaos.ts";
import type { ProcessCount } from "./servers/platform.ts";
import { DISK_KINDS } from "./servers/small_disk.ts";

const MINUTE_MS = 60_000;
const CHECKPOINT_EVERY = 10;
const ENTERABLE_BY_OTHERS = 0o755;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      kills: { type: "string", default: "200" },
      seed: { type: "string", default: String(seedOfRun()) },
      minutes: { type: "string", default: "60" },
      fault: { type: "string", multiple: true },
      processes: { type: "string" },
      clients: { type: "string", default: "32" },
      embedded: { type: "boolean", default: false },
      "redis-cluster": { type: "boolean", default: false },
      disk: { type: "string" },
      keep: { type: "boolean", default: false },
    },
  });
  const counts: ProcessCount[] = values.processes ? [values.processes === "1" ? 1 : 5] : [1, 5];
  const disk = DISK_KINDS.find((kind) => kind === values.disk);
  if (values.disk !== undefined && !disk) {
    throw new TypeError(
      `Cannot run as --disk must be one of ${DISK_KINDS.join(", ")}: it is "${values.disk}"`,
    );
  }
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => interrupted.abort());
  }
  say(`seed ${values.seed}`);
  let ok = true;
  for (const processes of counts) {
    const base = await Deno.makeTempDir({ prefix: "evently-chaos-" });
    await Deno.chmod(base, ENTERABLE_BY_OTHERS);
    const report = await runChaos({
      seed: Number(values.seed),
      processes,
      strikes: Math.ceil(Number(values.kills) / counts.length),
      ...(values.fault ? { faults: values.fault } : {}),
      clients: Number(values.clients),
      checkpointEvery: CHECKPOINT_EVERY,
      limitMs: Number(values.minutes) * MINUTE_MS / counts.length,
      embedded: values.embedded,
      redisCluster: values["redis-cluster"],
      ...(disk ? { disk } : {}),
      base,
      say: (line) => say(`${new Date().toISOString()} ${line}`),
      interrupted: interrupted.signal,
    });
    describe(report).forEach((line) => say(line));
    const breached = report.findings.length > 0;
    if (breached || values.keep) say(`logs: ${base}`);
    else await Deno.remove(base, { recursive: true });
    ok &&= !breached && !interrupted.signal.aborted;
  }
  return ok ? 0 : 1;
}

if (import.meta.main) await exitProgram(await main());
