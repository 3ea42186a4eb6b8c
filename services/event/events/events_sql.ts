import { isOnSale } from "@evently/shared/on_sale";
import { one, type Sql } from "@evently/shared/postgres";
import type { RefundPolicy } from "./refund_policy.ts";

/** What an event looks like from outside. `sold_out` is derived from its seats, never stored. */
export type EventStatus = "draft" | "published" | "sold_out" | "cancelled";

/** An event with its venue and its seats, as the queries below answer it. */
export interface EventRecord {
  event_id: string;
  name: string;
  description: string | null;
  venue_id: string;
  venue_name: string;
  venue_address: string;
  venue_city: string;
  venue_state: string | null;
  venue_country: string;
  latitude: number | null;
  longitude: number | null;
  event_type: string;
  start_at: Date;
  end_at: Date;
  total_capacity: number;
  available_seats: number;
  /** The inventory's number at that moment. */
  seat_seq: number;
  base_price_minor: number;
  currency: string;
  max_tickets_per_booking: number;
  refund_policy: RefundPolicy | null;
  timezone: string | null;
  image_url: string | null;
  public_counts: boolean;
  status: EventStatus;
  version: number;
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** Whether the event's tickets are on sale at a moment. */
export function isEventOnSale(
  { status, start_at }: Pick<EventRecord, "status" | "start_at">,
  at: Date,
): boolean {
  return isOnSale({ status, startsAt: start_at }, at);
}

/** The seats that the public can take, of the inventory `i`. */
export function availableSeats(sql: Sql) {
  return sql`(i.capacity - i.held - i.sold - i.set_aside)`;
}

/** The {@link EventStatus} of the event `e` with the inventory `i`. */
export function eventStatus(sql: Sql) {
  return sql`
    CASE WHEN e.status = 'published' AND ${
    availableSeats(sql)
  } = 0 THEN 'sold_out' ELSE e.status END`;
}

/** `SELECT … FROM` for {@link EventRecord}: the event `e`, its venue `v` and its inventory `i`. */
export function selectEvents(sql: Sql) {
  return sql`
    SELECT e.event_id, e.name, e.description, e.venue_id, v.name AS venue_name,
           v.address AS venue_address, v.city AS venue_city, v.state AS venue_state,
           v.country AS venue_country, v.latitude, v.longitude, e.event_type, e.start_at, e.end_at,
           i.capacity AS total_capacity, ${
    availableSeats(sql)
  } AS available_seats, i.seq AS seat_seq,
           e.base_price_minor, e.currency, e.max_tickets_per_booking, e.refund_policy, e.timezone,
           e.image_url, e.public_counts, ${
    eventStatus(sql)
  } AS status, e.version, e.created_by, e.created_at,
           e.updated_at
      FROM events e
      JOIN venues v USING (venue_id)
      JOIN seat_inventory i USING (event_id)`;
}

/** The event, whatever its status; `undefined` where there is none. */
export function findEvent(sql: Sql, eventId: string): Promise<EventRecord | undefined> {
  return one(
    sql<EventRecord[]>`${selectEvents(sql)} WHERE e.event_id = ${eventId}`,
    (row) => row,
  );
}
