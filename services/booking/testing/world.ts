import { setImmediate } from "node:timers";
import { openEventService } from "@evently/event";
import { assertInventoryAddsUp } from "@evently/event/testing";
import type { ManualClock } from "@evently/shared/clock";
import { LocalRateLimiter } from "@evently/shared/http";
import { newId, RANDOM_IDS } from "@evently/shared/ids";
import { postgresOutboxStore } from "@evently/shared/outbox";
import { exactlyOne, type Pool } from "@evently/shared/postgres";
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
import type { BookingDeps } from "../deps.ts";
import { eventDirectoryOver } from "../peers/event_directory.ts";
import { HoldDocuments } from "../holds/hold_documents.ts";
import { MockPaymentProvider } from "../payments/mock.ts";
import type { PaymentProvider } from "../payments/provider.ts";
import { groupedSeats } from "../peers/seats.ts";
import { type SeatInventory, seatInventoryOver } from "../peers/seat_inventory.ts";
import { postgresBookingStore } from "../orders/postgres_store.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { createBookingOutbox } from "../outbox/outbox.ts";
import type { Settled } from "../payments/settle_confirmation.ts";
import { groupedBookings } from "../orders/bookings.ts";
import type { Reservation } from "../orders/reservation.ts";
import { reserveSeats } from "../orders/reserve_seats.ts";
import { SharedRuns } from "../orders/shared_runs.ts";
import type { BookingStore } from "../orders/store.ts";
import { assertBookingsAddUp } from "./invariants.ts";
import { type Organiser, organiserAt } from "./organiser.ts";

const MINUTE_MS = 60_000;
const HOLD_MS = 5 * MINUTE_MS;
const DAY_MS = 24 * 3_600_000;
/** More passes than any cascade of messages takes. */
const MAX_PASSES = 20;
/** What a ticket costs here. */
export const PRICE_MINOR = 150_000;
const TIME_ZONE = "Asia/Kolkata";

/** What a world may be made with, instead of what it has by default. */
export interface WorldOptions {
  payments?: PaymentProvider;
  attemptsPerMinute?: number;
  /** Replaces parts before the app is made. */
  adapt?: (parts: Parts) => Partial<Parts>;
}

/** What the dependencies are made of. */
export type Parts = Pick<BookingDeps, "holds" | "outboxStore" | "pingRedis"> & {
  seats: SeatInventory;
  store: BookingStore;
};

/** A reservation to make; a new user and a new key where none is named. */
export interface ReserveOptions {
  eventId: string;
  quantity?: number;
  userId?: string;
  key?: string;
}

/** A booking service with a real event service beside it, on databases of their own, in a time that stands still. */
export interface World extends AsyncDisposable {
  eventService: OpenService;
  deps: BookingDeps;
  /** The statements of bookings_db, without the group commit of `deps.bookings`. */
  store: BookingStore;
  app: ReturnType<typeof createBookingApp>;
  clock: ManualClock;
  context: TestContext;
  bookingsDb: Pool;
  eventsDb: Pool;
  /** Puts an event on sale; answers its id. */
  createEvent(
    options?: { capacity?: number; startsIn_ms?: number; max?: number; priceMinor?: number },
  ): Promise<string>;
  /** Reserves as a new user, unless one is named. */
  reserve(input: ReserveOptions): Promise<Reservation & { userId: string }>;
  /** The same services once more, as another process has them: the same stores, nothing else in common. */
  inAnotherProcess(): Process;
  organiser: Organiser;
  /** Pays for a reservation, with a provider that asks nothing of the buyer. */
  confirm(reservation: { bookingId: string; userId: string }): Promise<Settled>;
  /** Delivers all that is due. */
  drainOutbox(): Promise<void>;
  availableSeats(eventId: string): Promise<number>;
  /** Has the outboxes of both services delivered, until nothing is due. */
  settle(): Promise<void>;
  /** Seats of all events, or of one, add up with their ledger, and bookings and money with them. */
  assertInvariants(eventId?: string): Promise<void>;
}

