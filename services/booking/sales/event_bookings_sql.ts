import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import { hasPublicStatus } from "../orders/find_sql.ts";
import { bookingColumns, type BookingRow, toBooking } from "../orders/rows.ts";
import type { BookingFilter, PaymentAttempt, SalesReads } from "./store.ts";

type Input<Method extends keyof SalesReads> = Parameters<SalesReads[Method]>[0];

export async function listEventBookings(
  sql: Sql,
  { search, page, limit, ...filter }: Input<"listEventBookings">,
): ReturnType<SalesReads["listEventBookings"]> {
  const where = sql`
    ${isOfEvent(sql, filter)}
    ${
    search === undefined ? sql`` : sql`
      AND (strpos(b.reference, ${search.reference}) > 0 OR b.user_id = ANY (${[
      ...search.userIds,
    ]}::uuid[]))`
  }`;
  const [total, bookings] = await Promise.all([
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM bookings b WHERE ${where}`,
      (row) => row.total,
    ),
    many(
      sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE ${where}
       ORDER BY b.booked_at DESC, b.booking_id DESC
       LIMIT ${limit} OFFSET ${(page - 1) * limit}`,
      toBooking,
    ),
  ]);
  return { bookings, total };
}

export function exportBookings(
  sql: Sql,
  { after, limit, ...filter }: Input<"exportBookings">,
): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
    SELECT ${bookingColumns(sql)} FROM bookings b
     WHERE ${isOfEvent(sql, filter)}
       ${
      after === undefined ? sql`` : sql`
       AND (b.booked_at, b.booking_id) > (
         SELECT k.booked_at, k.booking_id FROM bookings k
          WHERE k.booking_id = ${after} AND k.event_id = ${filter.eventId})`
    }
     ORDER BY b.booked_at, b.booking_id
     LIMIT ${limit}`,
    toBooking,
  );
}

function isOfEvent(sql: Sql, { eventId, status, now }: BookingFilter) {
  return sql`b.event_id = ${eventId} ${hasPublicStatus(sql, status, now)}`;
}

export function listBuyers(
  sql: Sql,
  { eventId, limit }: Input<"listBuyers">,
): Promise<string[]> {
  return many(
    sql<{ user_id: string }[]>`
    SELECT b.user_id FROM bookings b
     WHERE b.event_id = ${eventId}
     GROUP BY b.user_id
     ORDER BY max(b.booked_at) DESC, b.user_id
     LIMIT ${limit}`,
    (row) => row.user_id,
  );
}

interface PaymentRow {
  payment_id: string;
  provider: string;
  method: string;
  transaction_id: string | null;
  status: string;
  amount_minor: number;
  started_at: Date;
  finished_at: Date | null;
}

export async function findWithPayments(
  sql: Sql,
  { eventId, bookingId }: Input<"findWithPayments">,
): ReturnType<SalesReads["findWithPayments"]> {
  const [booking, payments] = await Promise.all([
    one(
      sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE b.booking_id = ${bookingId} AND b.event_id = ${eventId}`,
      toBooking,
    ),
    many(
      sql<PaymentRow[]>`
      SELECT p.payment_id, p.provider, p.method, p.transaction_id, p.status, p.amount_minor, p.started_at,
             p.finished_at
        FROM payments p
       WHERE p.booking_id = ${bookingId} AND p.event_id = ${eventId}
       ORDER BY p.started_at, p.payment_id`,
      toPaymentAttempt,
    ),
  ]);
  return booking && { booking, payments };
}

function toPaymentAttempt(row: PaymentRow): PaymentAttempt {
  return {
    paymentId: row.payment_id,
    provider: row.provider,
    method: row.method,
    transactionId: row.transaction_id ?? undefined,
    status: row.status,
    amountMinor: row.amount_minor,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
  };
}
