/** The rare paths of `reserveSeats()`: replays, retries after a crash, refusals. */
import { holdRefused } from "../errors.ts";
import type { Clock } from "@evently/shared/clock";
import { DomainError, Unavailable } from "@evently/shared/errors";
import type { HeldBooking, HoldDocuments } from "../holds/hold_documents.ts";
import type { ExistingOrder, HoldRefusal, Sale, SeatHold, Seats } from "../peers/seats.ts";
import type { OpenOffers, WantedOrder } from "../waitlist/meet_offer.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import { saleAsHeld } from "./price_order.ts";
import type { ReserveInput } from "./reservation.ts";

interface LookupDeps {
  bookings: Pick<Bookings, "findEarlier" | "findOpenHolds">;
  offers: Pick<OpenOffers, "hasEvent" | "findBound" | "find" | "take">;
}

interface ResumeDeps extends LookupDeps {
  seats: Pick<Seats, "holdAgain">;
  holds: Pick<HoldDocuments, "find">;
  clock: Clock;
}

/** Seats to hold for a user, as the request asks for them. */
interface Wanted extends Pick<ReserveInput, "userId" | "lines"> {
  hold: SeatHold;
}

/** Seats that are held and need a booking, and what they are sold on. */
export interface HeldSeats {
  hold: SeatHold;
  sale: Sale;
}

/** Returns the booking of an earlier attempt with this key; throws `refusal` if there is none. */
export async function existingBookingOrThrow(
  deps: LookupDeps,
  wanted: WantedOrder,
  refusal: Error,
): Promise<Booking> {
  const earlier = await findEarlier(deps, wanted);
  if (earlier) return earlier;
  throw refusal;
}

/** The booking that the key has: its own, or that of the offer that it met. */
async function findEarlier(
  { bookings, offers }: LookupDeps,
  wanted: WantedOrder,
): Promise<Booking | undefined> {
  const { order: { eventId }, claimId: bookingId } = wanted;
  const own = await bookings.findEarlier({ bookingId, eventId });
  // Not at once with it: many refused requests hear together that there is none, and so ask together.
  return own ?? (offers.hasEvent(eventId) ? await offers.findBound(wanted) : undefined);
}

/**
 * Returns the booking of an earlier attempt, or of the user's open offer if the order is for as much; throws what refuses
 * this one if there is none.
 */
export async function existingBookingOrRefuse(
  deps: LookupDeps,
  { userId, lines, hold: { eventId, allocationId } }: Wanted,
  refusal: HoldRefusal,
): Promise<Booking> {
  const order = { userId, eventId, lines };
  const earlier = await findEarlier(deps, { order, claimId: allocationId });
  if (earlier) return earlier;
  const isShort = refusal.reason === "not_enough_seats" || refusal.reason === "waitlist";
  // A courtesy: if this look-up fails, the refusal stands without it.
  const ownHolds = isShort
    ? await deps.bookings.findOpenHolds({ userId, eventId }).catch(() => [])
    : [];
  // An offer is an open hold, too.
  const entry = ownHolds.length > 0 ? await deps.offers.find(order) : undefined;
  const offered = entry && await deps.offers.take(entry, { order, claimId: allocationId });
  if (offered) return offered;
  throw holdRefused(refusal, { eventId, lines, ownHolds, offer: entry?.offer });
}

/**
 * Handles seats that are allocated already: the request is a replay, or an earlier attempt died before its booking
 * was inserted. Then the seats are booked now; if they are no longer held, they are held again first.
 *
 * @returns the earlier booking, or the held seats that still need one
 */
export async function resumeReservation(
  deps: ResumeDeps,
  wanted: Wanted,
  existing: ExistingOrder,
): Promise<{ booking: HeldBooking; held?: never } | { booking?: never; held: HeldSeats }> {
  const { hold } = wanted;
  const key = { bookingId: hold.allocationId, eventId: hold.eventId };
  // Redis has open holds only; PostgreSQL has all bookings.
  const mayBeOpen = existing.state === "held" && existing.isOnSale;
  const booking = (mayBeOpen ? await deps.holds.find(key.bookingId) : undefined) ??
    await deps.bookings.findEarlier(key);
  if (booking) return { booking };
  const held = withTypes(hold, existing);
  if (!held) throw new DomainError("IDEMPOTENCY_KEY_REUSED");
  const { state, expiresAt } = existing;
  if (state === "held" && expiresAt && expiresAt > deps.clock.now()) {
    const sale = saleAsHeld(hold.eventId, existing);
    return { held: { hold: { ...held, expiresAt }, sale } };
  }
  // One conditional step: to release first would take the seats of a quicker retry.
  const again = await deps.seats.holdAgain(hold);
  switch (again.outcome) {
    case "held":
      return { held: { hold, sale: again.sale } };
    case "existing": {
      const refusal = new Unavailable("The seats are being held");
      const order = { ...wanted, eventId: key.eventId };
      return {
        booking: await existingBookingOrThrow(deps, { order, claimId: key.bookingId }, refusal),
      };
    }
    case "refused":
      return { booking: await existingBookingOrRefuse(deps, wanted, again) };
  }
}

/** The hold with the types that its allocations have; `undefined` if they are those of another order. */
function withTypes(hold: SeatHold, { lines }: ExistingOrder): SeatHold | undefined {
  const { eventId, further } = hold;
  const isSame = [hold, ...(further ?? [])].every(({ ticketTypeId, quantity }, i) => {
    const line = lines[i];
    return line?.quantity === quantity &&
      (ticketTypeId === undefined || ticketTypeId === (line.ticketTypeId ?? eventId));
  });
  if (!isSame) return undefined;
  return {
    ...hold,
    ticketTypeId: lines[0]?.ticketTypeId,
    ...(further
      ? {
        further: further.map((item, i) => ({ ...item, ticketTypeId: lines[i + 1]?.ticketTypeId })),
      }
      : {}),
  };
}
