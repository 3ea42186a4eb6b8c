import type { BookingDeps } from "../deps.ts";
import { DomainError } from "@evently/shared/errors";
import { isOnSale } from "@evently/shared/on_sale";
import type { BookableEvent } from "../peers/event_directory.ts";

/** Whether so many seats can be booked now; never more than a second old. */
export interface Availability {
  available: boolean;
  available_seats: number;
  max_per_booking: number;
  base_price: number;
  currency: string;
}

/** @throws {DomainError} `EVENT_NOT_BOOKABLE`: unknown, or not on sale, also where that ended since the event was read */
export async function checkAvailability(
  { events, settings, clock }: Pick<BookingDeps, "events" | "settings" | "clock">,
  { eventId, quantity }: { eventId: string; quantity: number },
): Promise<Availability> {
  const event = await events.bookable(eventId);
  if (!event || !isBookable(event, clock.now())) {
    throw new DomainError("EVENT_NOT_BOOKABLE");
  }
  const maxPerBooking = Math.min(
    event.max_tickets_per_booking,
    settings.maxTicketsPerBooking,
  );
  return {
    available: event.available_seats >= quantity && quantity <= maxPerBooking,
    available_seats: event.available_seats,
    max_per_booking: maxPerBooking,
    base_price: event.base_price,
    currency: event.currency,
  };
}

function isBookable({ status, start_datetime }: BookableEvent, now: Date): boolean {
  return isOnSale({ status, startsAt: new Date(start_datetime) }, now);
}
