import { bookingSection, openBookingService } from "@evently/booking";
import type { Clock } from "@evently/shared/clock";
import {
  type Env,
  type EnvReader,
  type GatewayLimitsConfig,
  gatewayLimitsSection,
  loadConfig,
  redisSection,
  type SecretsConfig,
  secretsSection,
  type Section,
  type ServerConfig,
  serverSection,
  SERVICE_NAMES,
  type ServiceName,
  type ServiceUrls,
  serviceUrlsSection,
  stripePublishableKeySection,
} from "@evently/shared/config";
import type { Servable } from "@evently/shared/http";
import type { Logger } from "@evently/shared/log";
import { Mailbox, type MailConfig, mailSection } from "@evently/shared/mail";
import { openRedis, type RedisOptions } from "@evently/shared/redis";
import {
  createServiceContext,
  localBinding,
  type OpenService,
  remoteBinding,
  type ServiceBindings,
  type ServiceContext,
} from "@evently/shared/services";
import { UrgentWork } from "@evently/shared/urgent_work";
import type { Worker } from "@evently/shared/worker";
import { eventSection, openEventService } from "@evently/event";
import { openSearchService, searchSection } from "@evently/search";
import { openUserService, userSection } from "@evently/user";
import { createGatewayApp } from "./app.ts";

/** Opens a service with the configuration that its section has read. */
type Opener = (context: ServiceContext) => Promise<OpenService>;

const SERVICES: Readonly<Record<ServiceName, Section<Opener>>> = {
  user: opening(userSection, openUserService),
  event: opening(eventSection, openEventService),
  search: opening(searchSection, openSearchService),
  booking: opening(bookingSection, openBookingService),
};

function opening<Config>(
  section: Section<Config>,
  open: (config: Config, context: ServiceContext) => Promise<OpenService>,
): Section<Opener> {
  return function readService(env) {
    const config = section(env);
    return (context) => open(config, context);
  };
}

/** What the services of this process share, and how each is opened. */
interface LocalConfig {
  secrets: SecretsConfig;
  redis: RedisOptions;
  mail: MailConfig;
  openers: Partial<Record<ServiceName, Opener>>;
}

/** The whole configuration of a gateway process. */
export interface PlatformConfig {
  server: ServerConfig;
  limits: GatewayLimitsConfig;
  /** Loads Stripe's script on checkouts; without it they show the mock provider. */
  stripePublishableKey: string | undefined;
  /** Services in other processes; all others run in this one. */
  urls: ServiceUrls;
  /** Nothing, where every service runs elsewhere: such a gateway needs no store and no secret. */
  local: LocalConfig | undefined;
}

/**
 * Reads what the gateway and the services of this process need.
 *
 * @throws {ConfigError} names the mistakes of all of them at once
 */
export function readPlatformConfig(env: Env): PlatformConfig {
  return loadConfig<{ [Key in keyof PlatformConfig]: PlatformConfig[Key] }>(env, {
    server: serverSection("gateway"),
    limits: gatewayLimitsSection,
    stripePublishableKey: stripePublishableKeySection,
    urls: serviceUrlsSection,
    local: localSection,
  });
}

function localSection(env: EnvReader): LocalConfig | undefined {
  const urls = serviceUrlsSection(env);
  const names = SERVICE_NAMES.filter((name) => urls[name] === undefined);
  if (names.length === 0) return undefined;
  return {
    secrets: secretsSection(env),
    redis: redisSection(env),
    mail: mailSection(env),
    openers: Object.fromEntries(names.map((name) => [name, SERVICES[name](env)])),
  };
}

/** The platform, as far as it runs in this process. */
export interface Platform {
  app: Servable;
  /** How each service is reached. */
  bindings: ServiceBindings;
  /** Not started yet. */
  workers: readonly Worker[];
  /** Ends the answers that go on until somebody ends them. */
  endStreams(): void;
  /** Has every service {@link OpenService.finish finish}; the workers begin no further pass. */
  finish(limitMs: number): Promise<void>;
  /** Stops the workers and closes what the services have open. */
  close(): Promise<void>;
}

/** Opens the services of this process, binds those elsewhere, and puts the gateway before them all. */
export async function openPlatform(
  { server, limits, stripePublishableKey, urls, local }: PlatformConfig,
  { log, clock, reloadsPages }: { log: Logger; clock: Clock; reloadsPages?: boolean },
): Promise<Platform> {
  const opened = new Map<ServiceName, OpenService>();
  const bindings = bindingsOf(urls, { opened, log: log.with({ service: "gateway" }) });
  const redis = local && await openRedis(local.redis);
  let urgent = new UrgentWork();
  let closeMail = () => {};
  let mailbox: Mailbox | undefined;
  if (local && redis) {
    const lent = { log, clock, redis, bindings };
    const context = createServiceContext({ server, ...local }, lent);
    urgent = context.urgent;
    closeMail = () => context.mailTransport.close();
    if (local.mail.route.kind === "mailbox") {
      mailbox = new Mailbox({ redis: context.redis, clock, from: context.mailFrom });
    }
    for (const [name, open] of Object.entries(local.openers) as [ServiceName, Opener][]) {
      opened.set(name, await open({ ...context, log: log.with({ service: `${name}-service` }) }));
    }
  }
  const services = [...opened.values()];
  const stopping = new AbortController();
  const workers = services.flatMap((service) => service.workers);
  const stopWorkers = () => Promise.all(workers.map((worker) => worker.stop()));
  return {
    app: createGatewayApp({
      log: log.with({ service: "gateway" }),
      clock,
      corsOrigins: server.corsOrigins,
      environment: server.environment,
      publicUrl: server.publicUrl,
      stripePublishableKey,
      mailbox,
      reloadsPages,
      limits,
      urgent,
      bindings,
      stopping: stopping.signal,
    }),
    bindings,
    workers,
    endStreams() {
      stopping.abort();
      services.forEach((service) => service.endStreams?.());
    },
    async finish(limitMs) {
      void stopWorkers();
      await Promise.all(services.map((service) => service.finish?.(limitMs)));
    },
    async close() {
      await stopWorkers();
      await Promise.all(services.map((service) => service.close()));
      closeMail();
      await redis?.close();
    },
  };
}

function bindingsOf(
  urls: ServiceUrls,
  { opened, log }: { opened: ReadonlyMap<ServiceName, OpenService>; log: Logger },
): ServiceBindings {
  const entries = SERVICE_NAMES.map((name) => {
    const url = urls[name];
    if (url !== undefined) return [name, remoteBinding(name, url, { log: log.with({ of: name }) })];
    const service = () => opened.get(name)!;
    return [name, localBinding(name, () => service().app, () => service().operations)];
  });
  return Object.fromEntries(entries);
}
