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
import { createLogger } from "@evently/shared/log";
import { loadConfigOrExit } from "@evently/shared/services";
import { behindEdge } from "./edge_proxy.ts";
import { withSmallPools } from "./small_pools.ts";

/** On Deno Deploy always there; elsewhere only where `unstable` of deno.json has `cron`. */
type Cron = (name: string, schedule: string, job: () => Promise<void>) => Promise<void>;

const config = loadConfigOrExit(() =>
  readPlatformConfig(behindEdge(withSmallPools(Deno.env.toObject())))
);
const log = createLogger({ level: config.server.log_level });
const opening = openPlatform(config, { log, clock: SYSTEM_CLOCK });

// Before anything is awaited: Deno Deploy finds cron jobs by running the top level of the module.
const { cron } = Deno as unknown as { cron?: Cron };
cron?.("background work", "* * * * *", async () => {
  const { workers } = await opening;
  await Promise.all(workers.map((worker) => worker.runNow()));
});

const platform = await opening;
platform.workers.forEach((worker) => worker.start());
await serveUntilSignal(platform.app, {
  name: "edge",
  port: config.server.port,
  trustedProxies: config.server.trustedProxies,
  log,
  close: () => platform.close(),
});
// A cron job would keep the process for ever.
Deno.exit(0);
