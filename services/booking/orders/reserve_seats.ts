import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type RateDecision, RateLimited, type RateLimiter } from "@evently/shared/http";
import type { BookingSettings } from "../deps.ts";
import { reservationsBlocked } from "../errors.ts";
import type { HeldBooking, HoldDocuments } from "../holds/hold_documents.ts";
import type { BlockedBuyers } from "../unpaid_holds/blocked_buyers.ts";
import type { OpenOffers } from "../waitlist/meet_offer.ts";
import type { SeatHold, Seats } from "../peers/seats.ts";
import { bookingIdOf } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import {
  existingBookingOrRefuse,
  existingBookingOrThrow,
  type HeldSeats,
  resumeReservation,
} from "./existing_reservation.ts";
import { lineIdOf, lineIdsOf } from "./order_lines.ts";
import { priceOrder } from "./price_order.ts";
import { type Reservation, reservationOf, type ReserveInput } from "./reservation.ts";
import type { SharedRuns } from "./shared_runs.ts";

export interface ReserveDeps {
  seats: Pick<Seats, "hold" | "holdAgain" | "release">;
  bookings: Pick<Bookings, "insert" | "findEarlier" | "findOpenHolds">;
  holds: Pick<HoldDocuments, "find" | "put">;
  offers: OpenOffers;
  blockedBuyers: Pick<BlockedBuyers, "until">;
  attempts: RateLimiter;
  reservations: Pick<SharedRuns<HeldBooking>, "join">;
  settings: Pick<BookingSettings, "holdTtlMs" | "maxTicketsPerBooking">;
  clock: Clock;
}

const TOO_MANY_ATTEMPTS = "Too many booking attempts. Please try again later.";

/**
 * Reserves the seats of an order: holds them in the event's inventory, all lines or none, then inserts the pending
 * booking. The ids of both are derived, so a retry after a crash between the two finds its own seats; without a retry
 * the hold expires. The inventory alone decides, one batch after the other, so it cannot oversell. An order of a user who
 * has an open offer of the waitlist for as much meets that offer instead.
 *
 * @returns the reservation, and what is left of the rate limit
 * @throws {DomainError} `TOO_MANY_TICKETS`, `EVENT_UNKNOWN`, `NOT_ENOUGH_SEATS`: the rules of the event
 * @throws {DomainError} `TICKET_TYPE_NOT_ON_SALE`, `MIN_QUANTITY`, `BUYER_LIMIT_REACHED`: the rules of a ticket type
 * @throws {DomainError} `RESERVATIONS_BLOCKED`: the organiser takes none from this user for now
 * @throws {DomainError} `IDEMPOTENCY_KEY_REUSED`: the key was used for another order of the event
 * @throws {DomainError} `RATE_LIMITED`: too many attempts; replays are not counted
 */
export async function reserveSeats(
  deps: ReserveDeps,
  input: ReserveInput,
): Promise<{ reservation: Reservation; decision: RateDecision }> {
  const { userId, eventId, lines, idempotencyKey } = input;
  // A line gives at least as many tickets as it counts.
  refuseTooMany(deps, lines.reduce((sum, { quantity }) => sum + quantity, 0));

  const bookingId = bookingIdOf({ userId, eventId, idempotencyKey });
  const decision = await deps.attempts.take(userId, bookingId);
  const booking = decision.allowed
    ? await deps.reservations.join(
      `${bookingId} ${textOf(input)}`,
      () => holdAndBook(deps, input, bookingId),
    )
    : await existingBookingOrThrow(
      deps,
      { order: input, claimId: bookingId },
      new RateLimited(decision, TOO_MANY_ATTEMPTS),
    );
  return { reservation: reservationOf(booking, input, deps.clock.now()), decision };
}

function refuseTooMany({ settings }: Pick<ReserveDeps, "settings">, tickets: number): void {
  const max = settings.maxTicketsPerBooking;
  if (tickets > max) throw new DomainError("TOO_MANY_TICKETS", { limit: max, ofEvent: false });
}

