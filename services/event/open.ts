import {
  AccountLimits,
  AccountLinks,
  ADMIN_ACCOUNTS,
  ADMIN_PAGES,
  DEFAULT_LINK_RULES,
  EMAIL_KEYS_INTERVAL_MS,
  fillEmailKeys,
  LINK_RETENTION_MS,
  PasswordHasher,
  REFRESH_PURGE_INTERVAL_MS,
  RefreshTokens,
} from "@evently/shared/auth";
import { lazyApp } from "@evently/shared/http";
import { createOutboxWorkers, observeOutbox } from "@evently/shared/outbox";
import { checkTimeLimits, openPostgres } from "@evently/shared/postgres";
import { eraseRestoredWorker, purgeWorkers } from "@evently/shared/retention";
import {
  createStoreObserver,
  type OpenService,
  type ServiceContext,
} from "@evently/shared/services";
import { rarelyInRush } from "@evently/shared/urgent_work";
import { createWorker } from "@evently/shared/worker";
import { findRestoredAdmins } from "./accounts/erase_admin_sql.ts";
import { eraseRestoredAdmin } from "./accounts/erase_restored_admin.ts";
import { LiveEvents } from "./catalogue/live_events.ts";
import { PublicEvents } from "./catalogue/public_events.ts";
import { DEFAULT_EVENT_RETENTION, DEFAULT_SEAT_SWEEP, type EventConfig } from "./config.ts";
import type { EventDeps } from "./deps.ts";
import { createEventOutbox } from "./events/outbox.ts";
import { auditInTurn } from "./inventory/ledger/audit_in_turn.ts";
import { observeSeats } from "./inventory/observe_seats.ts";
import { runSeatSweep } from "./inventory/run_seat_sweep.ts";
import { seatOperations } from "./inventory/seat_operations.ts";
import { InvitationLinks } from "./organisations/invitation_links.ts";
import { purgeInvitations } from "./organisations/invitations_sql.ts";
import { eventBookingsOver } from "./peers/event_bookings.ts";
import { numberChanges } from "./search_feed/number_changes.ts";
import { searchSyncOver } from "./search_feed/search_sync.ts";
import { viewCountsOver } from "./search_feed/view_counts.ts";
import { purgeDeliveries } from "./webhooks/deliveries_sql.ts";
import { type PostWebhook, postWebhook } from "./webhooks/post_webhook.ts";
import { type ResolveName, SYSTEM_RESOLVER } from "./webhooks/resolve_endpoint.ts";
import { SecretsResealing } from "./webhooks/reseal_secrets.ts";
import { SecretBox } from "./webhooks/secret_box.ts";
import { tellSoldOut } from "./webhooks/tell_sold_out.ts";
import { WebhookDeliveries } from "./webhooks/webhook_deliveries.ts";
import { writeEventFact } from "./webhooks/write_event_fact.ts";
import { writeVenueFacts } from "./webhooks/write_venue_facts.ts";

const MAX_CONNECTIONS = 8;
/** Batches for one event run one after another; more connections would only wait for its row. */
const MAX_SEAT_CONNECTIONS = 3;
const CLOSE_TIMEOUT_S = 3;
const OUTBOX_INTERVAL_MS = 2_000;
/** How often sales reach the change feed, so that search shows them within a second. */
const CHANGES_INTERVAL_MS = 250;
const VIEWS_INTERVAL_MS = 2_000;
/** At most four messages a second to each reader of a live event. */
const LIVE_INTERVAL_MS = 250;
/** Amid a rush of sales, one message a second: those who watch it must not hold it up. */
const RUSH_INTERVAL_MS = 1_000;
/** Telling takes no more of the time than this, so that sales go on: amid a rush its passes are rarer. */
const LIVE_SHARE = 0.1;
/** How often what is due again is sent; what is new is sent at once. */
const WEBHOOKS_INTERVAL_MS = 2_000;
const SOLD_OUT_INTERVAL_MS = 1_000;
/** Only the first time after a key was replaced finds something. */
const RESEAL_INTERVAL_MS = 3_600_000;
/** How often an event is audited, one after the other. */
const AUDIT_INTERVAL_MS = 10_000;
/** Replaying a ledger takes no more of the time than this. */
const AUDIT_SHARE = 0.05;

