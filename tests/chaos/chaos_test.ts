import assert from "node:assert/strict";
import { seedOfRun } from "@evently/shared/testing";
import { describe } from "./report.ts";
import { runChaos } from "./run_chaos.ts";
import type { ProcessCount } from "./servers/platform.ts";

const OTHERS_MAY_ENTER = 0o755;
const CLIENTS = 8;
const LIMIT_MS = 60_000;
/** Killed connections leave the client's idle timers behind, for two minutes at most. */
const CLIENT_LEAVES_TIMERS = { sanitizeOps: false, sanitizeResources: false };

/** What strikes: in one process on the embedded stores, in five on real ones. */
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

Deno.test(
  "chaos: the platform loses nothing acknowledged, oversells nothing and heals",
  CLIENT_LEAVES_TIMERS,
  async (t) => {
    const seed = seedOfRun();
    await t.step(`${PROCESSES} processes, seed ${seed}`, async () => {
      const base = await Deno.makeTempDir({ prefix: "evently-chaos-" });
      await Deno.chmod(base, OTHERS_MAY_ENTER);
      const report = await runChaos({
        seed,
        processes: PROCESSES,
        strikes: FAULTS.length,
        faults: FAULTS,
        clients: CLIENTS,
        checkpointEvery: FAULTS.length,
        limitMs: LIMIT_MS,
        embedded: PROCESSES === 1,
        base,
        say: () => {},
        interrupted: new AbortController().signal,
      });
      assert.deepEqual(report.findings, [], [...describe(report), `logs: ${base}`].join("\n"));
      assert.deepEqual(report.strikes.map(({ fault }) => fault), FAULTS);
      for (const [what, count] of Object.entries(report.acknowledged)) {
        if (what === "declined" || what === "refused") continue;
        assert.ok(count > 0, `nothing was ${what}, so nothing was shown`);
      }
      await Deno.remove(base, { recursive: true });
    });
  },
);
