import { many, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import type { WaitlistEntry } from "../waitlist/entry.ts";
import { ACTIVE, entryColumns, type EntryRow, isStill, toEntry } from "../waitlist/rows.ts";

/** What a user is told of a booking. */
export type LiveBooking = Pick<
  Booking,
  | "bookingId"
  | "eventId"
  | "reference"
  | "status"
  | "paymentStatus"
  | "expiresAt"
  | "ticketCode"
>;

/** A user as read before. */
export interface KnownUser {
  userId: string;
  /** Digest of the bookings as they were; `undefined` at first. */
  digest: string | undefined;
}

/** The bookings of a user who has others than before. */
export interface ChangedUser {
  userId: string;
  digest: string;
  bookings: LiveBooking[];
}

/** A booking of a user; without an id for a user who has none to tell of. */
interface LiveBookingRow {
  user_id: string;
  digest: string;
  booking_id: string | null;
  event_id: string;
  reference: string;
  status: Booking["status"];
  payment_status: Booking["paymentStatus"];
  expires_at: Date;
  ticket_code: string | null;
}

/** The reads of users' states in PostgreSQL. */
export interface LiveReads {
  listChanged(input: { users: readonly KnownUser[]; since: Date }): Promise<ChangedUser[]>;
  listActive(input: { userIds: readonly string[] }): Promise<WaitlistEntry[]>;
}

/** {@link LiveReads} by a pool. */
export function liveReads(sql: Sql): LiveReads {
  return {
    listChanged: (input) => listChanged(sql, input),
    listActive: (input) => listActive(sql, input),
  };
}

/** The most ended bookings, and the most entries, that a user is told of. */
const MAX_EACH = 20;
/** The newest bookings of a user that are looked at: more than the limit of attempts allows while a hold lasts. */
const MAX_LOOKED = 200;

/**
 * Lists the users whose bookings are others than before, each with what they are told of: all that are open, then the
 * newest that ended, together at least {@link MAX_EACH} where there are so many. What did not change never leaves the
 * database.
 */
async function listChanged(
  sql: Sql,
  { users, since }: { users: readonly KnownUser[]; since: Date },
): Promise<ChangedUser[]> {
  const userIds = users.map(({ userId }) => userId);
  const digests = users.map(({ digest }) => digest ?? null);
  // The time is compared outside of the look-up, which therefore has no other index than that of its user.
  const newest = sql`
    SELECT n.* FROM (
      SELECT o.*, o.status IN ('pending', 'confirming') AS is_open FROM bookings o
       WHERE o.user_id = k.user_id
       ORDER BY o.booked_at DESC
       LIMIT ${MAX_LOOKED}
    ) AS n
     WHERE n.booked_at > ${since}`;
  const rows = await sql<LiveBookingRow[]>`
    SELECT k.user_id, d.digest, b.booking_id, b.event_id, b.reference, b.status, b.payment_status, b.expires_at,
           CASE b.status WHEN 'confirmed' THEN (
             SELECT t.ticket_code FROM tickets t
              WHERE t.booking_id = b.booking_id AND t.event_id = b.event_id
           ) END AS ticket_code
      FROM unnest(${userIds}::uuid[], ${digests}::text[]) AS k (user_id, digest)
     CROSS JOIN LATERAL (
       SELECT count(*) || ':' || coalesce(sum(
                hash_record_extended(ROW (b.booking_id, b.status, b.payment_status, b.expires_at), 0)
              ), 0) AS digest
         FROM (${newest}) AS b
     ) AS d
      LEFT JOIN LATERAL (
        SELECT b.*, row_number() OVER (ORDER BY b.is_open DESC, b.booked_at DESC) AS turn
          FROM (${newest}) AS b
      ) AS b ON b.is_open OR b.turn <= ${MAX_EACH}
     WHERE d.digest IS DISTINCT FROM k.digest
     ORDER BY b.turn`;
  return [...Map.groupBy(rows, ({ user_id }) => user_id)].map(([userId, own]) => ({
    userId,
    digest: own[0]!.digest,
    bookings: own.flatMap(toLiveBookings),
  }));
}

function toLiveBookings(row: LiveBookingRow): LiveBooking[] {
  if (row.booking_id === null) return [];
  return [{
    bookingId: row.booking_id,
    eventId: row.event_id,
    reference: row.reference,
    status: row.status,
    paymentStatus: row.payment_status,
    expiresAt: row.expires_at,
    ticketCode: row.ticket_code ?? undefined,
  }];
}

/** Lists the active entries of each user, offers first; at most {@link MAX_EACH} each. */
function listActive(
  sql: Sql,
  { userIds }: { userIds: readonly string[] },
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)}
        FROM unnest(${userIds}::uuid[]) AS k (user_id)
       CROSS JOIN LATERAL (
         SELECT * FROM waitlist_entries w
          WHERE w.user_id = k.user_id AND ${isStill(sql, ...ACTIVE)}
          ORDER BY w.status <> 'offered', w.event_id
          LIMIT ${MAX_EACH}
       ) AS w`,
    toEntry,
  );
}