/** How the service reaches endpoints of webhooks; replaced in tests. */
export interface WebhookNetwork {
  resolveName: ResolveName;
  post: PostWebhook;
}

const INTERNET: WebhookNetwork = { resolveName: SYSTEM_RESOLVER, post: postWebhook };

/** Opens the event service: its database, the clients of other services, its workers and routes. */
export function openEventService(
  config: EventConfig,
  context: ServiceContext,
  { resolveName, post }: WebhookNetwork = INTERNET,
): Promise<OpenService> {
  const { log, clock, redis, bindings, internalApiKey, seatNews } = context;
  const sql = openPostgres(config.databaseUrl, { max: MAX_CONNECTIONS, name: "event-service" });
  void checkTimeLimits(sql, { url: config.databaseUrl, log });
  const seatSql = openPostgres(config.databaseUrl, {
    max: MAX_SEAT_CONNECTIONS,
    // A statement that waits for an event's lock must not block others behind it.
    pipelined: false,
    name: "event-service-seats",
  });
  const search = searchSyncOver({
    binding: bindings.search,
    internalKey: internalApiKey,
    sql,
    clock,
    log,
  });
  const bookings = eventBookingsOver(bindings.booking, internalApiKey);
  const views = viewCountsOver(bindings.search, internalApiKey);
  const refreshTokens = new RefreshTokens({ sql, clock, ...context.refreshTokenRules });

  const { graceMs, intervalMs } = config.seatSweep ?? DEFAULT_SEAT_SWEEP;
  const sweep = createWorker({
    log,
    name: "release expired seats",
    intervalMs,
    run: async () => (await runSeatSweep({ seatSql, clock, search, seatNews }, { graceMs })).more,
  });
  const links = new AccountLinks({
    sql,
    clock,
    accounts: ADMIN_ACCOUNTS,
    secrets: context.refreshTokenRules.secrets,
    ...(config.links ?? DEFAULT_LINK_RULES),
  });
  const invitations = new InvitationLinks(context.refreshTokenRules.secrets);
  const accountMails = { ...context, sql, accounts: ADMIN_ACCOUNTS, pages: ADMIN_PAGES, links };
  const outbox = createOutboxWorkers(
    createEventOutbox({ sql, clock, log, bookings, accountMails, invitations }),
    {
      intervalMs: OUTBOX_INTERVAL_MS,
      log,
    },
  );
  const changes = createWorker({
    log,
    name: "number changes",
    intervalMs: CHANGES_INTERVAL_MS,
    run: () => numberChanges({ seatSql }),
  });
  const viewCounts = createWorker({
    log,
    name: "tell views",
    intervalMs: VIEWS_INTERVAL_MS,
    run: () => views.flush(),
  });
  const purge = createWorker({
    log,
    name: "purge admins' refresh tokens",
    intervalMs: REFRESH_PURGE_INTERVAL_MS,
    run: () => refreshTokens.purge(),
  });
  const { retention = DEFAULT_EVENT_RETENTION } = config;
  const purged = [
    ...purgeWorkers({
      kind: "account_links",
      retention: LINK_RETENTION_MS,
      purge: (input) => links.purge(input),
      clock,
      log,
    }),
    ...purgeWorkers({
      kind: "invitations",
      retention: retention.invitationMs,
      purge: (input) => purgeInvitations(sql, input),
      clock,
      log,
    }),
    ...purgeWorkers({
      kind: "webhook_deliveries",
      retention: retention.deliveryMs,
      purge: (input) => purgeDeliveries(sql, input),
      clock,
      log,
    }),
  ];
  const restored = eraseRestoredWorker({
    kind: "admins",
    find: (input) => findRestoredAdmins(sql, input),
    idOf: (adminId) => adminId,
    erase: (adminId) => eraseRestoredAdmin({ sql, clock, log }, adminId),
    log,
  });
  const emailKeys = createWorker({
    log,
    name: "fill admins' e-mail keys",
    intervalMs: EMAIL_KEYS_INTERVAL_MS,
    run: () => fillEmailKeys(sql, ADMIN_ACCOUNTS),
  });

  const publicEvents = new PublicEvents({ sql, clock });
  seatNews.listen((eventId, seats) => publicEvents.seatsAre(eventId, seats));
  const liveEvents = new LiveEvents({ publicEvents, clock, maxStreams: config.maxStreams });
  const live = createWorker({
    log,
    name: "tell readers of live events",
    intervalMs: LIVE_INTERVAL_MS,
    maxShare: LIVE_SHARE,
    run: rarelyInRush(context.urgent, () => liveEvents.tell(), { intervalMs: RUSH_INTERVAL_MS }),
  });
  const { secretsKey, otherSecretsKeys = [], allowLoopback = false } = config.webhooks ?? {};
  const jwtSecrets = context.refreshTokenRules.secrets;
  const secrets = new SecretBox([secretsKey ?? jwtSecrets[0], ...otherSecretsKeys, ...jwtSecrets]);
  const deliveries = new WebhookDeliveries({
    sql,
    clock,
    log,
    secrets,
    resolveName,
    post,
    allowLoopback,
  });
  const deliver = createWorker({
    log,
    name: "deliver webhooks",
    intervalMs: WEBHOOKS_INTERVAL_MS,
    run: () => deliveries.pass(),
  });
  deliveries.onRoom = () => deliver.nudge();
  const webhooks = {
    eventChanged: writeEventFact,
    venueChanged: writeVenueFacts,
    nudge: () => deliver.nudge(),
  };
  const soldOut = createWorker({
    log,
    name: "tell webhooks what sold out",
    intervalMs: SOLD_OUT_INTERVAL_MS,
    run: () => tellSoldOut({ sql, clock, webhooks }),
  });
  const resealing = new SecretsResealing({ sql, secrets, log });
  const reseal = createWorker({
    log,
    name: "encrypt secrets of webhooks by the current key",
    intervalMs: RESEAL_INTERVAL_MS,
    run: () => resealing.pass(),
  });
  const deps: EventDeps = {
    log,
    clock,
    corsOrigins: context.corsOrigins,
    pingRedis: context.pingRedis,
    sql,
    seatSql,
    search,
    views,
    bookings,
    seatNews,
    publicEvents,
    liveEvents,
    outbox,
    accountMails: outbox,
    webhooks,
    secrets,
    resolveName,
    allowLoopback,
    passwords: new PasswordHasher({ urgent: context.urgent }),
    tokens: context.tokens,
    refreshTokens,
    limits: new AccountLimits("admin", config.limits, { redis, clock }),
    links,
    invitations,
    adminRegistration: config.adminRegistration,
    internalApiKeys: context.internalApiKeys,
  };
  const audit = createWorker({
    log,
    name: "audit events in turn",
    intervalMs: AUDIT_INTERVAL_MS,
    maxShare: AUDIT_SHARE,
    run: auditInTurn({ sql, log, urgent: context.urgent }),
  });
  const observer = createStoreObserver({
    service: "event",
    log,
    pings: { postgres: () => sql`SELECT 1`, redis: context.pingRedis },
    async read() {
      const now = clock.now();
      await observeOutbox(sql, { service: "event", topics: outbox.topics, now });
      await observeSeats(sql, { now });
    },
  });
  return Promise.resolve({
    app: lazyApp(async () => (await import("./app.ts")).createEventApp(deps)),
    operations: seatOperations(deps),
    workers: [
      sweep,
      ...outbox.workers,
      changes,
      live,
      viewCounts,
      purge,
      ...purged,
      restored,
      emailKeys,
      deliver,
      soldOut,
      reseal,
      audit,
      observer,
    ],
    endStreams: () => liveEvents.close(),
    finish: (limitMs) => deliveries.finish(limitMs),
    close: async () => {
      await Promise.all([sql, seatSql].map((pool) => pool.end({ timeout: CLOSE_TIMEOUT_S })));
    },
  });
}
