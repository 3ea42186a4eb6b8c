import { many, type Sql } from "@evently/shared/postgres";
import type { EventStatus } from "../events/events_sql.ts";
import { availableSeats, eventStatus, offerOf } from "../inventory/availability_sql.ts";
import type { Offer } from "../inventory/offer.ts";
import type { RefundPolicy } from "../events/refund_policy.ts";

/** What other services show of an event, whatever its status. */
export interface EventSummary {
  eventId: string;
  name: string;
  venueName: string;
  venueCity: string;
  startsAt: Date;
  endsAt: Date;
  timezone: string | null;
  /** Seats and status are those of the house: see `atTime`. */
  status: EventStatus;
  availableSeats: number;
  offer: Offer | null;
  currency: string;
  refundPolicy: RefundPolicy | null;
}

/** The summaries of those events that exist, in no order. */
export function findSummaries(sql: Sql, eventIds: readonly string[]): Promise<EventSummary[]> {
  return many(
    sql<EventSummary[]>`
    SELECT e.event_id AS "eventId", e.name, v.name AS "venueName", v.city AS "venueCity",
           e.start_at AS "startsAt", e.end_at AS "endsAt", e.timezone, ${
      eventStatus(sql)
    } AS status,
           ${availableSeats(sql)} AS "availableSeats", ${
      offerOf(sql)
    } AS offer, e.currency, e.refund_policy AS "refundPolicy"
      FROM events e
      JOIN venues v USING (venue_id)
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE e.event_id = ANY (${[...eventIds]}::uuid[])`,
    (row) => row,
  );
}
