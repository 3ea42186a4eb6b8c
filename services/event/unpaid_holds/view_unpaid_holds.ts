import type { Sql } from "@evently/shared/postgres";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type { Organiser } from "../organisations/organiser.ts";
import type { EventBookings, EventHolds } from "../peers/event_bookings.ts";
import { type HoldWarning, judgeHolds } from "./judge_holds.ts";

/** The unpaid holds of an event, beside its seats. */
export interface JudgedHolds {
  holds: EventHolds;
  capacity: number;
  warning: HoldWarning | undefined;
}

/**
 * Returns the unpaid holds of an event, and whether they look like a denial of inventory.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewUnpaidHolds(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "holds"> },
  { admin, eventId }: { admin: Organiser; eventId: string },
): Promise<JudgedHolds> {
  const { totalCapacity: capacity } = await findManagedEvent({ sql }, { admin, eventId });
  const holds = await bookings.holds(eventId);
  return { holds, capacity, warning: judgeHolds(holds, { capacity }) };
}
