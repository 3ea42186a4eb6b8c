import { arrayLiteral, type Sql } from "@evently/shared/postgres";
import type { Booking, NewBooking } from "../booking.ts";
import { proposeReference } from "../reference.ts";
import { findMany } from "./find.ts";

/** That a booking finds its reference taken so often in a row does not happen: each try has more of them. */
const MAX_REFERENCE_ATTEMPTS = 8;

/**
 * Inserts all in one statement. What was not inserted is there already, and is answered as it is; or its
 * reference was taken, and the next one is tried.
 */
export async function insertPending(sql: Sql, wanted: readonly NewBooking[]): Promise<Booking[]> {
  const stored = new Map<string, Booking>();
  let open = [...wanted];
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === MAX_REFERENCE_ATTEMPTS) throw new Error("no free booking reference was found");
    const proposals = open.map((booking) => toPending(booking, attempt));
    const inserted = await insertNew(sql, proposals);
    for (const booking of proposals) {
      if (inserted.has(booking.bookingId) && !stored.has(booking.bookingId)) {
        stored.set(booking.bookingId, booking);
      }
    }
    open = open.filter(({ bookingId }) => !stored.has(bookingId));
    if (open.length === 0) break;
    const existing = await findMany(sql, open.map(({ bookingId }) => bookingId));
    for (const booking of existing) stored.set(booking.bookingId, booking);
    open = open.filter(({ bookingId }) => !stored.has(bookingId));
  }
  return wanted.map(({ bookingId }) => stored.get(bookingId)!);
}

/** A new booking as it is stored, under the reference of its n-th try. */
export function toPending(booking: NewBooking, attempt: number): Booking {
  return {
    ...booking,
    reference: proposeReference(booking.bookingId, attempt),
    total_minor: booking.unitPrice_minor * booking.quantity,
    status: "pending",
    paymentStatus: "pending",
    extendedAt: undefined,
    confirmedAt: undefined,
    endedAt: undefined,
    refund_minor: undefined,
    ticketCode: undefined,
  };
}

/** Each policy of a batch goes once: most bookings are of one event, and a copy of it a booking is a tenth of the work. */
async function insertNew(sql: Sql, bookings: readonly Booking[]): Promise<Set<string>> {
  const policies = bookings.map((b) => JSON.stringify(b.terms.refundPolicy));
  const distinct = [...new Set(policies)];
  const places = new Map(distinct.map((policy, i) => [policy, i + 1]));
  const rows = await sql<{ booking_id: string }[]>`
    INSERT INTO bookings
      (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
       booked_at, expires_at, sold_with_start, refund_policy, status, payment_status)
    SELECT b.booking_id, b.user_id, b.event_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor,
           b.currency, b.booked_at, b.expires_at, b.sold_with_start,
           (SELECT ${distinct}::text[]::jsonb[])[b.policy], 'pending', 'pending'
      FROM unnest(
        ${arrayLiteral(bookings.map((b) => b.bookingId))}::uuid[],
        ${arrayLiteral(bookings.map((b) => b.userId))}::uuid[],
        ${arrayLiteral(bookings.map((b) => b.eventId))}::uuid[],
        ${arrayLiteral(bookings.map((b) => b.reference))}::text[],
        ${arrayLiteral(bookings.map((b) => b.quantity))}::integer[],
        ${arrayLiteral(bookings.map((b) => b.unitPrice_minor))}::integer[],
        ${arrayLiteral(bookings.map((b) => b.total_minor))}::bigint[],
        ${arrayLiteral(bookings.map((b) => b.currency))}::text[],
        ${arrayLiteral(bookings.map((b) => b.bookedAt.toISOString()))}::timestamptz[],
        ${arrayLiteral(bookings.map((b) => b.expiresAt.toISOString()))}::timestamptz[],
        ${arrayLiteral(bookings.map((b) => b.terms.startsAt.toISOString()))}::timestamptz[],
        ${arrayLiteral(policies.map((policy) => places.get(policy)!))}::integer[]
      ) AS b (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
              booked_at, expires_at, sold_with_start, policy)
    ON CONFLICT DO NOTHING
    RETURNING booking_id`;
  return new Set(rows.map(({ booking_id }) => booking_id));
}
