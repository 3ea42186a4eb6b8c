import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import {
  type EventRecord,
  type EventStatus,
  eventStatus,
  selectEvents,
} from "../events/events_sql.ts";

/** A page of a list, and how many there are on all pages. */
export interface EventPage {
  events: EventRecord[];
  total: number;
}

/**
 * Which events to list. Texts are looked for anywhere, without case and accents. Days are those on which an event takes
 * place in its own zone, both inclusive.
 */
export interface EventFilter {
  type?: string | undefined;
  city?: string | undefined;
  date_from?: string | undefined;
  date_to?: string | undefined;
}

/**
 * Published events, sold out or not, the soonest first: those that have not begun or, where days are asked for, have not
 * ended.
 */
export async function listPublishedEvents(
  sql: Sql,
  { filter, now, offset, limit }: {
    filter: EventFilter;
    now: Date;
    offset: number;
    limit: number;
  },
): Promise<EventPage> {
  const { type, city, date_from, date_to } = filter;
  const where = sql`
    WHERE e.status = 'published'
      AND ${date_from || date_to ? sql`e.end_at` : sql`e.start_at`} > ${now}
      ${type ? sql`AND strpos(e.event_type_key, ${fold(type)}) > 0` : sql``}
      ${city ? sql`AND strpos(v.city_key, ${fold(city)}) > 0` : sql``}
      ${date_from ? sql`AND e.last_day >= ${date_from}::text::date` : sql``}
      ${date_to ? sql`AND e.first_day <= ${date_to}::text::date` : sql``}`;
  const [events, total] = await Promise.all([
    many(
      sql<EventRecord[]>`
      ${selectEvents(sql)} ${where}
       ORDER BY e.start_at, e.event_id LIMIT ${limit} OFFSET ${offset}`,
      (row) => row,
    ),
    exactlyOne(
      sql<{ total: number }[]>`
      SELECT count(*) AS total FROM events e JOIN venues v USING (venue_id) ${where}`,
      (row) => row.total,
    ),
  ]);
  return { events, total };
}

/** Events of any status, the newest first: of one admin, or with `undefined` all. */
export async function listManagedEvents(
  sql: Sql,
  { owner, offset, limit }: { owner: string | undefined; offset: number; limit: number },
): Promise<EventPage> {
  const where = owner === undefined ? sql`` : sql`WHERE e.created_by = ${owner}`;
  const [events, total] = await Promise.all([
    many(
      sql<EventRecord[]>`
      ${selectEvents(sql)} ${where}
       ORDER BY e.created_at DESC, e.event_id LIMIT ${limit} OFFSET ${offset}`,
      (row) => row,
    ),
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM events e ${where}`,
      (row) => row.total,
    ),
  ]);
  return { events, total };
}

/** What an event sold so far. */
export interface EventSales {
  event_id: string;
  name: string;
  capacity: number;
  available: number;
  held: number;
  sold: number;
  base_price_minor: number;
  currency: string;
  status: EventStatus;
}

/** The sales of an event in scope. */
export function findSales(
  sql: Sql,
  { eventId, owner }: { eventId: string; owner: string | undefined },
): Promise<EventSales | undefined> {
  return one(
    sql<EventSales[]>`
    SELECT e.event_id, e.name, i.capacity, i.capacity - i.held - i.sold - i.set_aside AS available,
           i.held, i.sold, e.base_price_minor, e.currency, ${eventStatus(sql)} AS status
      FROM events e
      JOIN seat_inventory i USING (event_id)
     WHERE e.event_id = ${eventId}
       ${owner === undefined ? sql`` : sql`AND e.created_by = ${owner}`}`,
    (row) => row,
  );
}
