import { Unavailable } from "@evently/shared/errors";
import { inParallel } from "@evently/shared/in_parallel";
import type { EventBookings, Takings } from "../peers/event_bookings.ts";

/** Events whose money is counted at once. */
const AT_ONCE = 4;

/**
 * Finds what was paid for each of a page of events, by currency. Events of which the booking service does not tell are
 * absent: a list is worth more without its money than not at all.
 */
export async function findRevenues(
  { bookings }: { bookings: Pick<EventBookings, "takings"> },
  eventIds: readonly string[],
): Promise<Map<string, Takings[]>> {
  const revenues = new Map<string, Takings[]>();
  try {
    await inParallel(eventIds, { atOnce: AT_ONCE }, async (eventId) => {
      revenues.set(eventId, await bookings.takings(eventId));
    });
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
  }
  return revenues;
}
