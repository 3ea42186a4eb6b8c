import {
  AccountLimits,
  AccountLinks,
  DEFAULT_LINK_RULES,
  EMAIL_KEYS_INTERVAL_MS,
  fillEmailKeys,
  LINK_RETENTION_MS,
  PasswordHasher,
  REFRESH_PURGE_INTERVAL_MS,
  RefreshTokens,
  USER_ACCOUNTS,
  USER_PAGES,
} from "@evently/shared/auth";
import { lazyApp } from "@evently/shared/http";
import { createOutboxWorkers, observeOutbox } from "@evently/shared/outbox";
import { checkTimeLimits, openPostgres } from "@evently/shared/postgres";
import { eraseRestoredWorker, purgeWorkers } from "@evently/shared/retention";
import {
  createStoreObserver,
  type OpenService,
  serviceClient,
  type ServiceContext,
} from "@evently/shared/services";
import { createWorker } from "@evently/shared/worker";
import type { UserConfig } from "./config.ts";
import type { UserDeps } from "./deps.ts";
import { eraseRestoredUser } from "./accounts/erase_restored_user.ts";
import { findRestoredUsers } from "./accounts/erase_sql.ts";
import { createUserOutbox } from "./accounts/user_outbox.ts";
import { peopleOver } from "./peers/people.ts";

const MAX_CONNECTIONS = 8;
const CLOSE_TIMEOUT_S = 3;
/** How often mails are looked for when nothing wakes their worker. */
const MAILS_INTERVAL_MS = 2_000;

/** Connects the user service to its database. */
export function openUserService(
  config: UserConfig,
  context: ServiceContext,
): Promise<OpenService> {
  const { log, clock, redis } = context;
  const sql = openPostgres(config.databaseUrl, { max: MAX_CONNECTIONS, name: "user-service" });
  void checkTimeLimits(sql, { url: config.databaseUrl, log });
  const refreshTokens = new RefreshTokens({ sql, clock, ...context.refreshTokenRules });
  const links = new AccountLinks({
    sql,
    clock,
    accounts: USER_ACCOUNTS,
    secrets: context.refreshTokenRules.secrets,
    ...(config.links ?? DEFAULT_LINK_RULES),
  });
  const people = peopleOver(context.bindings.booking, { internalKey: context.internalApiKey });
  const accountMails = createOutboxWorkers(
    createUserOutbox({
      ...context,
      sql,
      accounts: USER_ACCOUNTS,
      pages: USER_PAGES,
      links,
      people,
    }),
    { intervalMs: MAILS_INTERVAL_MS, log },
  );
  const deps: UserDeps = {
    log,
    clock,
    corsOrigins: context.corsOrigins,
    pingRedis: context.pingRedis,
    sql,
    passwords: new PasswordHasher({ urgent: context.urgent }),
    tokens: context.tokens,
    refreshTokens,
    limits: new AccountLimits("user", config.limits, { redis, clock }),
    links,
    accountMails,
    booking: serviceClient(context.bindings.booking),
    people,
    internalApiKeys: context.internalApiKeys,
  };
  return Promise.resolve({
    app: lazyApp(async () => (await import("./app.ts")).createUserApp(deps)),
    workers: [
      ...accountMails.workers,
      createWorker({
        log,
        name: "purge users' refresh tokens",
        intervalMs: REFRESH_PURGE_INTERVAL_MS,
        run: () => refreshTokens.purge(),
      }),
      ...purgeWorkers({
        kind: "account_links",
        retention: LINK_RETENTION_MS,
        purge: (input) => links.purge(input),
        clock,
        log,
      }),
      eraseRestoredWorker({
        kind: "users",
        find: (input) => findRestoredUsers(sql, input),
        idOf: ({ userId }) => userId,
        erase: (user) => eraseRestoredUser(deps, user),
        log,
      }),
      createWorker({
        log,
        name: "fill users' e-mail keys",
        intervalMs: EMAIL_KEYS_INTERVAL_MS,
        run: () => fillEmailKeys(sql, USER_ACCOUNTS),
      }),
      createStoreObserver({
        service: "user",
        log,
        pings: { postgres: () => sql`SELECT 1`, redis: context.pingRedis },
        read: () =>
          observeOutbox(sql, { service: "user", topics: accountMails.topics, now: clock.now() }),
      }),
    ],
    close: () => sql.end({ timeout: CLOSE_TIMEOUT_S }),
  });
}