function textOf({ lines }: ReserveInput): string {
  return lines.map(({ ticketTypeId = "", quantity }) => ticketTypeId + quantity).join();
}

async function holdAndBook(
  deps: ReserveDeps,
  input: ReserveInput,
  bookingId: string,
): Promise<HeldBooking> {
  const blockedUntil = deps.blockedBuyers.until(input);
  if (blockedUntil) {
    const wanted = { order: input, claimId: bookingId };
    return await existingBookingOrThrow(deps, wanted, reservationsBlocked(blockedUntil));
  }
  if (deps.offers.hasEvent(input.eventId)) {
    const offered = await deps.offers.meet({ order: input, claimId: bookingId });
    if (offered) return offered;
  }
  const expiresAt = new Date(deps.clock.now().getTime() + deps.settings.holdTtlMs);
  const hold = holdOf(input, { bookingId, expiresAt });
  const answer = await deps.seats.hold(hold);
  switch (answer.outcome) {
    case "held":
      return await bookUnlessBound(deps, input, { hold, sale: answer.sale });
    case "existing": {
      const { booking, held } = await resumeReservation(deps, { ...input, hold }, answer);
      return booking ?? await bookUnlessBound(deps, input, held);
    }
    case "refused":
      return await existingBookingOrRefuse(deps, { ...input, hold }, answer);
  }
}

/** The seats of an order: its first line has the booking's id. */
function holdOf(
  { userId, eventId, lines }: ReserveInput,
  { bookingId, expiresAt }: { bookingId: string; expiresAt: Date },
): SeatHold {
  const [first] = lines;
  if (!first) throw new Error("an order has at least one line");
  const { quantity, ticketTypeId } = first;
  const hold = {
    eventId,
    allocationId: bookingId,
    quantity,
    ticketTypeId,
    buyerId: userId,
    expiresAt,
  };
  if (lines.length === 1) return hold;
  const further = lines.slice(1).map(({ quantity, ticketTypeId }, i) => ({
    allocationId: lineIdOf(bookingId, i + 1),
    quantity,
    ticketTypeId,
    buyerId: userId,
    expiresAt,
  }));
  return { ...hold, further };
}

/** Books seats that were got, unless the key met an offer elsewhere before: then they go back. */
async function bookUnlessBound(
  deps: ReserveDeps,
  input: ReserveInput,
  held: HeldSeats,
): Promise<HeldBooking> {
  const { eventId, allocationId: bookingId } = held.hold;
  if (deps.offers.hasEvent(eventId)) {
    const bound = await deps.offers.findBound({ order: input, claimId: bookingId });
    if (bound) {
      const allocationIds = lineIdsOf({ bookingId, lines: input.lines.length });
      await deps.seats.release([{ eventId, allocationIds }]);
      return bound;
    }
  }
  return await book(deps, input, held);
}

async function book(
  deps: ReserveDeps,
  { userId, lines: wanted }: ReserveInput,
  { hold, sale }: HeldSeats,
): Promise<HeldBooking> {
  const { eventId, allocationId: bookingId, expiresAt } = hold;
  const { currency, terms } = sale;
  const { quantity, unitPriceMinor, lines } = priceOrder(hold, { sale, wanted });
  if (quantity > deps.settings.maxTicketsPerBooking) {
    const allocationIds = lineIdsOf({ bookingId, lines: wanted.length });
    await deps.seats.release([{ eventId, allocationIds }]);
    refuseTooMany(deps, quantity);
  }
  const bookedAt = deps.clock.now();
  const booking = await deps.bookings.insert({
    bookingId,
    userId,
    eventId,
    quantity,
    unitPriceMinor,
    currency,
    lines,
    terms,
    bookedAt,
    expiresAt,
  });
  void deps.holds.put(booking);
  return booking;
}
