import { transaction } from "@evently/shared/postgres";
import type { SeatDeps } from "./deps.ts";
import { EventNotBookable, NotEnoughSeats, StaleVersion } from "../errors.ts";
import { callAdjustDirectSeats, isPublished, lockSeats, stepVersion } from "./direct_seats_sql.ts";

/** What the old optimistic interface answers. */
export interface Availability {
  event_id: string;
  available_seats: number;
  status: "published" | "sold_out";
  version: number;
}

/**
 * The old system's optimistic interface: takes (negative `quantity`) or returns seats of nobody in
 * particular, if `version` is the event's, and steps that up. Locked are, as everywhere, inventory, event,
 * allocation, in this order; whatever is refused rolls all back.
 *
 * @throws {EventNotBookable} no such event, or not published
 * @throws {StaleVersion} someone else was first
 * @throws {NotEnoughSeats} too few are free, or fewer than that were taken in this way
 */
export async function adjustAvailability(
  { seatSql, clock, search, seatNews }: SeatDeps,
  { eventId, quantity, version }: { eventId: string; quantity: number; version: number },
): Promise<Availability> {
  const now = clock.now();
  const changed = await transaction(seatSql, async (tx) => {
    await lockSeats(tx, eventId);
    const newVersion = await stepVersion(tx, { eventId, version, now });
    if (newVersion === undefined) {
      throw await isPublished(tx, eventId) ? new StaleVersion("process") : new EventNotBookable();
    }
    const seats = await callAdjustDirectSeats(tx, { eventId, returned: quantity, now });
    if (!seats.adjusted || seats.available === null) {
      throw quantity < 0
        ? new NotEnoughSeats()
        : new NotEnoughSeats("Cannot return more seats than were taken this way");
    }
    return { available: seats.available, seq: seats.seq, version: newVersion };
  });
  seatNews.tell(eventId, { availableSeats: changed.available, seq: changed.seq });
  void search.eventChanged(eventId);
  return {
    event_id: eventId,
    available_seats: changed.available,
    status: changed.available === 0 ? "sold_out" : "published",
    version: changed.version,
  };
}
