/** The rare paths of `reserveSeats()`: replays, retries after a crash, refusals. */
import { notEnoughSeats } from "../errors.ts";
import type { Clock } from "@evently/shared/clock";
import { DomainError, Unavailable } from "@evently/shared/errors";
import type { HeldBooking, HoldDocuments } from "../holds/hold_documents.ts";
import type { ExistingAllocation, HoldRefusal, Sale, SeatHold, Seats } from "../peers/seats.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import type { BookingKey } from "./store.ts";

interface LookupDeps {
  bookings: Pick<Bookings, "findEarlier" | "findOpenHolds">;
}

interface ResumeDeps extends LookupDeps {
  seats: Pick<Seats, "holdAgain">;
  holds: Pick<HoldDocuments, "find">;
  clock: Clock;
}

/** Seats to hold for a user. */
interface Wanted {
  userId: string;
  hold: SeatHold;
}

/** Seats that are held and need a booking, and what they are sold on. */
export interface HeldSeats {
  hold: SeatHold;
  sale: Sale;
}

/** Returns the booking of an earlier attempt with this key; throws `refusal` if there is none. */
export async function existingBookingOrThrow(
  { bookings }: Pick<LookupDeps, "bookings">,
  key: BookingKey,
  refusal: Error,
): Promise<Booking> {
  const earlier = await bookings.findEarlier(key);
  if (earlier) return earlier;
  throw refusal;
}

/** Returns the booking of an earlier attempt; throws what refuses this one if there is none. */
export async function existingBookingOrRefuse(
  deps: LookupDeps,
  { userId, hold: { eventId, allocationId } }: Wanted,
  refusal: HoldRefusal,
): Promise<Booking> {
  const earlier = await deps.bookings.findEarlier({ bookingId: allocationId, eventId });
  if (earlier) return earlier;
  switch (refusal.reason) {
    case "not_on_sale":
      throw new DomainError("EVENT_UNKNOWN");
    case "too_many_tickets":
      throw new DomainError("TOO_MANY_TICKETS", { limit: refusal.maxPerBooking, ofEvent: true });
    case "not_enough_seats": {
      // A courtesy: if this look-up fails, the refusal stands without it.
      const ownHolds = await deps.bookings.findOpenHolds({ userId, eventId }).catch(() => []);
      throw notEnoughSeats(ownHolds);
    }
  }
}

/**
 * Handles seats that are allocated already: the request is a replay, or an earlier attempt died before its booking
 * was inserted. Then the seats are booked now; if they are no longer held, they are held again first.
 *
 * @returns the earlier booking, or the held seats that still need one
 */
export async function resumeReservation(
  deps: ResumeDeps,
  { userId, hold }: Wanted,
  existing: ExistingAllocation,
): Promise<{ booking: HeldBooking; held?: never } | { booking?: never; held: HeldSeats }> {
  const key = { bookingId: hold.allocationId, eventId: hold.eventId };
  // Redis has open holds only; PostgreSQL has all bookings.
  const mayBeOpen = existing.state === "held" && existing.isOnSale;
  const booking = (mayBeOpen ? await deps.holds.find(key.bookingId) : undefined) ??
    await deps.bookings.findEarlier(key);
  if (booking) return { booking };
  if (existing.quantity !== hold.quantity) throw new DomainError("IDEMPOTENCY_KEY_REUSED");
  const { state, expiresAt, sale } = existing;
  if (state === "held" && expiresAt && expiresAt > deps.clock.now()) {
    return { held: { hold: { ...hold, expiresAt }, sale } };
  }
  // One conditional step: to release first would take the seats of a quicker retry.
  const again = await deps.seats.holdAgain(hold);
  switch (again.outcome) {
    case "held":
      return { held: { hold, sale: again.sale } };
    case "existing": {
      const refusal = new Unavailable("The seats are being held");
      return { booking: await existingBookingOrThrow(deps, key, refusal) };
    }
    case "refused":
      return { booking: await existingBookingOrRefuse(deps, { userId, hold }, again) };
  }
}
