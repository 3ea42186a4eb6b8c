import type { EventBookings, Takings } from "../peers/event_bookings.ts";
import type { EventDeps } from "../deps.ts";
import { EventNotYours } from "../errors.ts";
import { type EventSales, findSales } from "../catalogue/event_lists_sql.ts";

/** What an event sold, and what was paid for it. */
export interface Analytics {
  sales: EventSales;
  /** By currency, each once; none where nobody has paid. */
  takings: Takings[];
}

/**
 * The sales of an event in scope. Seats are counted here, money where it is taken: in the booking service.
 *
 * @param owner whose events may be seen; `undefined` for everybody's
 * @throws {EventNotYours} no such event in scope; then nobody is asked for its money
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewAnalytics(
  { sql, bookings }: Pick<EventDeps, "sql"> & { bookings: Pick<EventBookings, "takings"> },
  { eventId, owner }: { eventId: string; owner: string | undefined },
): Promise<Analytics> {
  const sales = await findSales(sql, { eventId, owner });
  if (!sales) throw new EventNotYours();
  return { sales, takings: await bookings.takings(eventId) };
}
