import { setImmediate } from "node:timers";
import { openEventService } from "@evently/event";
import { assertInventoryAddsUp } from "@evently/event/testing";
import type { ManualClock } from "@evently/shared/clock";
import { DEFAULT_MAX_STREAMS } from "@evently/shared/config";
import { LocalRateLimiter } from "@evently/shared/http";
import { type ErrorCode, hasCode } from "@evently/shared/errors";
import { newId, RANDOM_IDS } from "@evently/shared/ids";
import { postgresOutboxStore } from "@evently/shared/outbox";
import { exactlyOne, openPostgres, type Pool } from "@evently/shared/postgres";
import {
  localBinding,
  type OpenService,
  SeatNews,
  type ServiceBinding,
} from "@evently/shared/services";
import { createTestContext, createTestDatabase, type TestContext } from "@evently/shared/testing";
import { daysOf } from "@evently/shared/time_zone";
import { createBookingApp } from "../app.ts";
import { defaultMaxHoldMs } from "../config.ts";
import { ConfirmationsUnderWay } from "../payments/confirmations_under_way.ts";
import type { BookingServiceDeps } from "../deps.ts";
import { eventDirectoryOver } from "../peers/event_directory.ts";
import { HoldDocuments } from "../holds/hold_documents.ts";
import { LiveBookings } from "../live/live_bookings.ts";
import { type LiveReads, liveReads } from "../live/live_sql.ts";
import type { LiveDeps } from "../live/routes.ts";
import { OwnNews, tellingBookings, tellingWaitlist } from "../live/own_news.ts";
import { MockBank } from "../payments/mock_bank.ts";
import { MockPaymentProvider } from "../payments/mock.ts";
import { postgresPaymentStore } from "../payments/payment_sql.ts";
import type { PaymentProvider } from "../payments/provider.ts";
import { groupedSeats } from "../peers/seats.ts";
import { buyersOver } from "../peers/buyers.ts";
import { peopleReads } from "../people/people_sql.ts";
import { salesReads } from "../sales/sales_reads.ts";
import { contactsOver } from "../peers/contacts.ts";
import { organiserWebhooksOver } from "../peers/organiser_webhooks.ts";
import { ticketHoldersOver } from "../peers/ticket_holders.ts";
import { type SeatInventory, seatInventoryOver } from "../peers/seat_inventory.ts";
import { postgresBookingStore } from "../orders/postgres_store.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { createMailOutbox } from "../mails/mail_outbox.ts";
import { postgresMailStore } from "../mails/mail_store.ts";
import { waitlistMails } from "../mails/waitlist_mails.ts";
import { createBookingOutbox } from "../outbox/outbox.ts";
import type { Settled } from "../payments/settle_confirmation.ts";
import { groupedBookings } from "../orders/bookings.ts";
import type { Reservation } from "../orders/reservation.ts";
import { reserveSeats } from "../orders/reserve_seats.ts";
import { type WantedLine } from "../orders/order_lines.ts";
import { SharedRuns } from "../orders/shared_runs.ts";
import type { BookingStore } from "../orders/store.ts";
import { BlockedBuyers } from "../unpaid_holds/blocked_buyers.ts";
import { postgresUnpaidHoldStore } from "../unpaid_holds/postgres_store.ts";
import { groupedJoins } from "../waitlist/joins.ts";
import { lineFacts } from "../waitlist/line_facts.ts";
import { openOffersOver } from "../waitlist/meet_offer.ts";
import { OfferHolders } from "../waitlist/offer_holders.ts";
import { Positions } from "../waitlist/positions.ts";
import { postgresWaitlistStore } from "../waitlist/postgres_store.ts";
import { groupedWaitlist } from "../waitlist/waitlist.ts";
import type { WaitlistStore } from "../waitlist/store.ts";
import { assertBookingsAddUp } from "./bookings_add_up.ts";
import { type Organiser, organiserAt, PRICE_MINOR } from "./organiser.ts";
import { type WaitlistClient, waitlistClient } from "./waitlist_client.ts";

