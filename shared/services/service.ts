import { AccessTokens, type RefreshTokenRules } from "../auth/mod.ts";
import type { Clock } from "../clock.ts";
import type { SecretsConfig, ServerConfig } from "../config/mod.ts";
import type { Servable } from "../http/mod.ts";
import type { Logger } from "../log.ts";
import {
  type MailConfig,
  type MailFrom,
  mailLane,
  type MailTransport,
  openMailTransport,
} from "../mail/mod.ts";
import { GuardedRedis, type RedisConnection } from "../redis/mod.ts";
import { UrgentWork } from "../urgent_work.ts";
import type { Secrets } from "../secrets.ts";
import type { Lane } from "../work_lane.ts";
import type { Worker } from "../worker.ts";
import type { ServiceBindings } from "./binding.ts";
import { SeatNews } from "./seat_news.ts";

/** What a process lends to each service that it runs. */
export interface ServiceContext {
  log: Logger;
  clock: Clock;
  corsOrigins: ServerConfig["corsOrigins"];
  tokens: AccessTokens;
  /** Sent to other services. */
  internalApiKey: string;
  /** Admitted by internal routes. */
  internalApiKeys: Secrets;
  refreshTokenRules: RefreshTokenRules;
  redis: GuardedRedis;
  /** Throws while Redis does not answer; for readiness. */
  pingRedis: () => Promise<void>;
  bindings: ServiceBindings;
  /** Sends mails, or keeps them in development's mailbox. */
  mailTransport: MailTransport;
  mailFrom: MailFrom;
  /** Base of links in mails, without a trailing slash. */
  publicUrl: string;
  /** Where mails are rendered. */
  mailLane: Lane;
  /** How long mails that were given up are kept. */
  deadLetterTtlMs: number;
  /** What is urgent in this process, of whatever service. */
  urgent: UrgentWork;
  /** What this process does to the seats of events. */
  seatNews: SeatNews;
}

/** A service with its clients connected. */
export interface OpenService {
  app: Servable;
  /** See `ServiceBinding.operations`. */
  operations?: unknown;
  /** Not started yet. */
  workers: readonly Worker[];
  /** Ends the answers that go on until somebody ends them, as the process stops. */
  endStreams?(): void;
  /**
   * Lets work end that no request waits for any more, for so many milliseconds at most, and hands on what is left; its
   * neighbours are still there. The workers begin no further pass.
   */
  finish?(limitMs: number): Promise<void>;
  /** Closes its pools; the workers have been stopped before. */
  close(): Promise<void>;
}

/** Builds what services share from the configuration of their process. */
export function createServiceContext(
  { server, secrets, mail }: { server: ServerConfig; secrets: SecretsConfig; mail: MailConfig },
  { log, clock, redis, bindings }: Pick<ServiceContext, "log" | "clock" | "bindings"> & {
    redis: RedisConnection;
  },
): ServiceContext {
  const urgent = new UrgentWork();
  const guarded = new GuardedRedis(redis.client, log);
  return {
    log,
    clock,
    corsOrigins: server.corsOrigins,
    tokens: new AccessTokens({
      secrets: secrets.jwtSecrets,
      ttlMs: secrets.accessTokenTtlMs,
      clock,
    }),
    internalApiKey: secrets.internalApiKeys[0],
    internalApiKeys: secrets.internalApiKeys,
    refreshTokenRules: {
      ttlMs: secrets.refreshTokenTtlMs,
      reuseGraceMs: secrets.refreshReuseGraceMs,
      secrets: secrets.jwtSecrets,
    },
    redis: guarded,
    pingRedis: () => redis.ping(),
    bindings,
    mailTransport: openMailTransport(mail, { redis: guarded, clock, log }),
    mailFrom: mail.from,
    publicUrl: mail.publicUrl,
    deadLetterTtlMs: mail.deadLetterTtlMs,
    urgent,
    mailLane: mailLane({ urgent }),
    seatNews: new SeatNews(),
  };
}
