import { SYSTEM_CLOCK } from "../clock.ts";
import {
  loadConfig,
  peersSection,
  redisSection,
  secretsSection,
  type Section,
  serverSection,
  SERVICE_NAMES,
  type ServiceName,
  type ServiceUrls,
  withSecretFiles,
} from "../config/mod.ts";
import { serveUntilSignal } from "../http/mod.ts";
import type { Logger } from "../log.ts";
import { mailSection } from "../mail/mod.ts";
import { openProgramLog, runProgram } from "../output/mod.ts";
import { openRedis } from "../redis/mod.ts";
import { remoteBinding, type ServiceBindings } from "./binding.ts";
import { createServiceContext, type OpenService, type ServiceContext } from "./service.ts";

/** A service as a program of its own. */
export interface ServiceProgram<Config> {
  name: ServiceName;
  section: Section<Config>;
  /** The services that it calls. */
  peers: readonly ServiceName[];
  open: (config: Config, context: ServiceContext) => Promise<OpenService>;
}

/** Runs one service in this process until a signal ends it: environment, clients, workers, server. */
export async function runService<Config>(program: ServiceProgram<Config>): Promise<never> {
  return await runProgram(() => serve(program));
}

async function serve<Config>(program: ServiceProgram<Config>): Promise<number> {
  const config = loadConfig(withSecretFiles(Deno.env.toObject()), {
    server: serverSection(program.name),
    secrets: secretsSection,
    redis: redisSection,
    mail: mailSection,
    peers: peersSection(program.peers),
    service: program.section,
  });
  const log = openProgramLog({
    level: config.server.logLevel,
    exportsLog: config.server.exportsLog,
  })
    .with({ service: `${program.name}-service` });
  const redis = await openRedis(config.redis);
  const context = createServiceContext(config, {
    log,
    clock: SYSTEM_CLOCK,
    redis,
    bindings: remoteBindings(config.peers, log),
  });
  const service = await program.open(config.service, context);
  service.workers.forEach((worker) => worker.start());
  const stopWorkers = () => Promise.all(service.workers.map((worker) => worker.stop()));
  return await serveUntilSignal(service.app, {
    name: `${program.name}-service`,
    hostname: config.server.host,
    port: config.server.port,
    metricsPort: config.server.metricsPort,
    trustedProxies: config.server.trustedProxies,
    stopGraceMs: config.server.stopGraceMs,
    log,
    endStreams: () => service.endStreams?.(),
    finish: async (limitMs) => {
      void stopWorkers();
      await service.finish?.(limitMs);
    },
    close: async () => {
      await stopWorkers();
      await service.close();
      context.mailTransport.close();
      await redis.close();
    },
  });
}

/** Where services are that this one does not call. */
const NO_PEER = "http://not-a-peer.invalid";

function remoteBindings(urls: ServiceUrls, log: Logger): ServiceBindings {
  const bindings = SERVICE_NAMES.map((name) => [
    name,
    remoteBinding(name, urls[name] ?? NO_PEER, { log: log.with({ of: name }) }),
  ]);
  return Object.fromEntries(bindings);
}
