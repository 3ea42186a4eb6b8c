import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import type { EventScope } from "../events/events_sql.ts";
import type { EventBookings, Takings } from "../peers/event_bookings.ts";
import { type EventSales, findSales } from "./sales_sql.ts";

/** The seats that an event sold, and the money that it took. */
export interface Analytics {
  sales: EventSales;
  /** One entry per currency; empty if nobody has paid. */
  takings: Takings[];
}

/**
 * Reports the sales of an event in scope. Seats are counted here, money by the booking service, which takes it.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event in scope; the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewAnalytics(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "takings"> },
  scope: EventScope,
): Promise<Analytics> {
  const sales = await findSales(sql, scope);
  if (!sales) throw new DomainError("EVENT_NOT_FOUND", "organiser");
  return { sales, takings: await bookings.takings(scope.eventId) };
}
