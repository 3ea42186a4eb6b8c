import type { RefundPolicy } from "@evently/event";
import type { Sql } from "@evently/shared/postgres";
import type { Booking, BookingStatus, OrderLine, PaymentStatus } from "./booking.ts";

/** An element of `bookings.lines`. */
export interface LineRow {
  ticket_type_id: string;
  name: string;
  quantity: number;
  gives: number;
  unit_price_minor: number;
  is_implied?: true;
  hold?: number;
}

/** A row of `bookings`, as {@link bookingColumns} selects it. */
export interface BookingRow {
  booking_id: string;
  user_id: string;
  event_id: string;
  reference: string;
  quantity: number;
  unit_price_minor: number;
  total_minor: number;
  currency: string;
  lines: LineRow[] | null;
  refund_policy: RefundPolicy;
  sold_with_start: Date;
  status: BookingStatus;
  payment_status: PaymentStatus;
  booked_at: Date;
  expires_at: Date;
  extended_at: Date | null;
  confirmed_at: Date | null;
  cancelled_at: Date | null;
  expired_at: Date | null;
  refund_minor: number | null;
  /** Absent where no ticket can exist. */
  ticket_code?: string | null;
}

/** The columns of a booking and its ticket, for a statement in which the bookings are called `b`. */
export function bookingColumns(sql: Sql) {
  return sql`
    ${storedColumns(sql)},
    (SELECT t.ticket_code FROM tickets t
      WHERE t.booking_id = b.booking_id AND t.event_id = b.event_id) AS ticket_code`;
}

/** The columns of a booking `b` alone. */
export function storedColumns(sql: Sql) {
  return sql`
    b.booking_id, b.user_id, b.event_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor,
    b.currency, b.lines, b.refund_policy, b.sold_with_start, b.status, b.payment_status, b.booked_at, b.expires_at,
    b.extended_at, b.confirmed_at, b.cancelled_at, b.expired_at, b.refund_minor`;
}

/**
 * The condition that a booking, found by its key, has this status. It hides the status from the planner, which while there
 * are no bookings would take the index of open ones, and keep the plan when thousands are.
 */
export function isStill(sql: Sql, status: BookingStatus) {
  return sql`status || '' = ${status}`;
}

/**
 * The payload of the message that releases the seats of a booking `b`: how many lines it has and which hold has them, if
 * that is not one in the first.
 */
export function releasePayload(sql: Sql) {
  return sql`
    CASE WHEN b.lines IS NULL THEN '{}'::jsonb
         ELSE jsonb_strip_nulls(jsonb_build_object(
           'lines', jsonb_array_length(b.lines), 'hold', b.lines -> 0 -> 'hold')) END`;
}

/** The payload of the message that releases what an offer `b` has beyond so many tickets of its only line. */
export function keepPayload(sql: Sql, tickets: ReturnType<Sql>) {
  return sql`jsonb_strip_nulls(jsonb_build_object('keep', ${tickets}, 'hold', b.lines -> 0 -> 'hold'))`;
}

/**
 * The payments of the bookings `b`, their latest ones by default; the CTE `paid`, which {@link voidPayload} reads. A distributed
 * server would run an INSERT that reads the table itself once for each part.
 */
export function paidBefore(sql: Sql, paymentId: string | undefined = undefined) {
  return sql`
    paid AS MATERIALIZED (
      SELECT v.payment_id, v.event_id, v.transaction_id
        FROM b JOIN payments v ON v.payment_id = ${idOf(sql, paymentId)} AND v.event_id = b.event_id
    )`;
}

function idOf(sql: Sql, paymentId: string | undefined) {
  return paymentId === undefined ? sql`b.payment_id` : sql`${paymentId}::uuid`;
}

/**
 * The payload of the message that voids a payment of a booking `b`, its latest one by default. For a statement with the CTE
 * of {@link paidBefore}.
 */
export function voidPayload(sql: Sql, paymentId: string | undefined = undefined) {
  const id = idOf(sql, paymentId);
  return sql`
    jsonb_strip_nulls(jsonb_build_object(
      'payment_id', ${id}, 'amount_minor', b.total_minor, 'currency', b.currency,
      'transaction_id', (SELECT v.transaction_id FROM paid v
                          WHERE v.payment_id = ${id} AND v.event_id = b.event_id)))`;
}

export function toBooking(row: BookingRow): Booking {
  return {
    bookingId: row.booking_id,
    userId: row.user_id,
    eventId: row.event_id,
    reference: row.reference,
    quantity: row.quantity,
    unitPriceMinor: row.unit_price_minor,
    totalMinor: row.total_minor,
    currency: row.currency,
    lines: row.lines?.map(toOrderLine),
    terms: { refundPolicy: row.refund_policy, startsAt: row.sold_with_start },
    status: row.status,
    paymentStatus: row.payment_status,
    bookedAt: row.booked_at,
    expiresAt: row.expires_at,
    extendedAt: row.extended_at ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    endedAt: endOf(row),
    refundMinor: row.refund_minor ?? undefined,
    ticketCode: row.ticket_code ?? undefined,
  };
}

function toOrderLine(
  { ticket_type_id, name, quantity, gives, unit_price_minor, is_implied, hold }: LineRow,
): OrderLine {
  return {
    ticketTypeId: ticket_type_id,
    name,
    quantity,
    gives,
    unitPriceMinor: unit_price_minor,
    ...(is_implied ? { isImplied: true } : {}),
    ...(hold === undefined ? {} : { hold }),
  };
}

export function toLineRow(
  { ticketTypeId, name, quantity, gives, unitPriceMinor, isImplied }: OrderLine,
): LineRow {
  return {
    ticket_type_id: ticketTypeId,
    name,
    quantity,
    gives,
    unit_price_minor: unitPriceMinor,
    ...(isImplied ? { is_implied: true } : {}),
  };
}

/** A hold ends at its `expires_at`, however late that is recorded. */
function endOf({ cancelled_at, expired_at, expires_at }: BookingRow): Date | undefined {
  if (expired_at && expires_at < expired_at) return expires_at;
  return cancelled_at ?? expired_at ?? undefined;
}
