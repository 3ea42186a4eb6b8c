import { one, type Sql } from "@evently/shared/postgres";
import {
  availableSeats,
  type EventScope,
  type EventStatus,
  eventStatus,
} from "../events/events_sql.ts";

/** The seats that an event has sold so far. */
export interface EventSales {
  eventId: string;
  name: string;
  capacity: number;
  available: number;
  held: number;
  sold: number;
  basePriceMinor: number;
  currency: string;
  status: EventStatus;
}

/** The sales of an event in scope. */
export function findSales(
  sql: Sql,
  { eventId, owner }: EventScope,
): Promise<EventSales | undefined> {
  return one(
    sql<EventSales[]>`
    SELECT e.event_id AS "eventId", e.name, i.capacity, ${
      availableSeats(sql)
    } AS available, i.held, i.sold,
           e.base_price_minor AS "basePriceMinor", e.currency, ${eventStatus(sql)} AS status
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE e.event_id = ${eventId}
       ${owner === undefined ? sql`` : sql`AND e.created_by = ${owner}`}`,
    (row) => row,
  );
}
