import type { Clock } from "@evently/shared/clock";
import type { Booking, OrderLine } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import { linesOf } from "../orders/order_lines.ts";
import type { ReserveInput } from "../orders/reservation.ts";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import type { WaitlistOffer } from "./entry.ts";
import type { OfferHolders } from "./offer_holders.ts";
import type { WaitlistStore } from "./store.ts";

export interface MeetDeps {
  waitlist: Pick<WaitlistStore, "findClaimed" | "findOffered" | "claim">;
  bookings: Pick<Bookings, "findEarlier">;
  inventory: Pick<SeatInventory, "waitlistSupply">;
  holders: Pick<OfferHolders, "hasEvent" | "has" | "add">;
  nudge: { outbox(): void };
  clock: Clock;
}

/** An order, and the id of the booking that its key would have. */
export interface WantedOrder {
  order: Pick<ReserveInput, "userId" | "eventId" | "lines">;
  claimId: string;
}

/** Open offers, as reservations meet them. */
export interface OpenOffers {
  /** Whether {@link OpenOffers.meet} must be asked before an order of the event; known without waiting. */
  hasEvent(eventId: string): boolean;
  /**
   * Lets an order meet the offer that its user has: the key is bound to the offer's booking, and a smaller order takes so
   * many of it. A repeated request gets the booking that its key was bound to.
   *
   * @returns the booking; `undefined` if there is no offer for this order
   */
  meet(wanted: WantedOrder): Promise<Booking | undefined>;
  /** Finds the open offer of a user. */
  find(order: WantedOrder["order"]): Promise<WaitlistOffer | undefined>;
  /** Takes an offer for an order; `undefined` if it is for something else, or for fewer, or has ended. */
  take(offer: WaitlistOffer, wanted: WantedOrder): Promise<Booking | undefined>;
}

/** For orders of an event that nobody can have an offer of. */
export const NO_OFFERS: OpenOffers = {
  hasEvent: () => false,
  meet: () => Promise.resolve(undefined),
  find: () => Promise.resolve(undefined),
  take: () => Promise.resolve(undefined),
};

export function openOffersOver(deps: MeetDeps): OpenOffers {
  const { waitlist, bookings, holders, nudge, clock } = deps;
  const offers: OpenOffers = {
    hasEvent: (eventId) => holders.hasEvent(eventId),
    async meet(wanted) {
      const { order, claimId } = wanted;
      const { userId, eventId, lines } = order;
      if (!await holders.has({ userId, eventId })) return undefined;
      const bound = await waitlist.findClaimed({ userId, eventId, claimId });
      if (bound) return asWanted(bound, lines);
      const earlier = await bookings.findEarlier({ bookingId: claimId, eventId });
      if (earlier) return earlier;
      const offer = await offers.find(order);
      return offer && await offers.take(offer, wanted);
    },
    async find({ userId, eventId }) {
      return (await waitlist.findOffered({ userId, eventId, now: clock.now() }))?.entry.offer;
    },
    async take(offer, { order: { userId, eventId, lines }, claimId }) {
      const [line, ...further] = lines;
      if (!line || further.length > 0 || line.quantity > offer.quantity) return undefined;
      const { quantity, ticketTypeId } = line;
      if (!await isOfType(deps, { offer, eventId, ticketTypeId })) return undefined;
      const now = clock.now();
      const booking = await waitlist.claim({ userId, eventId, claimId, quantity, now });
      if (!booking) return undefined;
      holders.add([booking]);
      // What is left of a larger offer is released.
      if (quantity < offer.quantity) nudge.outbox();
      return asWanted(booking, lines);
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
