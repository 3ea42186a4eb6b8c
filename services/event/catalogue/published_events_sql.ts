import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import { type EventPage, type EventRecord, selectEvents } from "../events/events_sql.ts";

/**
 * Which events to list. Texts match anywhere, regardless of case and accents. The days are those on which an event
 * takes place in its own time zone, both inclusive.
 */
export interface EventFilter {
  type?: string | undefined;
  city?: string | undefined;
  dateFrom?: string | undefined;
  dateTo?: string | undefined;
}

/**
 * Published events, sold out or not, soonest first: those that have not begun or, if the filter names days, those that
 * have not ended.
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
  const { type, city, dateFrom, dateTo } = filter;
  const where = sql`
    WHERE e.status = 'published'
      AND ${dateFrom || dateTo ? sql`e.end_at` : sql`e.start_at`} > ${now}
      ${type ? sql`AND strpos(e.event_type_key, ${fold(type)}) > 0` : sql``}
      ${city ? sql`AND strpos(v.city_key, ${fold(city)}) > 0` : sql``}
      ${dateFrom ? sql`AND e.last_day >= ${dateFrom}::text::date` : sql``}
      ${dateTo ? sql`AND e.first_day <= ${dateTo}::text::date` : sql``}`;
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