const MINUTE_MS = 60_000;
const HOLD_MS = 5 * MINUTE_MS;
/** How long an offer of the waitlist can be confirmed. */
export const OFFER_MS = 10 * MINUTE_MS;
const DAY_MS = 24 * 3_600_000;
/** More passes than any cascade of messages needs. */
const MAX_PASSES = 20;
const TIME_ZONE = "Asia/Kolkata";
/** Connections of a program that joins a world, to each database. */
const JOINED_CONNECTIONS = 4;

/** Options of a world; each has a default. */
export interface WorldOptions {
  payments?: PaymentProvider;
  attemptsPerMinute?: number;
  /** The most streams of users. */
  maxStreams?: number;
  /** Replaces what streams of users read. */
  adaptReads?: (reads: LiveReads) => LiveReads;
  /** Replaces parts before the app is made. */
  adapt?: (parts: Parts) => Partial<Parts>;
}

/** The parts of which the dependencies are made. */
export type Parts =
  & Pick<BookingServiceDeps, "holds" | "outboxStore" | "pingRedis" | "unpaidHolds">
  & {
    seats: SeatInventory;
    store: BookingStore;
    waitlistStore: WaitlistStore;
  };

/** What the app of a world needs, with the passes that tell its streams. */
export type WorldDeps = BookingServiceDeps & LiveDeps & { liveBookings: LiveBookings };

/** A reservation to make; user and key are new by default. */
export interface ReserveOptions {
  eventId: string;
  quantity?: number;
  /** Instead of a quantity of the default type. */
  lines?: readonly WantedLine[] | undefined;
  userId?: string;
  key?: string;
}

/** A booking service and a real event service, on databases of their own and a clock that tests advance. */
export interface World extends AsyncDisposable {
  eventService: OpenService;
  deps: WorldDeps;
  /** The statements of bookings_db, without the group commit of `deps.bookings`. */
  store: BookingStore;
  app: ReturnType<typeof createBookingApp>;
  clock: ManualClock;
  context: TestContext;
  bookingsDb: Pool;
  eventsDb: Pool;
  /** Puts an event on sale; returns its id. */
  createEvent(
    options?: { capacity?: number; startsInMs?: number; max?: number; priceMinor?: number },
  ): Promise<string>;
  /** Reserves seats, as a new user by default. */
  reserve(input: ReserveOptions): Promise<Reservation & { userId: string; eventId: string }>;
  /** The same services as in another process: the same stores and clock, nothing else in common. */
  inAnotherProcess(): Process;
  /** Where another program finds the stores, for {@link joinWorld}. */
  stores: WorldStores;
  organiser: Organiser;
  /** Pays for a reservation; the provider must not require an action. */
  confirm(reservation: { bookingId: string; userId: string }): Promise<Settled>;
  /** The routes of the waitlist. */
  waitlist: WaitlistClient;
  /** Delivers all that is due. */
  drainOutbox(): Promise<void>;
  availableSeats(eventId: string): Promise<number>;
  /** Delivers the outboxes of both services until nothing is due. */
  settle(): Promise<void>;
  /** Seats of all events, or of one, add up with their ledger, and bookings and money with them. */
  assertInvariants(eventId?: string): Promise<void>;
}

/** The databases of a world and who organises its events. */
export interface WorldStores {
  eventsUrl: string;
  bookingsUrl: string;
  adminId: string;
}

/** One process of the booking service, with an event service beside it. */
export interface Process extends Pick<World, "deps" | "reserve" | "organiser"> {
  eventService: OpenService;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const eventsDatabase = await createTestDatabase("events_db");
  const bookingsDatabase = await createTestDatabase("bookings_db");
  const context = await createTestContext();
  const { clock } = context;
  const openEvents = (seatNews: SeatNews) =>
    openEventsAt(eventsDatabase.url, { ...context, seatNews });
  const otherNews = new SeatNews();
  const eventService = await openEvents(context.seatNews);
  const otherEventService = await openEvents(otherNews);
  context.provide("event", eventService.app, eventService.operations);
  const otherEvent = localBinding(
    "event",
    () => otherEventService.app,
    () => otherEventService.operations,
  );

