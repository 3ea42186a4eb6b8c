import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { atTime, type EventScope } from "../events/events_sql.ts";
import type { EventBookings, Takings } from "../peers/event_bookings.ts";
import { type EventSales, findSales, findTypeSales, type TypeSales } from "./sales_sql.ts";

/** The seats that an event sold, and the money that it took. */
export interface Analytics {
  /** As of now. */
  sales: EventSales;
  byType: TypeSales[];
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
  { sql, clock, bookings }: {
    sql: Sql;
    clock: Clock;
    bookings: Pick<EventBookings, "takings">;
  },
  scope: EventScope,
): Promise<Analytics> {
  const sales = await findSales(sql, scope);
  if (!sales) throw new DomainError("EVENT_NOT_FOUND", "organiser");
  const [byType, takings] = await Promise.all([
    findTypeSales(sql, scope.eventId),
    bookings.takings(scope.eventId),
  ]);
  return { sales: atTime(sales, clock.now()), byType, takings };
}
