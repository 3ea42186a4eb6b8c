import { many, one, type Sql } from "@evently/shared/postgres";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import type { EventScope, EventStatus } from "../events/events_sql.ts";
import { availableSeats, eventStatus, offerOf } from "../inventory/availability_sql.ts";
import type { Offer } from "../inventory/offer.ts";
import type { Organisations } from "../organisations/organiser.ts";
import { isOf, organisationOf } from "../organisations/scope_sql.ts";
import { DEFAULT_TICKET_NAME } from "../inventory/types.ts";

/** The seats that an event has sold so far. */
export interface EventSales {
  eventId: string;
  name: string;
  capacity: number;
  /** Seats and status are those of the house: see `atTime`. */
  availableSeats: number;
  held: number;
  sold: number;
  basePriceMinor: number;
  currency: string;
  status: EventStatus;
  offer: Offer | null;
}

/** The tickets of a type that an event has sold so far; a ticket may take several seats. */
export interface TypeSales {
  ticketTypeId: string;
  name: string;
  held: number;
  sold: number;
  /** What the tickets sold now cost, at the prices they were sold at. */
  soldMinor: number;
}

/** The sales of an event in scope. */
export function findSales(
  sql: Sql,
  { eventId, organisations }: EventScope,
): Promise<EventSales | undefined> {
  return one(
    sql<EventSales[]>`
    SELECT e.event_id AS "eventId", e.name, i.capacity, ${
      availableSeats(sql)
    } AS "availableSeats", i.held, i.sold,
           e.base_price_minor AS "basePriceMinor", e.currency, ${eventStatus(sql)} AS status,
           ${offerOf(sql)} AS offer
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE e.event_id = ${eventId}
       AND ${isOf(sql, organisationOf(sql), organisations)}`,
    (row) => row,
  );
}

/** The sales of an event by ticket type, archived ones, too; reads all its allocations. */
export function findTypeSales(sql: Sql, eventId: string): Promise<TypeSales[]> {
  return many(
    sql<TypeSales[]>`
    SELECT y.ticket_type_id AS "ticketTypeId", coalesce(y.name, e.base_ticket_name, ${DEFAULT_TICKET_NAME}) AS name,
           coalesce(a.held, 0) AS held, coalesce(a.sold, 0) AS sold, coalesce(a.sold_minor, 0) AS "soldMinor"
      FROM ticket_types y
      JOIN events e ON e.event_id = y.event_id
      LEFT JOIN (
        SELECT s.event_id, s.type, sum(s.quantity) FILTER (WHERE s.state = 'held') AS held,
               sum(s.quantity) FILTER (WHERE s.state = 'sold') AS sold,
               sum(s.quantity::bigint * s.unit_price_minor) FILTER (WHERE s.state = 'sold') AS sold_minor
          FROM seat_allocations s
         WHERE s.event_id = ${eventId} AND s.state IN ('held', 'sold')
         GROUP BY s.event_id, s.type
      ) AS a ON a.event_id = y.event_id AND a.type = y.type
     WHERE y.event_id = ${eventId}
     ORDER BY y.position, y.type`,
    (row) => row,
  );
}

/** An event of which the sales are counted. */
export interface SellingEvent {
  eventId: string;
  currency: string;
  timezone: string;
}

/** The latest events of organisations. */
export function listSellingEvents(
  sql: Sql,
  { organisations, limit }: { organisations: Organisations; limit: number },
): Promise<SellingEvent[]> {
  return many(
    sql<SellingEvent[]>`
    SELECT e.event_id AS "eventId", e.currency, coalesce(e.timezone, ${DEFAULT_TIME_ZONE}) AS timezone
      FROM events e
     WHERE ${isOf(sql, organisationOf(sql), organisations)}
     ORDER BY e.created_at DESC, e.event_id
     LIMIT ${limit}`,
    (row) => row,
  );
}
