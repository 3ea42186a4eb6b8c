import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { isOnSale } from "@evently/shared/on_sale";
import { within } from "@evently/shared/within";
import type { LineFacts } from "../waitlist/line_facts.ts";
import type { BookingSettings } from "../deps.ts";
import type { BookableEvent, EventDirectory } from "../peers/event_directory.ts";

export interface AvailabilityDeps {
  events: Pick<EventDirectory, "bookable">;
  settings: Pick<BookingSettings, "maxTicketsPerBooking">;
  facts: Pick<LineFacts, "waiting">;
  clock: Clock;
}

/** The longest that an answer waits for the number of those who wait, which it can do without. */
const MAX_COUNT_WAIT_MS = 500;

/** Whether a number of seats can be booked, at most a second old. */
export interface Availability {
  isAvailable: boolean;
  availableSeats: number;
  maxPerBooking: number;
  /** In major units, as on the wire. */
  basePrice: number;
  currency: string;
  /** How many are in line for the event, some seconds old; only where nothing is left, and if it can be had soon. */
  waiting: number | undefined;
}

/**
 * Tells whether an event, or a ticket type of it, has enough seats for a booking.
 *
 * @throws {DomainError} `EVENT_NOT_BOOKABLE`: the event is unknown or not on sale
 * @throws {DomainError} `TICKET_TYPE_NOT_FOUND`: the event has no such type
 */
export async function checkAvailability(
  { events, settings, facts, clock }: AvailabilityDeps,
  { eventId, ticketTypeId, quantity }: {
    eventId: string;
    ticketTypeId?: string | undefined;
    quantity: number;
  },
): Promise<Availability> {
  const event = await events.bookable(eventId);
  if (!event || !isOnSale(event, clock.now())) {
    throw new DomainError("EVENT_NOT_BOOKABLE");
  }
  const { availableSeats, basePrice, currency } = event;
  const maxPerBooking = Math.min(event.maxTicketsPerBooking, settings.maxTicketsPerBooking);
  const left = leftOf(event, { eventId, ticketTypeId });
  const isAvailable = left >= quantity && quantity <= maxPerBooking;
  return {
    isAvailable,
    availableSeats: ticketTypeId === undefined ? availableSeats : left,
    maxPerBooking,
    basePrice,
    currency,
    waiting: left > 0 ? undefined : await soon(facts.waiting(eventId)),
  };
}

async function soon(count: Promise<number>): Promise<number | undefined> {
  return await within(MAX_COUNT_WAIT_MS, count, () => undefined).catch(() => undefined);
}

/**
 * How many of a ticket type are left; without one, of the type that a reservation without one means.
 *
 * @throws {DomainError} `TICKET_TYPE_NOT_FOUND`: the event has no such type
 */
function leftOf(
  { availableSeats, availableByType }: BookableEvent,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string | undefined },
): number {
  if (!availableByType) {
    if (ticketTypeId !== undefined && ticketTypeId !== eventId) {
      throw new DomainError("TICKET_TYPE_NOT_FOUND");
    }
    return availableSeats;
  }
  if (ticketTypeId !== undefined) {
    const left = availableByType.get(ticketTypeId);
    if (left === undefined) throw new DomainError("TICKET_TYPE_NOT_FOUND");
    return left;
  }
  const [only] = availableByType.size === 1 ? availableByType.values() : [];
  return availableByType.get(eventId) ?? only ?? 0;
}
