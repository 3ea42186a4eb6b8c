import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { isOnSale } from "@evently/shared/on_sale";
import type { BookingSettings } from "../deps.ts";
import type { EventDirectory } from "../peers/event_directory.ts";

export interface AvailabilityDeps {
  events: Pick<EventDirectory, "bookable">;
  settings: Pick<BookingSettings, "maxTicketsPerBooking">;
  clock: Clock;
}

/** Whether a number of seats can be booked, at most a second old. */
export interface Availability {
  isAvailable: boolean;
  availableSeats: number;
  maxPerBooking: number;
  /** In major units, as on the wire. */
  basePrice: number;
  currency: string;
}

/**
 * Tells whether an event has enough seats for a booking.
 *
 * @throws {DomainError} `EVENT_NOT_BOOKABLE`: the event is unknown or not on sale
 */
export async function checkAvailability(
  { events, settings, clock }: AvailabilityDeps,
  { eventId, quantity }: { eventId: string; quantity: number },
): Promise<Availability> {
  const event = await events.bookable(eventId);
  if (!event || !isOnSale(event, clock.now())) {
    throw new DomainError("EVENT_NOT_BOOKABLE");
  }
  const { availableSeats, basePrice, currency } = event;
  const maxPerBooking = Math.min(event.maxTicketsPerBooking, settings.maxTicketsPerBooking);
  const isAvailable = availableSeats >= quantity && quantity <= maxPerBooking;
  return { isAvailable, availableSeats, maxPerBooking, basePrice, currency };
}
