import type { SeatOperations } from "@evently/event";
import { type Clock, SYSTEM_PAUSE } from "@evently/shared/clock";
import { deriveId, RANDOM_IDS } from "@evently/shared/ids";
import type { Pool } from "@evently/shared/postgres";
import { localBinding, SeatNews } from "@evently/shared/services";
import { DEFAULT_HOLD_TTL_MS, DEFAULT_MAX_TICKETS, defaultMaxHoldMs } from "./config.ts";
import { type Bookings, groupedBookings } from "./orders/bookings.ts";
import { postgresBookingStore } from "./orders/postgres_store.ts";
import { reserveSeats } from "./orders/reserve_seats.ts";
import { SharedRuns } from "./orders/shared_runs.ts";
import { ConfirmationsUnderWay } from "./payments/confirmations_under_way.ts";
import { MockPaymentProvider } from "./payments/mock.ts";
import { postgresPaymentStore } from "./payments/payment_sql.ts";
import { settleConfirmation } from "./payments/settle_confirmation.ts";
import { type SeatInventory, seatInventoryOver } from "./peers/seat_inventory.ts";
import { groupedSeats, type Seats } from "./peers/seats.ts";
import { driveJoins } from "./waitlist/drive_joins.ts";
import { NO_OFFERS } from "./waitlist/meet_offer.ts";
import { postgresWaitlistStore } from "./waitlist/postgres_store.ts";
import { groupedWaitlist } from "./waitlist/waitlist.ts";

const SEED_NAMESPACE = "7c7d6e5f-4f0c-4a4e-9c0b-0d5d2a6a1f42";

/** Tickets that a user of the demo buys, or waits for. */
export interface SeedOrder {
  userId: string;
  quantity: number;
}

/** A demo event that sells out, and who is in line for it, the first one first. */
export interface SeedSales {
  eventId: string;
  sold: readonly SeedOrder[];
  waiting: readonly SeedOrder[];
}

export interface BookingSeedDeps {
  sql: Pool;
  clock: Clock;
  /** The event service's inventory, in this process. */
  seats: SeatOperations;
}

/** What the parts of seeding share. */
interface Seeding extends Pick<BookingSeedDeps, "sql" | "clock"> {
  inventory: SeatInventory;
  seats: Seats;
  bookings: Bookings;
}

const SETTINGS = {
  holdTtlMs: DEFAULT_HOLD_TTL_MS,
  maxTicketsPerBooking: DEFAULT_MAX_TICKETS,
  maxHoldMs: defaultMaxHoldMs(DEFAULT_HOLD_TTL_MS),
};

/**
 * Sells a demo event and puts people in line for it, as buyers would. An event that has bookings stays as it is.
 *
 * @returns the number of bookings added
 */
export async function seedSales(
  { sql, clock, seats: operations }: BookingSeedDeps,
  { eventId, sold, waiting }: SeedSales,
): Promise<number> {
  const [known] = await sql`SELECT FROM bookings WHERE event_id = ${eventId} LIMIT 1`;
  if (known) return 0;
  const seatNews = new SeatNews();
  const inventory = seatInventoryOver(inThisProcess(operations), "", seatNews);
  const seeding: Seeding = {
    sql,
    clock,
    inventory,
    seats: groupedSeats(inventory, { clock, seatNews }),
    bookings: groupedBookings(postgresBookingStore(sql, sql), { clock, pause: SYSTEM_PAUSE }),
  };
  for (const [n, order] of sold.entries()) await sell(seeding, { eventId, n, order });
  await putInLine(seeding, { eventId, waiting });
  return sold.length;
}

/** The event service, of which seeding uses the operations only. */
function inThisProcess(operations: SeatOperations) {
  const nowhere = { fetch: () => new Response(null, { status: 503 }) };
  return localBinding("event", () => nowhere, () => operations);
}

/** Sells the n-th order. */
async function sell(
  { sql, seats, bookings, clock }: Seeding,
  { eventId, n, order: { userId, quantity } }: { eventId: string; n: number; order: SeedOrder },
): Promise<void> {
  const payments = new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 });
  const { reservation: { bookingId } } = await reserveSeats(
    {
      seats,
      bookings,
      clock,
      holds: { find: () => Promise.resolve(undefined), put: () => Promise.resolve() },
      attempts: {
        take: () => Promise.resolve({ allowed: true, limit: 0, remaining: 0, resetS: 0 }),
      },
      reservations: new SharedRuns(),
      offers: NO_OFFERS,
      blockedBuyers: { until: () => undefined },
      settings: SETTINGS,
    },
    {
      userId,
      eventId,
      lines: [{ ticketTypeId: undefined, quantity }],
      idempotencyKey: `seed-${n}`,
    },
  );
  const claimed = await bookings.startConfirming({
    bookingId,
    eventId,
    userId,
    now: clock.now(),
    payment: {
      paymentId: RANDOM_IDS.newId(),
      provider: payments.name,
      method: "card",
      token: "tok_visa",
    },
  });
  if (!claimed) return;
  await settleConfirmation({
    bookings,
    seats,
    payments,
    clock,
    paymentStore: postgresPaymentStore(sql),
    confirmations: new ConfirmationsUnderWay(),
    settings: SETTINGS,
    ids: RANDOM_IDS,
    nudge: { outbox() {} },
  }, claimed);
}

async function putInLine(
  { sql, clock, inventory }: Seeding,
  { eventId, waiting }: Pick<SeedSales, "eventId" | "waiting">,
): Promise<void> {
  const store = postgresWaitlistStore(sql);
  const waitlist = groupedWaitlist(store);
  const wishes = waiting.map(({ userId, quantity }) => ({
    entryId: deriveId(SEED_NAMESPACE, eventId, userId),
    eventId,
    userId,
    ticketTypeIds: [eventId],
    quantity,
    minQuantity: quantity,
  }));
  const entries = await store.join({ entries: wishes, now: clock.now() });
  // Redis learns the places when somebody first asks for one.
  const positions = { add: () => Promise.resolve() };
  await driveJoins(
    { waitlist, inventory, positions, clock, nudge: { waitlist() {} } },
    { eventId, entries },
  );
}
