/** What both databases say about an event with a waitlist, read for checks. */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import type { EntryStatus } from "../../../services/booking/waitlist/entry.ts";

/** Statuses of an entry that has not ended. */
export const ACTIVE: ReadonlySet<EntryStatus> = new Set([
  "joining",
  "waiting",
  "offering",
  "offered",
]);

export interface EntryState {
  entryId: string;
  userId: string;
  ticketTypeIds: string[];
  quantity: number;
  minQuantity: number;
  place: number;
  status: EntryStatus;
  passed: number;
  standsBackUntil: Date | null;
  round: number;
  offer: { offerId: string; ticketTypeId: string; quantity: number; expiresAt: Date } | undefined;
}

export interface BookingState {
  bookingId: string;
  userId: string;
  entryId: string | null;
  status: string;
  expiresAt: Date;
  /** Whether it expired when its time was over. */
  hasLapsed: boolean;
  wasConfirmed: boolean;
}

export interface AllocationState {
  allocationId: string;
  ticketTypeId: string;
  quantity: number;
  state: string;
  source: string;
}

export interface PassState {
  entryId: string;
  byEntryId: string;
  seats: number;
}

/** A message of a `waitlist.` topic. */
export interface FactState {
  topic: string;
  entryId: string;
  offerId: string | undefined;
  /** Of the offer. */
  quantity: number;
}

export interface PoolState {
  pool: number;
  capacity: number;
  held: number;
  sold: number;
  setAside: number;
}

export interface TypeState {
  ticketTypeId: string;
  /** What one of it takes: pools, and seats of each. */
  pools: number[];
  units: number[];
  status: "active" | "paused" | "archived";
  isOpen: boolean;
  minPerOrder: number;
  largestOrder: number;
  salesEnd: Date | null;
}

export interface WaitlistState {
  isOnSale: boolean;
  startsAt: Date;
  isPaused: boolean;
  entries: EntryState[];
  bookings: BookingState[];
  allocations: AllocationState[];
  passes: PassState[];
  facts: FactState[];
  pools: PoolState[];
  types: TypeState[];
}

/** The databases of a platform. */
export interface Databases {
  eventsDb: Pool;
  bookingsDb: Pool;
}

/** How many of a type the seats of its pools make. */
export function bundlesOf(
  { pools, units }: Pick<TypeState, "pools" | "units">,
  seats: ReadonlyMap<number, number>,
): number {
  return Math.min(
    ...pools.map((pool, i) => Math.max(0, Math.floor((seats.get(pool) ?? 0) / units[i]!))),
  );
}

/** Reads the state of an event. */
export async function readWaitlist(
  { eventsDb, bookingsDb }: Databases,
  { eventId, now }: { eventId: string; now: Date },
): Promise<WaitlistState> {
  const [event, pools, types, allocations, queue, entries, bookings, passes, facts] = await Promise
    .all([
      exactlyOne(
        eventsDb<{ isOnSale: boolean; startsAt: Date }[]>`
          SELECT status = 'published' AND start_at > ${now} AS "isOnSale", start_at AS "startsAt"
            FROM events WHERE event_id = ${eventId}`,
        (row) => ({ ...row }),
      ),
      eventsDb<PoolState[]>`
        SELECT pool, capacity, held, sold, set_aside AS "setAside"
          FROM seat_inventory WHERE event_id = ${eventId} ORDER BY pool`,
      eventsDb<TypeState[]>`
        SELECT t.ticket_type_id AS "ticketTypeId", t.pools::integer[] AS pools, t.units, t.status,
               t.waitlist_open AS "isOpen", t.min_per_order AS "minPerOrder",
               least(t.max_per_order, e.max_tickets_per_booking / t.units[1]) AS "largestOrder",
               t.sales_end AS "salesEnd"
          FROM ticket_types t JOIN events e ON e.event_id = t.event_id
         WHERE t.event_id = ${eventId} ORDER BY t.type`,
      eventsDb<AllocationState[]>`
        SELECT a.allocation_id AS "allocationId", t.ticket_type_id AS "ticketTypeId", a.quantity,
               a.state, a.source
          FROM seat_allocations a JOIN ticket_types t ON t.event_id = a.event_id AND t.type = a.type
         WHERE a.event_id = ${eventId}`,
      bookingsDb<{ isPaused: boolean }[]>`
        SELECT paused_at IS NOT NULL AS "isPaused"
          FROM waitlist_queues WHERE event_id = ${eventId}`,
      bookingsDb<EntryRow[]>`
        SELECT entry_id AS "entryId", user_id AS "userId", ticket_type_ids AS "ticketTypeIds",
               quantity, min_quantity AS "minQuantity", place, status, passed,
               stands_back_until AS "standsBackUntil", round, offer_id AS "offerId",
               offer_type_id AS "offerType", offer_quantity AS "offerQuantity",
               offer_expires_at AS "offerExpiresAt"
          FROM waitlist_entries WHERE event_id = ${eventId} ORDER BY place`,
      bookingsDb<BookingState[]>`
        SELECT booking_id AS "bookingId", user_id AS "userId", entry_id AS "entryId", status,
               expires_at AS "expiresAt",
               coalesce(expired_at >= expires_at, false) AS "hasLapsed", confirmed_at IS NOT NULL AS "wasConfirmed"
          FROM bookings WHERE event_id = ${eventId}`,
      bookingsDb<PassState[]>`
        SELECT entry_id AS "entryId", by_entry_id AS "byEntryId", seats
          FROM waitlist_passes WHERE event_id = ${eventId}`,
      bookingsDb<FactRow[]>`
        SELECT topic, subject_id AS "entryId", payload
          FROM outbox WHERE event_id = ${eventId} AND topic LIKE 'waitlist.%'`,
    ]);
  return {
    ...event,
    isPaused: queue[0]?.isPaused ?? false,
    entries: entries.map(({ offerId, offerType, offerQuantity, offerExpiresAt, ...entry }) => ({
      ...entry,
      offer: offerId === null ? undefined : {
        offerId,
        ticketTypeId: offerType!,
        quantity: offerQuantity!,
        expiresAt: offerExpiresAt!,
      },
    })),
    bookings: [...bookings],
    allocations: [...allocations],
    passes: [...passes],
    facts: facts.map(({ topic, entryId, payload }) => ({
      topic,
      entryId,
      offerId: payload.offer_id,
      quantity: payload.quantity ?? 0,
    })),
    pools: [...pools],
    types: [...types],
  };
}

type EntryRow = Omit<EntryState, "offer"> & {
  offerId: string | null;
  offerType: string | null;
  offerQuantity: number | null;
  offerExpiresAt: Date | null;
};

interface FactRow {
  topic: string;
  entryId: string;
  payload: { offer_id?: string; quantity?: number };
}
