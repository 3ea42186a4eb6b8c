/**
 * `deno task rehearse:edge`: the edge entry as two instances of Deno Deploy, without leave to write or to start programs,
 * on PostgreSQL behind PgBouncer with TLS and on Redis by REST; one is stopped under load, one started from nothing.
 *
 * --buyers N      concurrent buyers (12)
 * --seconds N     how long they buy before and after the stop (6)
 * --latency N     milliseconds that a request to Redis takes more (8)
 * --no-races      without races on the same stores
 * --deno PATH     another Deno for the instances
 * --telemetry     with Deno's telemetry, which Deno Deploy always has
 * --keep          keep databases and logs
 */
import { parseArgs } from "node:util";
import { exitProgram, say } from "@evently/shared/output";
import { PGBOUNCER } from "../../../shared/postgres/testing/pgbouncer.ts";
import { rehearseEdge } from "./rehearse_edge.ts";

const ENTERABLE_BY_OTHERS = 0o755;

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      buyers: { type: "string", default: "12" },
      seconds: { type: "string", default: "6" },
      latency: { type: "string", default: "8" },
      "no-races": { type: "boolean", default: false },
      deno: { type: "string" },
      telemetry: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
    },
  });
  if (!PGBOUNCER) {
    say("skipped: the rehearsal of the edge needs pgbouncer, which is not installed");
    return 0;
  }
  const base = await Deno.makeTempDir({ prefix: "evently-edge-" });
  await Deno.chmod(base, ENTERABLE_BY_OTHERS);
  const beganMs = performance.now();
  const { all: findings } = await rehearseEdge({
    base,
    buyers: Number(values.buyers),
    phaseMs: Number(values.seconds) * 1_000,
    redisLatencyMs: Number(values.latency),
    races: !values["no-races"],
    deno: values.deno,
    telemetry: values.telemetry,
    say,
  });
  for (const { what, count, evidence } of findings) {
    say(`BREACH: ${what} (${count})`);
    evidence.forEach((line) => say(line));
  }
  const tookS = (performance.now() - beganMs) / 1_000;
  say(`${findings.length === 0 ? "no breach" : "breached"} in ${tookS.toFixed(0)} s`);
  if (findings.length > 0 || values.keep) say(`logs: ${base}`);
  else await Deno.remove(base, { recursive: true });
  return findings.length === 0 ? 0 : 1;
}

if (import.meta.main) await exitProgram(await main());
