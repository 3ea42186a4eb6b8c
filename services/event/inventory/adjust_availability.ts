import { DomainError } from "@evently/shared/errors";
import { transaction } from "@evently/shared/postgres";
import { atTime, findEvent } from "../events/events_sql.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";
import type { SeatDeps } from "./deps.ts";
import { callAdjustDirectSeats, isPublished, lockSeats, stepVersion } from "./direct_seats_sql.ts";

export interface AdjustDeps extends SeatDeps {
  publicEvents: { forget(eventId: string): void };
}

export interface Availability {
  eventId: string;
  availableSeats: number;
  status: "published" | "sold_out";
  version: number;
}

/**
 * The optimistic interface of the old system: takes (negative `quantity`) or returns seats without an allocation of a
 * booking, if `version` is the event's, and increments the version. Locks inventory, event and allocation in this
 * order, as every transaction does; a refusal rolls everything back.
 *
 * @throws {DomainError} `EVENT_NOT_BOOKABLE`: no such event, or not published; `STALE_VERSION`; `NOT_ENOUGH_SEATS`: too
 * few are free, or fewer were taken in this way
 */
export async function adjustAvailability(
  { seatSql, clock, search, seatNews, publicEvents }: AdjustDeps,
  { eventId, quantity, version }: { eventId: string; quantity: number; version: number },
): Promise<Availability> {
  const now = clock.now();
  const changed = await transaction(seatSql, async (tx) => {
    await lockSeats(tx, eventId);
    const newVersion = await stepVersion(tx, { eventId, version, now });
    if (newVersion === undefined) {
      throw await isPublished(tx, eventId)
        ? new DomainError("STALE_VERSION", "process")
        : new DomainError("EVENT_NOT_BOOKABLE");
    }
    const seats = await callAdjustDirectSeats(tx, { eventId, returned: quantity, now });
    if (!seats.adjusted || seats.available === null) {
      throw quantity < 0
        ? new DomainError("NOT_ENOUGH_SEATS", undefined)
        : new DomainError("NOT_ENOUGH_SEATS", "Cannot return more seats than were taken this way");
    }
    const event = (await findEvent(tx, eventId))!;
    await markChanged(tx, eventId);
    const { available: availableSeats, setAside, seq } = seats;
    return { event, seats: { availableSeats, setAside, seq }, version: newVersion };
  });
  seatNews.tell(eventId, changed.seats);
  publicEvents.forget(eventId);
  void search.eventChanged(eventId);
  const { availableSeats, status } = atTime(changed.event, now);
  return {
    eventId,
    availableSeats,
    status: status === "sold_out" ? "sold_out" : "published",
    version: changed.version,
  };
}
