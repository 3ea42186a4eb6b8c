import { many, type Sql } from "@evently/shared/postgres";
import type { EventStatus } from "../events/events_sql.ts";
import { availableSeats, eventStatus, offerOf } from "../inventory/availability_sql.ts";
import type { Offer } from "../inventory/offer.ts";
import type { RefundPolicy } from "../events/refund_policy.ts";

/** What other services show of an event, whatever its status. */
export interface EventSummary {
  eventId: string;
  name: string;
  eventType: string;
  imageUrl: string | null;
  organiserName: string;
  venueName: string;
  venueAddress: string;
  venueCity: string;
  venueState: string | null;
  venueCountry: string;
  venuePostalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  startsAt: Date;
  endsAt: Date;
  timezone: string | null;
  /** Seats and status are those of the house: see `atTime`. */
  status: EventStatus;
  availableSeats: number;
  offer: Offer | null;
  currency: string;
  refundPolicy: RefundPolicy | null;
  version: number;
}

/** The summaries of those events that exist, in no order. */
export function findSummaries(sql: Sql, eventIds: readonly string[]): Promise<EventSummary[]> {
  return many(
    sql<EventSummary[]>`
    SELECT e.event_id AS "eventId", e.name, e.event_type AS "eventType", e.image_url AS "imageUrl",
           coalesce(o.name, a.name) AS "organiserName", v.name AS "venueName", v.address AS "venueAddress",
           v.city AS "venueCity", v.state AS "venueState", v.country AS "venueCountry",
           v.postal_code AS "venuePostalCode", v.latitude, v.longitude,
           e.start_at AS "startsAt", e.end_at AS "endsAt", e.timezone, ${
      eventStatus(sql)
    } AS status,
           ${availableSeats(sql)} AS "availableSeats", ${
      offerOf(sql)
    } AS offer, e.currency, e.refund_policy AS "refundPolicy", e.version
      FROM events e
      JOIN venues v USING (venue_id)
      JOIN admins a ON a.admin_id = e.created_by
      LEFT JOIN organisations o ON o.organisation_id = coalesce(e.organisation_id, e.created_by)
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE e.event_id = ANY (${[...eventIds]}::uuid[])`,
    (row) => row,
  );
}
