/**
 * The platform on Deno Deploy: all services in one app, its stores hosted elsewhere.
 *
 * An instance lives as long as it has requests. So background work has its intervals while there is one,
 * and a cron job that wakes the platform every minute while there is none. Passes are safe in any number
 * of instances at once.
 */
import { openPlatform, readPlatformConfig } from "@evently/gateway";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { serveUntilSignal } from "@evently/shared/http";
import { openProgramLog, runProgram } from "@evently/shared/output";
import { behindEdge } from "./edge_proxy.ts";
import { withSmallPools } from "./small_pools.ts";

/** On Deno Deploy always there; elsewhere only where `unstable` of deno.json has `cron`. */
type Cron = (name: string, schedule: string, job: () => Promise<void>) => Promise<void>;

const opening = open();

// Before anything is awaited: Deno Deploy finds cron jobs by running the top level of the module.
const { cron } = Deno as unknown as { cron?: Cron };
cron?.("background work", "* * * * *", async () => {
  const { platform: { workers } } = await opening;
  await Promise.all(workers.map((worker) => worker.runNow()));
});

// Exits in the end, as a cron job would keep the process for ever.
await runProgram(async () => {
  const { config, log, platform } = await opening;
  platform.workers.forEach((worker) => worker.start());
  return await serveUntilSignal(platform.app, {
    name: "edge",
    hostname: config.server.host,
    port: config.server.port,
    trustedProxies: config.server.trustedProxies,
    log,
    stopGraceMs: config.server.stopGraceMs,
    finish: (limitMs) => platform.finish(limitMs),
    close: () => platform.close(),
  });
});

async function open() {
  const config = readPlatformConfig(behindEdge(withSmallPools(Deno.env.toObject())));
  const log = openProgramLog({ level: config.server.logLevel });
  return { config, log, platform: await openPlatform(config, { log, clock: SYSTEM_CLOCK }) };
}
