import { many, type Sql } from "@evently/shared/postgres";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import type { RefundPolicy } from "../events/refund_policy.ts";
import type { EventSummary } from "./summary.ts";
import { eventStatus } from "../events/events_sql.ts";

/** The summaries of those events that exist, whatever their status. */
export function findSummaries(sql: Sql, eventIds: readonly string[]): Promise<EventSummary[]> {
  return many(
    sql<SummaryRow[]>`
    SELECT e.event_id, e.name, v.name AS venue_name, v.city AS venue_city, e.start_at, e.end_at,
           e.timezone, ${eventStatus(sql)} AS status, e.currency, e.refund_policy
      FROM events e
      JOIN venues v USING (venue_id)
      JOIN seat_inventory i USING (event_id)
     WHERE e.event_id = ANY (${[...eventIds]}::uuid[])`,
    toSummary,
  );
}

interface SummaryRow {
  event_id: string;
  name: string;
  venue_name: string;
  venue_city: string;
  start_at: Date;
  end_at: Date;
  timezone: string | null;
  status: EventSummary["status"];
  currency: string;
  refund_policy: RefundPolicy | null;
}

function toSummary({ start_at, end_at, refund_policy, ...row }: SummaryRow): EventSummary {
  return {
    event_id: row.event_id,
    name: row.name,
    venue_name: row.venue_name,
    venue_city: row.venue_city,
    start_datetime: start_at.toISOString(),
    end_datetime: end_at.toISOString(),
    timezone: row.timezone ?? DEFAULT_TIME_ZONE,
    status: row.status,
    currency: row.currency,
    ...(refund_policy ? { refund_policy } : {}),
  };
}
