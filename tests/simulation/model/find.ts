import {
  type Booking,
  type NewBooking,
  publicStatusOf,
} from "../../../services/booking/orders/booking.ts";
import { toPending } from "../../../services/booking/orders/insert_sql.ts";
import { proposeReference } from "../../../services/booking/orders/reference.ts";
import {
  type BookingKey,
  type BookingPage,
  type BookingStore,
  type BuyerOfEvent,
  MAX_OPEN_HOLDS,
} from "../../../services/booking/orders/store.ts";
import { type BookingRow, type BookingTables, toBooking } from "./tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

/** As in `orders/insert_sql.ts`. */
export const MAX_REFERENCE_ATTEMPTS = 8;
const ACTIVE: ReadonlySet<string> = new Set(["pending", "confirming", "confirmed"]);

export function insertPending(tables: BookingTables, wanted: readonly NewBooking[]): Booking[] {
  return wanted.map((booking) => {
    for (let attempt = 0; attempt < MAX_REFERENCE_ATTEMPTS; attempt++) {
      tables.insertBooking(toRow(booking, proposeReference(booking.bookingId, attempt)));
      const stored = tables.bookings.get(booking.bookingId);
      if (stored) return toBooking(stored);
    }
    throw new Error("no free booking reference was found");
  });
}

/** A pending booking, as it is inserted. */
export function toRow(booking: NewBooking, reference: string): BookingRow {
  return {
    ...booking,
    reference,
    totalMinor: toPending(booking, 0).totalMinor,
    lines: booking.lines,
    status: "pending",
    paymentStatus: "pending",
    paymentId: undefined,
    entryId: undefined,
    confirmingAt: undefined,
    extendedAt: undefined,
    confirmedAt: undefined,
    cancelledAt: undefined,
    expiredAt: undefined,
    refundMinor: undefined,
    ticketCode: undefined,
  };
}

export function find(tables: BookingTables, bookingId: string): Booking | undefined {
  const row = tables.bookings.get(bookingId);
  return row && toBooking(row);
}

export function findMany(tables: BookingTables, keys: readonly BookingKey[]): Booking[] {
  const rows = new Set(keys.flatMap((key) => tables.find(key) ?? []));
  return [...rows].map(toBooking);
}

export function findOpenHolds(
  tables: BookingTables,
  wanted: readonly BuyerOfEvent[],
  now: Date,
): Booking[][] {
  return wanted.map(({ userId, eventId }) =>
    tables.bookings
      .where((row) =>
        row.userId === userId && row.eventId === eventId && row.expiresAt > now &&
        (row.status === "pending" || row.status === "confirming")
      )
      .sort(latestFirst).slice(0, MAX_OPEN_HOLDS).map(toBooking)
  );
}

export function findByTicket(tables: BookingTables, ticketCode: string): Booking | undefined {
  const row = tables.byTicket(ticketCode);
  return row && toBooking(row);
}

export function listByUser(
  tables: BookingTables,
  { userId, status, now, page, limit }: Input<"listByUser">,
): BookingPage {
  const own = tables.bookings
    .where((row) =>
      row.userId === userId && (status === undefined || publicStatusOf(row, now) === status)
    )
    .sort(latestFirst);
  const bookings = own.slice((page - 1) * limit, page * limit).map(toBooking);
  return { bookings, total: own.length };
}

export function listPending(
  tables: BookingTables,
  { after, now, limit }: Input<"listPending">,
): Booking[] {
  return tables.bookings
    .where((row) =>
      row.status === "pending" && row.expiresAt > now &&
      (after === undefined || byId(row, after) > 0)
    )
    .sort(byId).slice(0, limit).map(toBooking);
}

export function activity(
  tables: BookingTables,
  { since, limit }: Input<"activity">,
): { eventId: string; bookings: number }[] {
  const recent = tables.bookings.where((row) => row.bookedAt > since && ACTIVE.has(row.status));
  return [...Map.groupBy(recent, ({ eventId }) => eventId)]
    .map(([eventId, rows]) => ({ eventId, bookings: rows.length }))
    .sort((a, b) => b.bookings - a.bookings || (a.eventId < b.eventId ? -1 : 1))
    .slice(0, limit);
}

/** Compares booking ids bytewise, as PostgreSQL orders UUIDs. */
export function byId(a: { bookingId: string }, b: { bookingId: string }): number {
  return a.bookingId < b.bookingId ? -1 : a.bookingId > b.bookingId ? 1 : 0;
}

function latestFirst(a: BookingRow, b: BookingRow): number {
  return b.bookedAt.getTime() - a.bookedAt.getTime() || byId(a, b);
}