/** What one process has. */
export interface Process extends Pick<World, "deps" | "reserve" | "organiser"> {
  eventService: OpenService;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const eventsDatabase = await createTestDatabase("events_db");
  const bookingsDatabase = await createTestDatabase("bookings_db");
  const context = await createTestContext();
  const { clock } = context;
  const openEvents = (seatNews: SeatNews) =>
    openEventService(
      {
        databaseUrl: eventsDatabase.url,
        adminRegistration: "open",
        limits: { guessesPerEmail: 0, requestsPerAddress: 0 },
      },
      { ...context, seatNews },
    );
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
    organiser: organiserAt(event, { context, adminId }),
    clock,
    context,
    bookingsDb,
    eventsDb,
    async createEvent(
      { capacity = 100, startsIn_ms = 30 * DAY_MS, max = 10, priceMinor = PRICE_MINOR } = {},
    ) {
      const eventId = newId();
      const now = clock.now();
      const start = new Date(now.getTime() + startsIn_ms);
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
      await eventsDb`INSERT INTO seat_inventory (event_id, capacity) VALUES (${eventId}, ${capacity})`;
      return eventId;
    },
    reserve: reserver(deps),
    inAnotherProcess() {
      const parts = { pool: bookingsDb, event: otherEvent, seatNews: otherNews };
      const { deps: others } = createDeps(context, parts, options);
      return {
        deps: others,
        reserve: reserver(others),
        organiser: organiserAt(otherEvent, { context, adminId }),
        eventService: otherEventService,
      };
    },
    async confirm({ bookingId, userId }) {
      const payment = { method: "card", token: "tok_visa" };
      const outcome = await confirmBooking(deps, { bookingId, userId, ...payment });
      if (outcome.status !== "confirmed") throw new Error("the buyer must act");
      return outcome;
    },
    async drainOutbox() {
      while (await createBookingOutbox(deps).deliverAll());
    },
    availableSeats: (eventId) =>
      exactlyOne(
        eventsDb<{ available: number }[]>`
          SELECT capacity - held - sold - set_aside AS available
            FROM seat_inventory WHERE event_id = ${eventId}`,
        ({ available }) => available,
      ),
    async settle() {
      const now = clock.now();
      for (let pass = 0; pass < MAX_PASSES; pass++) {
        await runWorker(eventService, "outbox bookings.cancel");
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
      await Promise.all([eventService.close(), otherEventService.close()]);
      await context[Symbol.asyncDispose]();
      await bookingsDatabase[Symbol.asyncDispose]();
      await eventsDatabase[Symbol.asyncDispose]();
    },
  };
  return world;
}

function reserver(deps: BookingDeps): World["reserve"] {
  return async function reserve({ eventId, quantity = 1, userId = newId(), key = newId() }) {
    const input = { userId, eventId, quantity, idempotencyKey: key };
    return { ...(await reserveSeats(deps, input)).reservation, userId };
  };
}

/** Has a worker of a service do what there is to do. */
export async function runWorker({ workers }: OpenService, name: string): Promise<void> {
  const worker = workers.find((worker) => worker.name === name);
  if (!worker) throw new Error(`no worker is called ${name}`);
  await worker.runNow();
}

/** Whether an outbox, of either service, has something to deliver. */
function isAnythingDue(sql: Pool, now: Date): Promise<boolean> {
  return exactlyOne(
    sql<{ due: boolean }[]>`
      SELECT EXISTS (SELECT FROM outbox WHERE delivered_at IS NULL AND due_at <= ${now}) AS due`,
    ({ due }) => due,
  );
}

function createDeps(
  context: TestContext,
  { pool, event, seatNews }: { pool: Pool; event: ServiceBinding; seatNews: SeatNews },
  options: WorldOptions,
): Pick<World, "deps" | "store"> {
  const { clock, redis, log, internalApiKey } = context;
  const parts: Parts = {
    store: postgresBookingStore(pool, pool),
    outboxStore: postgresOutboxStore(pool),
    seats: seatInventoryOver(event, internalApiKey, seatNews),
    holds: new HoldDocuments({ redis, clock }),
    pingRedis: context.pingRedis,
  };
  Object.assign(parts, options.adapt?.(parts));
  const { store, outboxStore, holds, pingRedis } = parts;
  const deps: BookingDeps = {
    log,
    clock,
    ids: RANDOM_IDS,
    corsOrigins: "any",
    tokens: context.tokens,
    internalApiKey,
    settings: {
      holdTtlMs: HOLD_MS,
      maxHoldMs: defaultMaxHoldMs(HOLD_MS),
      maxTicketsPerBooking: 10,
    },
    seats: groupedSeats(parts.seats, { clock, seatNews }),
    bookings: groupedBookings(store, { clock, pause: nextTurn }),
    outboxStore,
    events: eventDirectoryOver(event, { internalKey: internalApiKey, clock, seatNews }),
    payments: options.payments ??
      new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 }),
    holds,
    attempts: new LocalRateLimiter(
      { limit: options.attemptsPerMinute ?? 0, windowMs: MINUTE_MS },
      clock,
    ),
    reservations: new SharedRuns(),
    confirmations: new ConfirmationsUnderWay(),
    urgent: { begin() {} },
    nudge: { outbox: () => {} },
    pingDatabase: () => pool`SELECT 1`,
    pingRedis,
  };
  return { deps, store };
}

/** The clock stands still here, so a pause is no more than a turn of the event loop. */
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
