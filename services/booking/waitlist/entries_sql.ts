/** Reads of the waitlist for its users and its organiser. */
import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import { bookingColumns, type BookingRow, toBooking } from "../orders/rows.ts";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { WaitlistEntry } from "./entry.ts";
import { entryColumns, type EntryRow, isActive, isInLine, isStill, toEntry } from "./rows.ts";
import type { BoundKey, EntryPage, RecordedPass, WaitlistStore } from "./store.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

/** A user joins again only after an entry has ended, so the latest entry is the active one, if any is. */
export async function findEach(
  sql: Sql,
  wanted: readonly BuyerOfEvent[],
): Promise<(WaitlistEntry | undefined)[]> {
  const rows = await sql<(EntryRow & { n: number })[]>`
    SELECT DISTINCT ON (k.n) ${entryColumns(sql)}, k.n
      FROM unnest(
        ${wanted.map(({ userId }) => userId)}::uuid[],
        ${wanted.map(({ eventId }) => eventId)}::uuid[]
      ) WITH ORDINALITY AS k (user_id, event_id, n)
      JOIN waitlist_entries w ON w.user_id = k.user_id AND w.event_id = k.event_id
     ORDER BY k.n, w.place DESC`;
  const byPlace = new Map(rows.map((row) => [row.n, toEntry(row)]));
  return wanted.map((_, i) => byPlace.get(i + 1));
}

export async function findEachClaimed(
  sql: Sql,
  wanted: readonly BoundKey[],
): Promise<(Booking | undefined)[]> {
  const [first, ...others] = wanted;
  if (!first) return [];
  // Where the database is distributed, a statement that names its event asks one server.
  const ofOneEvent = others.every(({ eventId }) => eventId === first.eventId)
    ? sql`WHERE c.event_id = ${first.eventId} AND b.event_id = ${first.eventId}`
    : sql``;
  const rows = await sql<(BookingRow & { n: number })[]>`
    SELECT ${bookingColumns(sql)}, k.n
      FROM unnest(
        ${wanted.map(({ claimId }) => claimId)}::uuid[],
        ${wanted.map(({ eventId }) => eventId)}::uuid[],
        ${wanted.map(({ userId }) => userId)}::uuid[]
      ) WITH ORDINALITY AS k (claim_id, event_id, user_id, n)
      JOIN waitlist_claims c ON c.claim_id = k.claim_id AND c.event_id = k.event_id
      JOIN bookings b ON b.booking_id = c.offer_id AND b.event_id = c.event_id AND b.user_id = k.user_id
      ${ofOneEvent}`;
  const byPlace = new Map(rows.map((row) => [row.n, toBooking(row)]));
  return wanted.map((_, i) => byPlace.get(i + 1));
}

export function findOffered(
  sql: Sql,
  { userId, eventId, now }: Input<"findOffered">,
): Promise<{ entry: WaitlistEntry; booking: Booking } | undefined> {
  return one(
    sql<(EntryRow & BookingRow)[]>`
      SELECT ${bookingColumns(sql)}, ${entryColumns(sql)}
        FROM waitlist_entries w
        JOIN bookings b ON b.booking_id = w.offer_id AND b.event_id = w.event_id
       WHERE w.user_id = ${userId} AND w.event_id = ${eventId} AND ${isStill(sql, "offered")}
         AND (b.status = 'confirming' OR (b.status = 'pending' AND b.expires_at > ${now}))`,
    (row) => ({ entry: toEntry(row), booking: toBooking(row) }),
  );
}

export async function list(
  sql: Sql,
  { eventId, page, limit }: Input<"list">,
): Promise<EntryPage> {
  const [total, entries] = await Promise.all([
    exactlyOne(
      sql<{ total: number }[]>`
        SELECT count(*) AS total FROM waitlist_entries w WHERE w.event_id = ${eventId} AND ${
        isActive(sql)
      }`,
      (row) => row.total,
    ),
    many(
      sql<EntryRow[]>`
        SELECT ${entryColumns(sql)} FROM waitlist_entries w
         WHERE w.event_id = ${eventId} AND ${isActive(sql)}
         ORDER BY w.place
         LIMIT ${limit} OFFSET ${(page - 1) * limit}`,
      toEntry,
    ),
  ]);
  return { entries, total };
}

interface PassRow {
  entry_id: string;
  by_entry_id: string;
  by_place: number;
  seats: number;
  kept: number;
  passed_at: Date;
}

export function listPasses(
  sql: Sql,
  { eventId, entryIds, limit }: Input<"listPasses">,
): Promise<RecordedPass[]> {
  return many(
    sql<PassRow[]>`
      SELECT p.entry_id, p.by_entry_id, p.by_place, p.seats, p.kept, p.passed_at
        FROM waitlist_passes p
       WHERE p.event_id = ${eventId} AND p.entry_id = ANY (${entryIds}::uuid[])
       ORDER BY p.passed_at DESC, p.by_place DESC, p.entry_id, p.seats
       LIMIT ${limit}`,
    (row) => ({
      entryId: row.entry_id,
      byEntryId: row.by_entry_id,
      byPlace: row.by_place,
      seats: row.seats,
      kept: row.kept,
      passedAt: row.passed_at,
    }),
  );
}

/** Reads an index alone, but all of the line: Redis answers positions, this one only where it cannot. */
export function count(
  sql: Sql,
  { eventId, ticketTypeId, place }: Input<"count">,
): Promise<{ before: number; total: number }> {
  return exactlyOne(
    sql<{ before: number; total: number }[]>`
      SELECT count(*) FILTER (WHERE w.place < ${place}) AS before, count(*) AS total
        FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND ${isInLine(sql)}
         AND w.ticket_type_ids @> ARRAY[${ticketTypeId}::uuid]`,
    ({ before, total }) => ({ before, total }),
  );
}

export function listPlaces(
  sql: Sql,
  { eventId, after, limit }: Input<"listPlaces">,
): Promise<Pick<WaitlistEntry, "entryId" | "place" | "ticketTypeIds">[]> {
  return many(
    sql<{ entry_id: string; place: number; ticket_type_ids: string[] }[]>`
      SELECT w.entry_id, w.place, w.ticket_type_ids FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.place > ${after} AND ${isInLine(sql)}
       ORDER BY w.place
       LIMIT ${limit}`,
    ({ entry_id, place, ticket_type_ids }) => ({
      entryId: entry_id,
      place,
      ticketTypeIds: ticket_type_ids,
    }),
  );
}

/** Reads an index alone, but all of the line: callers keep the answer for some seconds. */
export function countInLine(sql: Sql, eventId: string): Promise<number> {
  return exactlyOne(
    sql<{ entries: number }[]>`
      SELECT count(*) AS entries FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND ${isInLine(sql)}`,
    ({ entries }) => entries,
  );
}

export function listGathering(
  sql: Sql,
  { eventId, after, limit }: Input<"listGathering">,
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)} FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.place > ${after}
         AND w.status = 'waiting' AND w.gathering_since IS NOT NULL
       ORDER BY w.place
       LIMIT ${limit}`,
    toEntry,
  );
}

export function countOffers(
  sql: Sql,
  { eventId, since }: Input<"countOffers">,
): Promise<number> {
  return exactlyOne(
    sql<{ offers: number }[]>`
      SELECT count(*) AS offers FROM waitlist_entries w
       WHERE w.event_id = ${eventId} AND w.offered_at >= ${since}`,
    ({ offers }) => offers,
  );
}
