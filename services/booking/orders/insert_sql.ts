import { isUniqueViolation, runByServer, type Sql } from "@evently/shared/postgres";
import type { Booking, NewBooking, OrderLine } from "./booking.ts";
import { proposeReference } from "./reference.ts";
import { findMany } from "./find_sql.ts";
import { toLineRow } from "./rows.ts";

/** Attempts to find a free reference: each has a larger namespace, so more are never needed. */
export const MAX_REFERENCE_ATTEMPTS = 8;

/**
 * Inserts all bookings in one statement. A booking that exists is returned as it is; one whose reference is taken is
 * inserted with the next reference.
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
    const existing = await findMany(sql, open);
    for (const booking of existing) stored.set(booking.bookingId, booking);
    open = open.filter(({ bookingId }) => !stored.has(bookingId));
  }
  return wanted.map(({ bookingId }) => {
    const booking = stored.get(bookingId);
    if (!booking) throw new Error(`booking ${bookingId} was not inserted`);
    return booking;
  });
}

/** A new booking as it is stored, with the reference of its n-th attempt. */
export function toPending(booking: NewBooking, attempt: number): Booking {
  const { bookingId, quantity, unitPriceMinor, lines } = booking;
  return {
    bookingId,
    userId: booking.userId,
    eventId: booking.eventId,
    reference: proposeReference(bookingId, attempt),
    quantity,
    unitPriceMinor,
    totalMinor: lines ? totalOf(lines) : unitPriceMinor * quantity,
    currency: booking.currency,
    lines,
    terms: booking.terms,
    bookedAt: booking.bookedAt,
    expiresAt: booking.expiresAt,
    status: "pending",
    paymentStatus: "pending",
    extendedAt: undefined,
    confirmedAt: undefined,
    endedAt: undefined,
    refundMinor: undefined,
    ticketCode: undefined,
  };
}

function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
}

/** Inserts those that are new; returns their ids. */
async function insertNew(sql: Sql, bookings: readonly Booking[]): Promise<Set<string>> {
  const inserted = await runByServer(sql, bookings, async (part, isDistributed) => {
    if (isDistributed && await insertTogether(sql, part)) return part.map(() => true);
    const [only] = part;
    const rows = only && part.length === 1
      ? await insertOne(sql, only)
      : await insertBatch(sql, part);
    const ids = new Set(rows.map(({ booking_id }) => booking_id));
    return part.map(({ bookingId }) => ids.has(bookingId));
  });
  return new Set(bookings.filter((_, i) => inserted[i]).map(({ bookingId }) => bookingId));
}

/**
 * Inserts bookings of one of several servers there, unless one of them exists or its reference is taken: a statement that
 * skips these would be several times slower where the table is distributed.
 */
async function insertTogether(sql: Sql, bookings: readonly Booking[]): Promise<boolean> {
  const { distinct: terms, places } = placesOf(bookings.map((b) => b.terms));
  try {
    await sql`
      SELECT insert_bookings_together(
        ${bookings[0]!.eventId},
        ${columnsOf(sql, bookings)},
        ${terms.map((t) => t.startsAt.toISOString())}::timestamptz[],
        ${terms.map((t) => JSON.stringify(t.refundPolicy))}::text[],
        ${places}::integer[],
        ${bookings.map((b) => b.lines ? JSON.stringify(b.lines.map(toLineRow)) : null)}::text[])`;
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

interface InsertedRow {
  booking_id: string;
}

/** As {@link insertBatch}, for a lone buyer: in PostgreSQL arrays of one cost a third of the statement. */
function insertOne(sql: Sql, b: Booking) {
  const lines = b.lines ? JSON.stringify(b.lines.map(toLineRow)) : null;
  return sql<InsertedRow[]>`
    INSERT INTO bookings
      (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
       booked_at, expires_at, sold_with_start, refund_policy, lines, status, payment_status)
    VALUES
      (${b.bookingId}, ${b.userId}, ${b.eventId}, ${b.reference}, ${b.quantity}, ${b.unitPriceMinor},
       ${b.totalMinor}, ${b.currency}, ${b.bookedAt}, ${b.expiresAt}, ${b.terms.startsAt},
       ${
    JSON.stringify(b.terms.refundPolicy)
  }::text::jsonb, ${lines}::text::jsonb, 'pending', 'pending')
    ON CONFLICT DO NOTHING
    RETURNING booking_id`;
}

/**
 * Terms and lines are sent once per distinct value: most bookings of a batch share them, and a copy each is a tenth of the
 * work.
 */
function insertBatch(sql: Sql, bookings: readonly Booking[]) {
  const { distinct: terms, places } = placesOf(bookings.map((b) => b.terms));
  const { distinct: lines, places: linePlaces } = placesOf(
    bookings.map((b) => b.lines ? JSON.stringify(b.lines.map(toLineRow)) : null),
  );
  // Most batches have plain bookings only, and send nothing for the column.
  const linesColumn = lines.every((text) => text === null)
    ? sql`NULL::jsonb`
    : sql`(SELECT ${lines}::text[]::jsonb[])[(SELECT ${linePlaces}::integer[])[b.place]]`;
  return sql<InsertedRow[]>`
    INSERT INTO bookings
      (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
       booked_at, expires_at, sold_with_start, refund_policy, lines, status, payment_status)
    SELECT b.booking_id, b.user_id, b.event_id, b.reference, b.quantity, b.unit_price_minor, b.total_minor,
           b.currency, b.booked_at, b.expires_at,
           (SELECT ${terms.map((t) => t.startsAt.toISOString())}::timestamptz[])[b.terms],
           (SELECT ${terms.map((t) => JSON.stringify(t.refundPolicy))}::text[]::jsonb[])[b.terms],
           ${linesColumn}, 'pending', 'pending'
      FROM unnest(
        ${columnsOf(sql, bookings)},
        ${places}::integer[]
      ) WITH ORDINALITY
        AS b (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
              booked_at, expires_at, terms, place)
    ON CONFLICT DO NOTHING
    RETURNING booking_id`;
}

/** The distinct values, and for each value its place among them, from 1. */
function placesOf<T>(values: readonly T[]): { distinct: T[]; places: number[] } {
  const distinct: T[] = [];
  let last = 0;
  const places = values.map((value) => {
    // Neighbours are mostly equal and need no search.
    if (distinct[last - 1] !== value) last = distinct.indexOf(value) + 1 || distinct.push(value);
    return last;
  });
  return { distinct, places };
}

/** A column of each booking after the other, in the order of the statements that insert several. */
function columnsOf(sql: Sql, bookings: readonly Booking[]) {
  return sql`
    ${bookings.map((b) => b.bookingId)}::uuid[],
    ${bookings.map((b) => b.userId)}::uuid[],
    ${bookings.map((b) => b.eventId)}::uuid[],
    ${bookings.map((b) => b.reference)}::text[],
    ${bookings.map((b) => b.quantity)}::integer[],
    ${bookings.map((b) => b.unitPriceMinor)}::integer[],
    ${bookings.map((b) => b.totalMinor)}::bigint[],
    ${bookings.map((b) => b.currency)}::text[],
    ${bookings.map((b) => b.bookedAt.toISOString())}::timestamptz[],
    ${bookings.map((b) => b.expiresAt.toISOString())}::timestamptz[]`;
}
