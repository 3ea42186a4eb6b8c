/** `deno task start`, `deno task start:gateway`: the gateway, with every service that has no URL of its own. */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { withSecretFiles } from "@evently/shared/config";
import { serveUntilSignal } from "@evently/shared/http";
import { openProgramLog, runProgram } from "@evently/shared/output";
import { openPlatform, readPlatformConfig } from "./platform.ts";

async function main(): Promise<number> {
  const config = readPlatformConfig(withSecretFiles(Deno.env.toObject()));
  const log = openProgramLog({
    level: config.server.logLevel,
    exportsLog: config.server.exportsLog,
  });
  const platform = await openPlatform(config, { log, clock: SYSTEM_CLOCK });
  platform.workers.forEach((worker) => worker.start());
  return await serveUntilSignal(platform.app, {
    name: "gateway",
    hostname: config.server.host,
    port: config.server.port,
    metricsPort: config.server.metricsPort,
    trustedProxies: config.server.trustedProxies,
    log,
    stopGraceMs: config.server.stopGraceMs,
    endStreams: () => platform.endStreams(),
    finish: (limitMs) => platform.finish(limitMs),
    close: () => platform.close(),
  });
}

if (import.meta.main) await runProgram(main);
