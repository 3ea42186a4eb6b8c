/** `deno task start`, `deno task start:gateway`: the gateway, with every service that has no URL of its own. */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { serveUntilSignal } from "@evently/shared/http";
import { createLogger } from "@evently/shared/log";
import { loadConfigOrExit } from "@evently/shared/services";
import { openPlatform, readPlatformConfig } from "./platform.ts";

if (import.meta.main) {
  const config = loadConfigOrExit(() => readPlatformConfig(Deno.env.toObject()));
  const log = createLogger({ level: config.server.log_level });
  const platform = await openPlatform(config, { log, clock: SYSTEM_CLOCK });
  platform.workers.forEach((worker) => worker.start());
  await serveUntilSignal(platform.app, {
    name: "gateway",
    port: config.server.port,
    trustedProxies: config.server.trustedProxies,
    log,
    close: () => platform.close(),
  });
}