  const bookingsDb = bookingsDatabase.sql;
  const eventsDb = eventsDatabase.sql;
  const { event } = context.bindings;
  const { seatNews } = context;
  const { deps, store } = createDeps(context, { pool: bookingsDb, event, seatNews }, options);
  const processes = [deps];
  const app = createBookingApp(deps);
  context.provide("booking", app);
  const adminId = newId();
  const venueId = newId();
  await insertVenue(eventsDb, { adminId, venueId, now: clock.now() });

  const world: World = {
    deps,
    store,
    app,
    eventService,
    organiser: organiserAt(event, { context, adminId, eventsDb, seatNews }),
    clock,
    context,
    bookingsDb,
    eventsDb,
    stores: { eventsUrl: eventsDatabase.url, bookingsUrl: bookingsDatabase.url, adminId },
    async createEvent(
      { capacity = 100, startsInMs = 30 * DAY_MS, max = 10, priceMinor = PRICE_MINOR } = {},
    ) {
      const eventId = newId();
      const now = clock.now();
      const start = new Date(now.getTime() + startsInMs);
      const end = new Date(start.getTime() + 2 * 3_600_000);
      const { firstDay, lastDay } = daysOf({ startsAt: start, endsAt: end, timeZone: TIME_ZONE });
      await eventsDb`
        INSERT INTO events
          (event_id, name, venue_id, event_type, event_type_key, start_at, end_at, first_day, last_day,
           timezone, base_price_minor, currency, max_tickets_per_booking, status, created_by, created_at, updated_at)
        VALUES
          (${eventId}, 'Diwali Night', ${venueId}, 'festival', 'festival', ${start}, ${end},
           ${firstDay}::text::date, ${lastDay}::text::date, ${TIME_ZONE}, ${priceMinor}, 'INR',
           ${max}, 'published', ${adminId}, ${now}, ${now})`;
      await eventsDb`SELECT make_inventory(${eventId}, ${capacity}, ${clock.now()})`;
      return eventId;
    },
    reserve: reserver(deps),
    inAnotherProcess() {
      const parts = { pool: bookingsDb, event: otherEvent, seatNews: otherNews };
      const { deps: others } = createDeps(context, parts, options);
      processes.push(others);
      return {
        deps: others,
        reserve: reserver(others),
        organiser: organiserAt(otherEvent, {
          ...{ context, adminId, eventsDb, seatNews: otherNews },
        }),
        eventService: otherEventService,
      };
    },
    async confirm({ bookingId, userId }) {
      const payment = { method: "card", token: "tok_visa" };
      const outcome = await confirmBooking(deps, { bookingId, userId, ...payment });
      if (outcome.status !== "confirmed") throw new Error("the buyer must act");
      return outcome;
    },
    waitlist: waitlistClient(app, context),
    async drainOutbox() {
      while (await createBookingOutbox(deps).deliverAll());
      const mailOutbox = createMailOutbox(deps);
      // The mails come last, as the facts cause them.
      for (const topic of mailOutbox.topics) while (await mailOutbox.deliver(topic));
    },
    availableSeats: (eventId) =>
      exactlyOne(
        eventsDb<{ available: number }[]>`
          SELECT capacity - held - sold - set_aside AS available
            FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`,
        ({ available }) => available,
      ),
    async settle() {
      const now = clock.now();
      for (let pass = 0; pass < MAX_PASSES; pass++) {
        await runWorker(eventService, "outbox bookings.cancel");
        await runWorker(eventService, "outbox bookings.moved");
        await world.drainOutbox();
        if (!await isAnythingDue(eventsDb, now) && !await isAnythingDue(bookingsDb, now)) return;
      }
      throw new Error(`something is still due after ${MAX_PASSES} passes`);
    },
    async assertInvariants(eventId) {
      await assertInventoryAddsUp(eventsDb, eventId);
      await assertBookingsAddUp({ bookingsDb, eventsDb }, eventId);
    },
    async [Symbol.asyncDispose]() {
      for (const { liveBookings } of processes) liveBookings.close();
      await Promise.all([eventService.close(), otherEventService.close()]);
      await context[Symbol.asyncDispose]();
      await bookingsDatabase[Symbol.asyncDispose]();
      await eventsDatabase[Symbol.asyncDispose]();
    },
  };
  return world;
}

