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

/** What strikes, by the number of processes that the platform runs in. */
const FAULTS: Readonly<Record<ProcessCount, readonly string[]>> = {
  1: ["kill_gateway", "kill_backend", "cut_after_commit", "disk_full"],
  5: ["kill_booking", "kill_event", "kill_postgres", "kill_redis", "flush_redis"],
};

for (const processes of [1, 5] as const) {
  const named = processes === 1 ? "one process" : "five processes";
  Deno.test(
    `${named} under load lose nothing that was acknowledged, oversell nothing and heal, whatever is killed`,
    CLIENT_LEAVES_TIMERS,
    async (t) => {
      const seed = seedOfRun();
      await t.step(`seed ${seed}`, async () => {
        const base = await Deno.makeTempDir({ prefix: "evently-chaos-" });
        await Deno.chmod(base, OTHERS_MAY_ENTER);
        const faults = FAULTS[processes];
        const report = await runChaos({
          seed,
          processes,
          strikes: faults.length,
          faults,
          clients: CLIENTS,
          checkpoint_every: faults.length,
          limit_ms: LIMIT_MS,
          embedded: Deno.env.get("TEST_STORES") === "embedded",
          base,
          say: () => {},
          interrupted: new AbortController().signal,
        });
        assert.deepEqual(report.findings, [], [...describe(report), `logs: ${base}`].join("\n"));
        assert.deepEqual(report.strikes.map(({ fault }) => fault), faults);
        for (const [what, count] of Object.entries(report.acknowledged)) {
          if (what === "declined" || what === "refused") continue;
          assert.ok(count > 0, `nothing was ${what}, so nothing was shown`);
        }
        await Deno.remove(base, { recursive: true });
      });
    },
  );
}
