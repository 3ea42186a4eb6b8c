import { arrayLiteral, exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { HoldRequest } from "../schemas/seats.ts";

/** An allocation that a hold met. */
interface MetAllocation {
  allocation_id: string;
  quantity: number;
  state: "held" | "sold" | "released";
  unit_price_minor: number;
  expires_at: string | null;
}

/** What `hold_seats` answers; see migrations/events_db. */
export interface HeldSeats {
  on_sale: boolean;
  granted: string[];
  existing: MetAllocation[];
  available: number;
  seq: number;
  waitlist_open: boolean;
  unit_price_minor: number | null;
  currency: string | null;
  max_tickets_per_booking: number | null;
}

/** What `release_seats` and `release_expired_seats` answer. */
export interface ReleasedSeats {
  released: string[];
  available_before: number;
  available: number;
  seq: number;
}

// Each of these calls one function of migrations/events_db: one transaction in one round trip.

/** Holds seats; `items` are of distinct allocations. */
export function callHoldSeats(
  sql: Sql,
  { eventId, source, revive, items, now }: HoldRequest & { eventId: string; now: Date },
): Promise<HeldSeats> {
  return exactlyOne(
    sql<HeldSeats[]>`
    SELECT * FROM hold_seats(
      ${eventId}, ${arrayLiteral(items.map((item) => item.allocation_id))}::uuid[],
      ${arrayLiteral(items.map((item) => item.quantity))}::integer[],
      ${
      arrayLiteral(items.map((item) => item.expires_at))
    }::timestamptz[], ${source}, ${revive}, ${now})`,
    (row) => row,
  );
}

/** Sells held seats; answers which of them are sold, now or before. */
export function callCommitSeats(
  sql: Sql,
  { eventId, allocationIds, now }: { eventId: string; allocationIds: string[]; now: Date },
): Promise<{ committed: string[]; available: number; seq: number }> {
  return exactlyOne(
    sql<{ committed: string[]; available: number; seq: number }[]>`
    SELECT * FROM commit_seats(${eventId}, ${arrayLiteral(allocationIds)}::uuid[], ${now})`,
    (row) => row,
  );
}

/** Gives seats back. */
export function callReleaseSeats(
  sql: Sql,
  { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
): Promise<ReleasedSeats> {
  return exactlyOne(
    sql<ReleasedSeats[]>`SELECT * FROM release_seats(${eventId}, ${
      arrayLiteral(allocationIds)
    }::uuid[])`,
    (row) => row,
  );
}

/** Gives back what is held and expired at `cutoff`, at most `limit` allocations. */
export function callReleaseExpiredSeats(
  sql: Sql,
  { eventId, cutoff, limit }: { eventId: string; cutoff: Date; limit: number },
): Promise<ReleasedSeats> {
  return exactlyOne(
    sql<ReleasedSeats[]>`
    SELECT * FROM release_expired_seats(${eventId}, ${cutoff}, ${limit})`,
    (row) => row,
  );
}

/** Lets holds live longer; `extended` are held as long as wished. */
export function callExtendSeats(
  sql: Sql,
  { eventId, items, now }: {
    eventId: string;
    items: { allocation_id: string; expires_at: string }[];
    now: Date;
  },
): Promise<{ extended: string[]; seq: number }> {
  return exactlyOne(
    sql<{ extended: string[]; seq: number }[]>`
    SELECT * FROM extend_seats(
      ${eventId}, ${arrayLiteral(items.map((item) => item.allocation_id))}::uuid[],
      ${arrayLiteral(items.map((item) => item.expires_at))}::timestamptz[], ${now})`,
    (row) => row,
  );
}

/** Opens or closes an event's waitlist; nulls for an unknown event. */
export function callSetWaitlistOpen(
  sql: Sql,
  { eventId, open }: { eventId: string; open: boolean },
): Promise<{ available: number | null; set_aside: number | null; seq: number | null }> {
  return exactlyOne(
    sql<{ available: number | null; set_aside: number | null; seq: number | null }[]>`
    SELECT * FROM set_waitlist_open(${eventId}, ${open})`,
    (row) => row,
  );
}

/** Events among the holds that expired longest ago; `scan` bounds how many holds are looked at. */
export function eventsWithExpiredHolds(
  sql: Sql,
  { cutoff, scan }: { cutoff: Date; scan: number },
): Promise<string[]> {
  return many(
    sql<{ event_id: string }[]>`
    SELECT DISTINCT due.event_id
      FROM (SELECT a.event_id
              FROM seat_allocations a
             WHERE a.state = 'held' AND a.expires_at <= ${cutoff}
             ORDER BY a.expires_at
             LIMIT ${scan}) AS due`,
    ({ event_id }) => event_id,
  );
}
