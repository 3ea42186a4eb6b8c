import { SYSTEM_PAUSE } from "@evently/shared/clock";
import { lazyApp, SharedRateLimiter } from "@evently/shared/http";
import { RANDOM_IDS } from "@evently/shared/ids";
import { createOutboxWorkers, observeOutbox, postgresOutboxStore } from "@evently/shared/outbox";
import { checkTimeLimits, openPostgres } from "@evently/shared/postgres";
import { purgeWorkers } from "@evently/shared/retention";
import {
  createStoreObserver,
  type OpenService,
  type ServiceContext,
} from "@evently/shared/services";
import { rarelyInRush, restInRush } from "@evently/shared/urgent_work";
import { createWorker } from "@evently/shared/worker";
import { type BookingConfig, DEFAULT_BOOKING_RETENTION } from "./config.ts";
import { ConfirmationsUnderWay } from "./payments/confirmations_under_way.ts";
import type { BookingServiceDeps } from "./deps.ts";
import { eventDirectoryOver } from "./peers/event_directory.ts";
import { HoldDocuments } from "./holds/hold_documents.ts";
import { boundedProvider } from "./payments/bounded.ts";
import { MockBank } from "./payments/mock_bank.ts";
import { MockPaymentProvider } from "./payments/mock.ts";
import { createPaymentReconciliation } from "./payments/reconcile_payments.ts";
import { postgresPaymentStore } from "./payments/payment_sql.ts";
import { StripeProvider } from "./payments/stripe/stripe_provider.ts";
import { groupedSeats } from "./peers/seats.ts";
import { buyersOver } from "./peers/buyers.ts";
import { peopleReads } from "./people/people_sql.ts";
import { salesReads } from "./sales/sales_reads.ts";
import { contactsOver } from "./peers/contacts.ts";
import { organiserWebhooksOver } from "./peers/organiser_webhooks.ts";
import { ticketHoldersOver } from "./peers/ticket_holders.ts";
import { seatInventoryOver } from "./peers/seat_inventory.ts";
import { groupedBookings } from "./orders/bookings.ts";
import { countedBookings } from "./orders/counted_bookings.ts";
import { SharedRuns } from "./orders/shared_runs.ts";
import { postgresBookingStore } from "./orders/postgres_store.ts";
import { createMailOutbox } from "./mails/mail_outbox.ts";
import { postgresMailStore } from "./mails/mail_store.ts";
import { waitlistMails } from "./mails/waitlist_mails.ts";
import { createBookingOutbox } from "./outbox/outbox.ts";
import { finishConfirmations } from "./payments/finish_confirmations.ts";
import { expireDue } from "./orders/expire_due.ts";
import { rebuildHolds } from "./holds/rebuild_holds.ts";
import { LiveBookings } from "./live/live_bookings.ts";
import { liveReads } from "./live/live_sql.ts";
import type { LiveDeps } from "./live/routes.ts";
import { OwnNews, tellingBookings, tellingWaitlist } from "./live/own_news.ts";
import { observeBookings } from "./reconcile/observe_bookings.ts";
import { createReconciliation } from "./reconcile/run_reconciliation.ts";
import { purgeEndedEntries, purgeUnpaidBookings } from "./retention/purge_sql.ts";
import { settleStuck } from "./payments/settle_stuck.ts";
import { BlockedBuyers } from "./unpaid_holds/blocked_buyers.ts";
import { endBlockedHolds } from "./unpaid_holds/end_blocked_holds.ts";
import { postgresUnpaidHoldStore } from "./unpaid_holds/postgres_store.ts";
import { groupedJoins } from "./waitlist/joins.ts";
import { lineFacts } from "./waitlist/line_facts.ts";
import { openOffersOver } from "./waitlist/meet_offer.ts";
import { OfferHolders } from "./waitlist/offer_holders.ts";
import { Positions } from "./waitlist/positions.ts";
import { postgresWaitlistStore } from "./waitlist/postgres_store.ts";
import { createQueueRuns } from "./waitlist/serve_queues.ts";
import { groupedWaitlist } from "./waitlist/waitlist.ts";

