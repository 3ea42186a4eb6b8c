import { many, type Sql } from "@evently/shared/postgres";
import type { BookingStatus } from "../orders/booking.ts";

/** The most bookings of one look, events that a user waits for, and entries of an export. */
const MAX_LISTED = 1_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** A booking of a user that is held, being paid, or paid. */
export interface OpenBooking {
  bookingId: string;
  eventId: string;
  quantity: number;
  status: BookingStatus;
}

/** A user's place on a waitlist, now or before. */
export interface PersonsEntry {
  eventId: string;
  quantity: number;
  status: string;
  joinedAt: Date;
  offeredAt: Date | null;
}

/** What the booking service knows of a user, whom it has by an id alone. */
export interface PeopleReads {
  /** A page of the bookings that are held, being paid, or paid, by their ids; the last one is shorter than `limit`. */
  listOpen(input: { userId: string; after?: string; limit: number }): Promise<OpenBooking[]>;
  /** The events that a user waits for. */
  listWaitedFor(input: { userId: string }): Promise<string[]>;
  /** The entries of a user, the newest first. */
  listEntries(input: { userId: string }): Promise<PersonsEntry[]>;
}

/** {@link PeopleReads} by a pool. */
export function peopleReads(sql: Sql): PeopleReads {
  return {
    listOpen: ({ userId, after = BEFORE_ALL, limit }) =>
      many(
        sql<OpenBooking[]>`
          SELECT booking_id AS "bookingId", event_id AS "eventId", quantity, status FROM bookings
           WHERE user_id = ${userId} AND status IN ('pending', 'confirming', 'confirmed')
             AND booking_id > ${after}
           ORDER BY booking_id LIMIT ${limit}`,
        (row) => row,
      ),
    listWaitedFor: ({ userId }) =>
      many(
        sql<{ event_id: string }[]>`
          SELECT event_id FROM waitlist_entries
           WHERE user_id = ${userId} AND status IN ('joining', 'waiting', 'offering', 'offered')
           LIMIT ${MAX_LISTED}`,
        (row) => row.event_id,
      ),
    listEntries: ({ userId }) =>
      many(
        sql<PersonsEntry[]>`
          SELECT event_id AS "eventId", quantity, status, joined_at AS "joinedAt",
                 offered_at AS "offeredAt"
            FROM waitlist_entries WHERE user_id = ${userId}
           ORDER BY joined_at DESC, entry_id LIMIT ${MAX_LISTED}`,
        (row) => row,
      ),
  };
}
