/**
 * The platform on Deno Deploy: all services in one app, with hosted stores.
 *
 * An instance lives only while it gets requests. Workers run on intervals in live instances, and a cron job runs them
 * every minute otherwise. Workers are safe in several instances at once.
 */
import { openPlatform, readPlatformConfig } from "@evently/gateway";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { serveUntilSignal } from "@evently/shared/http";
import { openProgramLog, runProgram } from "@evently/shared/output";
import { runBackgroundWork } from "./background_work.ts";
import { behindEdge } from "./edge_proxy.ts";
import { requireOwnDatabases } from "./own_databases.ts";
import { CLOSE_TIMEOUT_MS, withShortStop } from "./short_stop.ts";
import { withSmallPools } from "./small_pools.ts";

/** Always present on Deno Deploy; elsewhere it needs `cron` in `unstable` of deno.json. */
type Cron = (name: string, schedule: string, job: () => Promise<void>) => Promise<void>;

const opening = open();

// Before the first await: Deno Deploy finds cron jobs by running the module's top level.
const { cron } = Deno as unknown as { cron?: Cron };
cron?.("background work", "* * * * *", async () => {
  const { platform: { workers }, log } = await opening;
  await runBackgroundWork({ workers, log });
});

// Exits explicitly, because a cron job keeps the process alive.
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
    endStreams: () => platform.endStreams(),
    finish: (limitMs) => platform.finish(limitMs),
    close: () => platform.close(),
    closeTimeoutMs: CLOSE_TIMEOUT_MS,
  });
});

async function open() {
  // React renders several times faster without its checks for development; it looks when it is loaded.
  if (!Deno.env.has("NODE_ENV")) Deno.env.set("NODE_ENV", "production");
  const env = Deno.env.toObject();
  requireOwnDatabases(env);
  const config = readPlatformConfig(withShortStop(behindEdge(withSmallPools(env))));
  const log = openProgramLog({ level: config.server.logLevel });
  return { config, log, platform: await openPlatform(config, { log, clock: SYSTEM_CLOCK }) };
}