const MAX_CONNECTIONS = 10;
/** Inserts are one batch after the other; a second connection would take turns, each with colder caches. */
const MAX_HOT_CONNECTIONS = 1;
const CLOSE_TIMEOUT_S = 3;
const PAYMENT_TIMEOUT_MS = 10_000;
/** A buyer who gives seats back waits no longer than this for their release. */
const MAX_RELEASE_WAIT_MS = 1_000;
const MINUTE_MS = 60_000;
/** How soon this process knows of offers that another one made. */
const OFFERS_INTERVAL_MS = 1_000;
/** How soon this process knows of users whom another one blocked. */
const BLOCKS_INTERVAL_MS = 1_000;
/** At most four messages a second to each reader. */
const LIVE_INTERVAL_MS = 250;
/** Amid a rush of sales, one message a second: those who watch it must not hold it up. */
const RUSH_INTERVAL_MS = 1_000;
/** Telling takes no more of the time than this, so that sales go on: amid a rush its passes are rarer. */
const LIVE_SHARE = 0.1;
/** One small page each time: four million bookings a day. */
const RECONCILE_INTERVAL_MS = 10_000;

/** Connects the booking service to its stores, peers and payment provider. */
export function openBookingService(
  config: BookingConfig,
  context: ServiceContext,
): Promise<OpenService> {
  const { log, clock, bindings, redis, internalApiKey, seatNews } = context;
  const pool = openPostgres(config.databaseUrl, { max: MAX_CONNECTIONS, name: "booking-service" });
  void checkTimeLimits(pool, { url: config.databaseUrl, log });
  const hotPool = openPostgres(config.databaseUrl, {
    max: MAX_HOT_CONNECTIONS,
    name: "booking-service-hot",
  });
  const ownNews = new OwnNews();
  const store = tellingBookings(countedBookings(postgresBookingStore(pool, hotPool)), ownNews);
  const inventory = seatInventoryOver(bindings.event, internalApiKey, seatNews);
  const ids = RANDOM_IDS;
  const waitlist = groupedWaitlist(tellingWaitlist(postgresWaitlistStore(pool), ownNews));
  const positions = new Positions({ redis, store: waitlist, clock, ids, log });
  const nudge = {
    outbox() {
      outbox.nudge();
      mailOutbox.nudge();
    },
    mails: () => mailOutbox.nudge("mail.send"),
    waitlist() {
      queues.nudge();
      waitlistWorker.nudge();
    },
  };
  const mockBank = new MockBank({ redis, secrets: context.internalApiKeys });
  const provider = config.stripe
    ? new StripeProvider(config.stripe)
    : new MockPaymentProvider({ ...config.mockPayment, bank: mockBank });
  const bookings = groupedBookings(store, { clock, pause: SYSTEM_PAUSE });
  const offerHolders = new OfferHolders({ waitlist, clock });

  const facts = lineFacts({ waitlist, inventory, clock });
  const liveBookings = new LiveBookings({
    reads: liveReads(pool),
    waitlist,
    positions,
    facts,
    clock,
    settings: config,
  });
  ownNews.listen((change) => liveBookings.changed(change));

  const mails = postgresMailStore(pool);
  const unpaidHolds = postgresUnpaidHoldStore(pool);

  const deps: BookingServiceDeps & LiveDeps = {
    log,
    clock,
    ids,
    corsOrigins: context.corsOrigins,
    tokens: context.tokens,
    internalApiKeys: context.internalApiKeys,
    settings: config,
    inventory,
    seats: groupedSeats(inventory, { clock, seatNews, maxReleaseWaitMs: MAX_RELEASE_WAIT_MS }),
    bookings,
    waitlist,
    positions,
    offerHolders,
    offers: openOffersOver({
      waitlist,
      bookings,
      inventory,
      holders: offerHolders,
      nudge,
      clock,
      pause: SYSTEM_PAUSE,
    }),
    joins: groupedJoins({ waitlist, inventory, positions, clock, ids, nudge }),
    facts,
    liveBookings,
    outboxStore: postgresOutboxStore(pool),
    events: eventDirectoryOver(bindings.event, { internalKey: internalApiKey, clock, seatNews }),
    ticketHolders: ticketHoldersOver(bindings.user, { internalKey: internalApiKey, clock, log }),
    payments: boundedProvider(provider, PAYMENT_TIMEOUT_MS),
    paymentStore: postgresPaymentStore(pool),
    mockBank: config.stripe ? undefined : mockBank,
    holds: new HoldDocuments({ redis, clock, pause: SYSTEM_PAUSE }),
    attempts: new SharedRateLimiter(
      "reserve",
      { limit: config.attemptsPerMinute, windowMs: MINUTE_MS },
      { redis, clock },
    ),
    confirmations: new ConfirmationsUnderWay(),
    reservations: new SharedRuns(),
    nudge,
    mails,
    sales: salesReads(pool),
    people: peopleReads(pool),
    unpaidHolds,
    blockedBuyers: new BlockedBuyers({ store: unpaidHolds, clock }),
    buyers: buyersOver(bindings.user, { internalKey: internalApiKey }),
    contacts: contactsOver(bindings.user, { internalKey: internalApiKey, clock }),
    mail: context,
    waitlistFacts: waitlistMails({ mails, clock, nudge }),
    webhooks: organiserWebhooksOver(bindings.event, internalApiKey),
    pingDatabase: () => pool`SELECT 1`,
    pingRedis: context.pingRedis,
    urgent: context.urgent,
  };

  const every = { intervalMs: config.cleanupIntervalMs, log };
  const { takeoverAfterMs } = config;
  const outbox = createOutboxWorkers(
    createBookingOutbox(deps, { leaseMs: takeoverAfterMs }),
    every,
  );
  const mailOutbox = createOutboxWorkers(createMailOutbox(deps), {
    ...every,
    restMs: restInRush(context.urgent),
  });
  const queues = createQueueRuns(deps);
  const waitlistWorker = createWorker({
    log,
    name: "waitlist",
    intervalMs: config.waitlistIntervalMs,
    run: () => queues.run(),
  });
  seatNews.listen((eventId, { setAside = 0, isSale = false }) => {
    if (setAside === 0 || isSale) return;
    queues.wake(eventId);
    waitlistWorker.nudge();
  });
  const workers = [
    ...outbox.workers,
    ...mailOutbox.workers,
    waitlistWorker,
    createWorker({
      log,
      name: "offers of the waitlist",
      intervalMs: OFFERS_INTERVAL_MS,
      run: () => offerHolders.refresh(),
    }),
    createWorker({
      log,
      name: "blocked buyers",
      intervalMs: BLOCKS_INTERVAL_MS,
      run: async () => {
        await endBlockedHolds(deps);
      },
    }),
    createWorker({
      log,
      name: "tell users of their bookings",
      intervalMs: LIVE_INTERVAL_MS,
      maxShare: LIVE_SHARE,
      run: rarelyInRush(context.urgent, () => liveBookings.tell(), {
        intervalMs: RUSH_INTERVAL_MS,
      }),
    }),
    createWorker({
      ...every,
      name: "expiry",
      run: async () => {
        await expireDue(deps);
      },
    }),
    createWorker({
      ...every,
      name: "settle stuck confirmations",
      run: () => settleStuck(deps, { takeoverAfterMs }),
    }),
    createWorker({
      ...every,
      name: "rebuild hold documents",
      run: async () => {
        await rebuildHolds(deps);
      },
    }),
    createWorker({
      log,
      name: "reconcile",
      intervalMs: RECONCILE_INTERVAL_MS,
      run: createReconciliation(deps),
    }),
    createStoreObserver({
      service: "booking",
      log,
      pings: { postgres: deps.pingDatabase, redis: deps.pingRedis },
      async read() {
        const now = clock.now();
        const topics = [...outbox.topics, ...mailOutbox.topics];
        await observeOutbox(pool, { service: "booking", topics, now });
        await observeBookings(pool, { now });
      },
    }),
  ];

  const { unpaidMs, waitlistMs } = config.retention ?? DEFAULT_BOOKING_RETENTION;
  workers.push(
    ...purgeWorkers({
      kind: "unpaid_bookings",
      retention: unpaidMs,
      purge: (input) => purgeUnpaidBookings(pool, input),
      clock,
      log,
    }),
    ...purgeWorkers({
      kind: "waitlist_entries",
      retention: waitlistMs,
      purge: (input) => purgeEndedEntries(pool, input),
      clock,
      log,
    }),
  );

  if (config.stripe) {
    workers.push(createWorker({
      log,
      name: "reconcile payments",
      intervalMs: MINUTE_MS,
      run: createPaymentReconciliation(deps),
    }));
  }

  return Promise.resolve({
    app: lazyApp(async () => (await import("./app.ts")).createBookingApp(deps)),
    workers,
    endStreams: () => liveBookings.close(),
    finish: (limitMs) => finishConfirmations(deps, limitMs),
    close: async () => {
      await Promise.all([pool, hotPool].map((p) => p.end({ timeout: CLOSE_TIMEOUT_S })));
    },
  });
}
