import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { Organisations } from "../organisations/organiser.ts";
import { isOf, organisationOf, organisationOfWebhook } from "../organisations/scope_sql.ts";
import { availableSeats } from "../inventory/availability_sql.ts";

/** The events of organisations. */
export interface OverviewScope {
  organisations: Organisations;
  now: Date;
}

/** Events by state, and seats held of those that have not ended. */
export interface EventCounts {
  draft: number;
  published: number;
  past: number;
  cancelled: number;
  heldSeats: number;
}

/** An event to come, with what its organiser may have to do. */
export interface PendingEvent {
  eventId: string;
  name: string;
  startsAt: Date;
  isDraft: boolean;
  /** Of the house. */
  availableSeats: number;
  capacity: number;
  /** People wait, or may. */
  isWaitlistOpen: boolean;
}

/** A webhook that the platform paused. */
export interface PausedWebhook {
  webhookId: string;
  url: string;
}

export function countEvents(sql: Sql, { organisations, now }: OverviewScope): Promise<EventCounts> {
  return exactlyOne(
    sql<EventCounts[]>`
    SELECT count(*) FILTER (WHERE e.status = 'draft')::integer AS draft,
           count(*) FILTER (WHERE e.status = 'published' AND e.end_at > ${now})::integer AS published,
           count(*) FILTER (WHERE e.status = 'published' AND e.end_at <= ${now})::integer AS past,
           count(*) FILTER (WHERE e.status = 'cancelled')::integer AS cancelled,
           coalesce(sum(i.held) FILTER (WHERE e.status = 'published' AND e.end_at > ${now}), 0)::integer AS "heldSeats"
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE ${isOf(sql, organisationOf(sql), organisations)}`,
    (row) => row,
  );
}

/**
 * Lists events to come that need their organiser, the soonest first: drafts that start before a time, and published ones
 * that have few seats left or a waitlist.
 *
 * @param options.fewShare few is at most this share of the capacity
 */
export function listPendingEvents(
  sql: Sql,
  { organisations, now, draftsBefore, fewShare, limit }: OverviewScope & {
    draftsBefore: Date;
    fewShare: number;
    limit: number;
  },
): Promise<PendingEvent[]> {
  const available = availableSeats(sql);
  return many(
    sql<PendingEvent[]>`
    SELECT e.event_id AS "eventId", e.name, e.start_at AS "startsAt", e.status = 'draft' AS "isDraft",
           ${available} AS "availableSeats", i.capacity, i.waitlist_open AS "isWaitlistOpen"
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE ${isOf(sql, organisationOf(sql), organisations)} AND e.start_at > ${now}
       AND ((e.status = 'draft' AND e.start_at <= ${draftsBefore})
        OR (e.status = 'published'
            AND (i.waitlist_open OR ${available} <= i.capacity * ${fewShare}::float8)))
     ORDER BY e.start_at, e.event_id
     LIMIT ${limit}`,
    (row) => row,
  );
}

/** Lists events to come for which people may wait. */
export function listWaitlists(
  sql: Sql,
  { organisations, now, limit }: OverviewScope & { limit: number },
): Promise<string[]> {
  return many(
    sql<{ eventId: string }[]>`
    SELECT e.event_id AS "eventId"
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE ${
      isOf(sql, organisationOf(sql), organisations)
    } AND e.status = 'published' AND e.start_at > ${now} AND i.waitlist_open
     ORDER BY e.start_at, e.event_id
     LIMIT ${limit}`,
    ({ eventId }) => eventId,
  );
}

/** Lists webhooks of organisations that the platform paused. */
export function listPausedWebhooks(
  sql: Sql,
  { organisations, limit }: { organisations: Organisations; limit: number },
): Promise<PausedWebhook[]> {
  return many(
    sql<PausedWebhook[]>`
    SELECT w.webhook_id AS "webhookId", w.url FROM webhooks w
     WHERE ${isOf(sql, organisationOfWebhook(sql), organisations)} AND w.paused_because IS NOT NULL
     ORDER BY w.paused_at DESC
     LIMIT ${limit}`,
    (row) => row,
  );
}