/** A process of a world whose stores another program made. */
export interface JoinedWorld extends Process, AsyncDisposable {
  app: World["app"];
}

/** Opens both services in this program on the databases of a world, and on the Redis of the run. */
export async function joinWorld(
  { eventsUrl, bookingsUrl, adminId }: WorldStores,
  { clock, ...options }: WorldOptions & { clock: ManualClock },
): Promise<JoinedWorld> {
  const context = await createTestContext({ clock });
  const { seatNews, bindings: { event } } = context;
  const eventService = await openEventsAt(eventsUrl, context);
  context.provide("event", eventService.app, eventService.operations);
  const [eventsDb, bookingsDb] = [eventsUrl, bookingsUrl].map((url) =>
    openPostgres(url, { max: JOINED_CONNECTIONS, name: "evently-test-joined" })
  ) as [Pool, Pool];
  const { deps } = createDeps(context, { pool: bookingsDb, event, seatNews }, options);
  const app = createBookingApp(deps);
  context.provide("booking", app);
  return {
    deps,
    app,
    eventService,
    reserve: reserver(deps),
    organiser: organiserAt(event, { context, adminId, eventsDb, seatNews }),
    async [Symbol.asyncDispose]() {
      await eventService.close();
      await context[Symbol.asyncDispose]();
      await Promise.all([eventsDb.end({ timeout: 1 }), bookingsDb.end({ timeout: 1 })]);
    },
  };
}

function openEventsAt(databaseUrl: string, context: TestContext): Promise<OpenService> {
  return openEventService(
    {
      databaseUrl,
      adminRegistration: "open",
      limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 0 },
    },
    context,
  );
}

function reserver(deps: BookingServiceDeps): World["reserve"] {
  return async function reserve(
    { eventId, quantity = 1, lines, userId = newId(), key = newId() },
  ) {
    const wanted = lines ?? [{ ticketTypeId: undefined, quantity }];
    const input = { userId, eventId, lines: wanted, idempotencyKey: key };
    return { ...(await reserveSeats(deps, input)).reservation, userId, eventId };
  };
}

/** Runs a worker of a service once. */
export async function runWorker({ workers }: OpenService, name: string): Promise<void> {
  const worker = workers.find((worker) => worker.name === name);
  if (!worker) throw new Error(`no worker is called ${name}`);
  await worker.runNow();
}

