import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type RateDecision, RateLimited, type RateLimiter } from "@evently/shared/http";
import type { BookingSettings } from "../deps.ts";
import type { HeldBooking, HoldDocuments } from "../holds/hold_documents.ts";
import type { Seats } from "../peers/seats.ts";
import { bookingIdOf } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import {
  existingBookingOrRefuse,
  existingBookingOrThrow,
  type HeldSeats,
  resumeReservation,
} from "./existing_reservation.ts";
import { type Reservation, reservationOf, type ReserveInput } from "./reservation.ts";
import type { SharedRuns } from "./shared_runs.ts";

export interface ReserveDeps {
  seats: Pick<Seats, "hold" | "holdAgain">;
  bookings: Pick<Bookings, "insert" | "findEarlier" | "findOpenHolds">;
  holds: Pick<HoldDocuments, "find" | "put">;
  attempts: RateLimiter;
  reservations: Pick<SharedRuns<HeldBooking>, "join">;
  settings: Pick<BookingSettings, "holdTtlMs" | "maxTicketsPerBooking">;
  clock: Clock;
}

const TOO_MANY_ATTEMPTS = "Too many booking attempts. Please try again later.";

/**
 * Reserves seats: holds them in the event's inventory, then inserts the pending booking. Both have the booking's
 * derived id, so a retry after a crash between the two finds its own seats; without a retry the hold expires.
 * The inventory alone decides, one batch after the other, so it cannot oversell.
 *
 * @returns the reservation, and what is left of the rate limit
 * @throws {DomainError} `TOO_MANY_TICKETS`, `EVENT_UNKNOWN`, `NOT_ENOUGH_SEATS`: the rules of the event
 * @throws {DomainError} `IDEMPOTENCY_KEY_REUSED`: the key was used for another quantity of the event
 * @throws {DomainError} `RATE_LIMITED`: too many attempts; replays are not counted
 */
export async function reserveSeats(
  deps: ReserveDeps,
  input: ReserveInput,
): Promise<{ reservation: Reservation; decision: RateDecision }> {
  const { userId, eventId, quantity, idempotencyKey } = input;
  const max = deps.settings.maxTicketsPerBooking;
  if (quantity > max) throw new DomainError("TOO_MANY_TICKETS", { limit: max, ofEvent: false });

  const bookingId = bookingIdOf({ userId, eventId, idempotencyKey });
  const decision = await deps.attempts.take(userId, bookingId);
  const booking = decision.allowed
    ? await deps.reservations.join(
      `${bookingId} ${quantity}`,
      () => holdAndBook(deps, input, bookingId),
    )
    : await existingBookingOrThrow(
      deps,
      { bookingId, eventId },
      new RateLimited(decision, TOO_MANY_ATTEMPTS),
    );
  return { reservation: reservationOf(booking, input, deps.clock.now()), decision };
}

async function holdAndBook(
  deps: ReserveDeps,
  { userId, eventId, quantity }: ReserveInput,
  bookingId: string,
): Promise<HeldBooking> {
  const expiresAt = new Date(deps.clock.now().getTime() + deps.settings.holdTtlMs);
  const hold = { eventId, allocationId: bookingId, quantity, expiresAt };
  const answer = await deps.seats.hold(hold);
  switch (answer.outcome) {
    case "held":
      return await book(deps, userId, { hold, sale: answer.sale });
    case "existing": {
      const { booking, held } = await resumeReservation(deps, { userId, hold }, answer);
      return booking ?? await book(deps, userId, held);
    }
    case "refused":
      return await existingBookingOrRefuse(deps, { userId, hold }, answer);
  }
}

async function book(
  deps: ReserveDeps,
  userId: string,
  { hold, sale }: HeldSeats,
): Promise<HeldBooking> {
  const { eventId, allocationId: bookingId, quantity, expiresAt } = hold;
  const { unitPriceMinor, currency, terms } = sale;
  const bookedAt = deps.clock.now();
  const booking = await deps.bookings.insert({
    bookingId,
    userId,
    eventId,
    quantity,
    unitPriceMinor,
    currency,
    terms,
    bookedAt,
    expiresAt,
  });
  void deps.holds.put(booking);
  return booking;
}
