import type { Clock, Pause } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { Booking, OrderLine } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import { linesOf } from "../orders/order_lines.ts";
import type { ReserveInput } from "../orders/reservation.ts";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import type { WaitlistEntry, WaitlistOffer } from "./entry.ts";
import { MAX_LIST_AGE_MS, type OfferHolders } from "./offer_holders.ts";
import type { Waitlist } from "./waitlist.ts";

export interface MeetDeps {
  waitlist: Pick<Waitlist, "findClaimed" | "findOffered" | "claim">;
  bookings: Pick<Bookings, "findEarlier">;
  inventory: Pick<SeatInventory, "waitlistSupply" | "lookUp">;
  holders: Pick<OfferHolders, "hasEvent" | "has" | "add">;
  nudge: { outbox(): void };
  clock: Clock;
  pause: Pause;
}

/** An order, and the id of the booking that its key would have. */
export interface WantedOrder {
  order: Pick<ReserveInput, "userId" | "eventId" | "lines">;
  claimId: string;
}

/** An entry whose user has an open offer. */
export interface OfferedEntry extends WaitlistEntry {
  offer: WaitlistOffer;
}

/**
 * Open offers, as reservations meet them. A key has one booking: its own, or that of the offer that it was bound to. The
 * two are in different databases, so each side writes first and then looks for the other: a reservation holds seats and
 * then asks {@link OpenOffers.findBound}, a key is bound and then its seats are looked up. So whichever comes second
 * notices.
 */
export interface OpenOffers {
  /** Whether {@link OpenOffers.meet} and {@link OpenOffers.findBound} must be asked; known without waiting. */
  hasEvent(eventId: string): boolean;
  /**
   * Lets an order meet the offer that its user has: the key is bound to the offer's booking, and a smaller order takes so
   * many of it. A repeated request gets the booking of its key.
   *
   * @returns the booking; `undefined` if there is no offer for this order
   * @throws {Unavailable} seats are being held for the key
   */
  meet(wanted: WantedOrder): Promise<Booking | undefined>;
  /** Finds the booking that a key was bound to, for a request that has just got seats of its own. */
  findBound(wanted: WantedOrder): Promise<Booking | undefined>;
  /** Finds the entry with the open offer of a user. */
  find(order: WantedOrder["order"]): Promise<OfferedEntry | undefined>;
  /**
   * Takes an offer for an order; `undefined` if it is for something else, or for fewer, or has ended.
   *
   * @throws {Unavailable} seats are being held for the key
   */
  take(entry: OfferedEntry, wanted: WantedOrder): Promise<Booking | undefined>;
}

/** For orders of an event that nobody can have an offer of. */
export const NO_OFFERS: OpenOffers = {
  hasEvent: () => false,
  meet: () => Promise.resolve(undefined),
  findBound: () => Promise.resolve(undefined),
  find: () => Promise.resolve(undefined),
  take: () => Promise.resolve(undefined),
};

export function openOffersOver(deps: MeetDeps): OpenOffers {
  const { waitlist, bookings, inventory, holders, nudge, clock, pause } = deps;

  async function findBound({ order, claimId }: WantedOrder): Promise<Booking | undefined> {
    const { userId, eventId, lines } = order;
    const bound = await waitlist.findClaimed({ userId, eventId, claimId });
    return bound && asWanted(bound, lines);
  }

  /** The bound booking, unless a process that knew of no offer took seats for the key meanwhile. */
  async function unlessHeld(
    bound: Booking,
    { order: { eventId, lines }, claimId }: WantedOrder,
  ): Promise<Booking> {
    const [own] = await inventory.lookUp(eventId, [claimId]);
    if (own?.state !== "held" && own?.state !== "sold") return asWanted(bound, lines);
    const booking = await bookings.findEarlier({ bookingId: claimId, eventId });
    if (booking) return booking;
    throw new Unavailable("Seats are being held");
  }

  const offers: OpenOffers = {
    hasEvent: (eventId) => holders.hasEvent(eventId),
    findBound,
    async meet(wanted) {
      const { order, claimId } = wanted;
      const { userId, eventId } = order;
      if (!await holders.has({ userId, eventId })) return undefined;
      const earlier = await bookings.findEarlier({ bookingId: claimId, eventId });
      if (earlier) return earlier;
      const bound = await findBound(wanted);
      if (bound) return await unlessHeld(bound, wanted);
      const entry = await offers.find(order);
      return entry && await offers.take(entry, wanted);
    },
    async find({ userId, eventId }) {
      const found = await waitlist.findOffered({ userId, eventId, now: clock.now() });
      const offer = found?.entry.offer;
      return offer && { ...found.entry, offer };
    },
    async take({ offer, joinedAt }, wanted) {
      const { order: { userId, eventId, lines }, claimId } = wanted;
      const [line, ...further] = lines;
      if (!line || further.length > 0 || line.quantity > offer.quantity) return undefined;
      const { quantity, ticketTypeId } = line;
      if (!await isOfType(deps, { offer, eventId, ticketTypeId })) return undefined;
      // Until then a process may have a list without this event, and not ask whether a key is bound.
      const knownInMs = joinedAt.getTime() + MAX_LIST_AGE_MS - clock.now().getTime();
      if (knownInMs >= 0) await pause(Math.min(knownInMs, MAX_LIST_AGE_MS) + 1);
      const now = clock.now();
      const booking = await waitlist.claim({ userId, eventId, claimId, quantity, now });
      if (!booking) return undefined;
      holders.add([booking]);
      // What is left of a larger offer is released.
      if (quantity < offer.quantity) nudge.outbox();
      return await unlessHeld(booking, wanted);
    },
  };
  return offers;
}

/** Whether a line means the type of the offer: without a type it means the default one or, once archived, the only one. */
async function isOfType(
  { inventory }: Pick<MeetDeps, "inventory">,
  { offer, eventId, ticketTypeId }: {
    offer: WaitlistOffer;
    eventId: string;
    ticketTypeId: string | undefined;
  },
): Promise<boolean> {
  if (ticketTypeId !== undefined) return ticketTypeId === offer.ticketTypeId;
  if (offer.ticketTypeId === eventId) return true;
  const [supply] = await inventory.waitlistSupply([eventId]);
  const [only, ...others] = supply?.types.filter(({ status }) => status !== "archived") ?? [];
  return others.length === 0 && only?.ticketTypeId === offer.ticketTypeId;
}

/** The booking of an offer names its type, the order may not; so that the one is recognised as the other. */
function asWanted(booking: Booking, wanted: ReserveInput["lines"]): Booking {
  if (wanted.length !== 1 || wanted[0]?.ticketTypeId !== undefined || !booking.lines) {
    return booking;
  }
  const lines = linesOf(booking).map((line): OrderLine => ({ ...line, isImplied: true }));
  return { ...booking, lines };
}