/** Whether an outbox has a message that is due. */
function isAnythingDue(sql: Pool, now: Date): Promise<boolean> {
  return exactlyOne(
    sql<{ due: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM outbox WHERE delivered_at IS NULL AND due_at <= ${now}) AS due`,
    ({ due }) => due,
  );
}

function createDeps(
  context: TestContext,
  { pool, event, seatNews }: { pool: Pool; event: ServiceBinding; seatNews: SeatNews },
  options: WorldOptions,
): Pick<World, "deps" | "store"> {
  const { clock, redis, log, internalApiKey } = context;
  const ownNews = new OwnNews();
  const parts: Parts = {
    store: tellingBookings(postgresBookingStore(pool, pool), ownNews),
    waitlistStore: tellingWaitlist(postgresWaitlistStore(pool), ownNews),
    outboxStore: postgresOutboxStore(pool),
    seats: seatInventoryOver(event, internalApiKey, seatNews),
    holds: new HoldDocuments({ redis, clock, pause: nextTurn }),
    pingRedis: context.pingRedis,
    unpaidHolds: postgresUnpaidHoldStore(pool),
  };
  Object.assign(parts, options.adapt?.(parts));
  const { store, waitlistStore, outboxStore, holds, pingRedis, unpaidHolds, seats: inventory } =
    parts;
  const ids = RANDOM_IDS;
  const waitlist = groupedWaitlist(waitlistStore);
  const positions = new Positions({ redis, store: waitlist, clock, ids, log });
  const nudge = { outbox: () => {}, waitlist: () => {}, mails: () => {} };
  const mails = postgresMailStore(pool);
  const bookings = groupedBookings(store, { clock, pause: nextTurn });
  const offerHolders = new OfferHolders({ waitlist, clock });
  const mockBank = new MockBank({ redis, secrets: context.internalApiKeys });
  const facts = lineFacts({ waitlist, inventory, clock });
  const liveBookings = new LiveBookings({
    reads: options.adaptReads?.(liveReads(pool)) ?? liveReads(pool),
    waitlist,
    positions,
    facts,
    clock,
    settings: {
      maxHoldMs: defaultMaxHoldMs(HOLD_MS),
      maxStreams: options.maxStreams ?? DEFAULT_MAX_STREAMS,
    },
  });
  ownNews.listen((change) => liveBookings.changed(change));
  const deps: WorldDeps = {
    log,
    clock,
    ids,
    corsOrigins: "any",
    tokens: context.tokens,
    internalApiKeys: context.internalApiKeys,
    settings: {
      holdTtlMs: HOLD_MS,
      maxHoldMs: defaultMaxHoldMs(HOLD_MS),
      maxTicketsPerBooking: 10,
      offerMs: OFFER_MS,
    },
    inventory,
    seats: groupedSeats(inventory, { clock, seatNews }),
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
      pause: (ms) => passTime(clock, ms),
    }),
    joins: groupedJoins({ waitlist, inventory, positions, clock, ids, nudge }),
    facts,
    liveBookings,
    bookings,
    outboxStore,
    events: eventDirectoryOver(event, { internalKey: internalApiKey, clock, seatNews }),
    ticketHolders: ticketHoldersOver(context.bindings.user, {
      internalKey: internalApiKey,
      clock,
      log,
    }),
    payments: options.payments ??
      new MockPaymentProvider({ successRate: 1, processingTimeMs: 0, bank: mockBank }),
    paymentStore: postgresPaymentStore(pool),
    mockBank,
    holds,
    attempts: new LocalRateLimiter(
      { limit: options.attemptsPerMinute ?? 0, windowMs: MINUTE_MS },
      clock,
    ),
    reservations: new SharedRuns(),
    confirmations: new ConfirmationsUnderWay(),
    urgent: { begin() {} },
    nudge,
    mails,
    sales: salesReads(pool),
    people: peopleReads(pool),
    unpaidHolds,
    blockedBuyers: new BlockedBuyers({ store: unpaidHolds, clock }),
    buyers: buyersOver(context.bindings.user, { internalKey: internalApiKey }),
    contacts: contactsOver(context.bindings.user, { internalKey: internalApiKey, clock }),
    mail: context,
    waitlistFacts: waitlistMails({ mails, clock, nudge }),
    webhooks: organiserWebhooksOver(context.bindings.event, internalApiKey),
    pingDatabase: () => pool`SELECT 1`,
    pingRedis,
  };
  return { deps, store };
}

/** A pause that the clock shows. */
function passTime(clock: ManualClock, ms: number): Promise<void> {
  clock.advance(ms);
  return nextTurn();
}

/** A pause without time, as the clock stands still: one turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function insertVenue(
  events: Pool,
  { adminId, venueId, now }: { adminId: string; venueId: string; now: Date },
): Promise<void> {
  await events`
    INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
    VALUES (${adminId}, ${`${adminId}@example.com`}, '-', 'Admin', 'super_admin', ${now}, ${now})`;
  await events`
    INSERT INTO venues
      (venue_id, name, name_key, address, address_key, city, city_key, country, capacity, created_by,
       created_at, updated_at)
    VALUES (${venueId}, 'Shaniwar Wada', 'shaniwar wada', '1 Fort Road', '1 fort road', 'Pune', 'pune', 'India',
            5000, ${adminId}, ${now}, ${now})`;
}

/** For `assert.rejects()`: whether an error is a `DomainError` with this code. */
export function withCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => hasCode(error, code);
}
