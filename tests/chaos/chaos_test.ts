import assert from "node:assert/strict";
import { seedOfRun } from "@evently/shared/testing";
import { describe } from "./report.ts";
import { runChaos } from "./run_chaos.ts";
import type { ProcessCount } from "./servers/platform.ts";

const ENTERABLE_BY_OTHERS = 0o755;
const CLIENTS = 8;
const LIMIT_MS = 60_000;
/** The client keeps idle timers of killed connections for up to two minutes. */
const CLIENT_LEAVES_TIMERS = { sanitizeOps: false, sanitizeResources: false };

/** The faults of this pass: one process on embedded stores, or five on real stores. */
const [PROCESSES, FAULTS]: [ProcessCount, readonly string[]] =
  Deno.env.get("TEST_STORES") === "embedded"
    ? [1, ["kill_gateway", "kill_backend", "cut_after_commit", "stalled_log", "kill_redis"]]
    : [5, [
      "kill_booking",
      "kill_event",
      "kill_postgres",
      "cut_after_commit",
      "full_log",
      "kill_redis",
    ]];

/** What may not happen within so short a run; long ones have it. */
const RARE: ReadonlySet<string> = new Set(["declined", "refused", "offered", "taken"]);

Deno.test(
  "chaos: the platform loses nothing acknowledged, oversells nothing and heals",
  CLIENT_LEAVES_TIMERS,
  async (t) => {
    const seed = seedOfRun();
    await t.step(`${PROCESSES} processes, seed ${seed}`, async () => {
      const base = await Deno.makeTempDir({ prefix: "evently-chaos-" });
      await Deno.chmod(base, ENTERABLE_BY_OTHERS);
      const report = await runChaos({
        seed,
        processes: PROCESSES,
        strikes: FAULTS.length,
        faults: FAULTS,
        clients: CLIENTS,
        checkpointEvery: FAULTS.length,
        limitMs: LIMIT_MS,
        embedded: PROCESSES === 1,
        redisCluster: false,
        base,
        say: () => {},
        interrupted: new AbortController().signal,
      });
      assert.deepEqual(report.findings, [], [...describe(report), `logs: ${base}`].join("\n"));
      assert.deepEqual(report.strikes.map(({ fault }) => fault), FAULTS);
      for (const [what, count] of Object.entries(report.acknowledged)) {
        if (RARE.has(what)) continue;
        assert.ok(count > 0, `no purchase was ${what}, so the run proves nothing about it`);
      }
      await Deno.remove(base, { recursive: true });
    });
  },
);
