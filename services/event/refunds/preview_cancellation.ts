import type { Organiser } from "../organisations/organiser.ts";
import type { Sql } from "@evently/shared/postgres";
import { eventFinal } from "../events/event_rules.ts";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type { CancellationPreview, EventBookings } from "../peers/event_bookings.ts";

/** What a cancellation of an event would do, and who waits for it. */
export interface PreviewedCancellation {
  eventId: string;
  preview: CancellationPreview;
  waiting: { entries: number; tickets: number };
}

/**
 * Tells what would be cancelled and given back if an event were cancelled now.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; `EVENT_STATE_CONFLICT`: it is cancelled;
 * the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function previewCancellation(
  { sql, bookings }: {
    sql: Sql;
    bookings: Pick<EventBookings, "previewCancellation" | "countWaiting">;
  },
  scope: { admin: Organiser; eventId: string },
): Promise<PreviewedCancellation> {
  const { eventId } = scope;
  const event = await findManagedEvent({ sql }, scope);
  if (event.status === "cancelled") throw eventFinal();
  const [preview, waits] = await Promise.all([
    bookings.previewCancellation(eventId),
    bookings.countWaiting([eventId]),
  ]);
  const { entries = 0, tickets = 0 } = waits.find((one) => one.eventId === eventId) ?? {};
  return { eventId, preview, waiting: { entries, tickets } };
}
