import type { Clock } from "@evently/shared/clock";
import type { NewBooking } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import { priceOrder, saleAsHeld } from "../orders/price_order.ts";
import {
  answersOf,
  type HoldAnswer,
  type HoldRefusal,
  type SeatHold,
} from "../peers/hold_answers.ts";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import { MAX_BATCH } from "../peers/seats.ts";
import type { ClosedReason, WaitlistEntry, WaitlistOffer } from "./entry.ts";
import type { OfferHolders } from "./offer_holders.ts";
import type { Positions } from "./positions.ts";
import type { WaitlistStore } from "./store.ts";

export interface FinishDeps {
  waitlist: Pick<WaitlistStore, "makeOffers" | "takeBack" | "close">;
  inventory: Pick<SeatInventory, "hold" | "release" | "waitlistSupply">;
  bookings: Pick<Bookings, "findMany">;
  positions: Pick<Positions, "remove">;
  offerHolders: Pick<OfferHolders, "add">;
  settings: { offerMs: number };
  clock: Clock;
}

/** An entry with an offer that is decided, and not made yet. */
export interface Offering {
  entry: WaitlistEntry;
  offer: WaitlistOffer;
}

/** What is to become of an offer after its hold. */
type Fate =
  | { outcome: "make"; booking: NewBooking }
  /** The entry waits again. `isRefused`: nothing is held. `closes`: it cannot have what it waits for. */
  | { outcome: "take_back"; isRefused: boolean; closes?: ClosedReason };

type Fated<Outcome extends Fate["outcome"]> = Offering & { fate: Fate & { outcome: Outcome } };

/** An offer of which less than this part of its time is left is decided anew, unless it ends with the sale. */
const MIN_LEFT_PART = 1 / 2;

/** The offers of entries that are `offering`. */
export function offeringsOf(entries: readonly WaitlistEntry[]): Offering[] {
  return entries.flatMap((entry) =>
    entry.status === "offering" && entry.offer ? [{ entry, offer: entry.offer }] : []
  );
}

/**
 * Makes offers of one event that are decided: holds their seats in order, then inserts the bookings. What cannot be held
 * is taken back. Each step is idempotent by the offer's id, so any process finishes what another one began, and several
 * at once make each offer once.
 *
 * @param offerings by place
 */
export async function finishOffers(
  deps: FinishDeps,
  { eventId, offerings }: { eventId: string; offerings: readonly Offering[] },
): Promise<void> {
  const { fresh, late } = await splitLate(deps, { eventId, offerings });
  const fated = await holdInOrder(deps, { eventId, offerings: fresh });
  await make(deps, fated.filter(isMade));
  const takenBack = fated.filter(isTakenBack);
  const held = takenBack.filter(({ fate }) => !fate.isRefused);
  await takeBack(deps, { eventId, offerings: [...late, ...takenBack] });
  // Only now: no process can make an offer of these any more.
  await releaseUnbooked(deps, { eventId, offerings: [...late, ...held] });
  await closeRefused(deps, {
    eventId,
    takenBack: await withoutStale(deps, { eventId, takenBack }),
  });
}

function isMade(one: Offering & { fate: Fate }): one is Fated<"make"> {
  return one.fate.outcome === "make";
}

function isTakenBack(one: Offering & { fate: Fate }): one is Fated<"take_back"> {
  return one.fate.outcome === "take_back";
}

/** Finds offers that lay about while no process made them: their users would have too little time. */
async function splitLate(
  { inventory, settings, clock }: FinishDeps,
  { eventId, offerings }: { eventId: string; offerings: readonly Offering[] },
): Promise<{ fresh: readonly Offering[]; late: readonly Offering[] }> {
  const nowMs = clock.now().getTime();
  const leftMs = ({ offer }: Offering) => offer.expiresAt.getTime() - nowMs;
  const isShort = (one: Offering) => leftMs(one) < settings.offerMs * MIN_LEFT_PART;
  if (!offerings.some(isShort)) return { fresh: offerings, late: [] };
  const [supply] = await inventory.waitlistSupply([eventId]);
  const endsWithSale = ({ offer: { ticketTypeId, expiresAt } }: Offering) => {
    const type = supply?.types.find((one) => one.ticketTypeId === ticketTypeId);
    const ends = [supply?.startsAt, type?.salesEnd];
    return ends.some((end) => end !== undefined && end <= expiresAt);
  };
  const isLate = (one: Offering) => isShort(one) && (leftMs(one) <= 0 || !endsWithSale(one));
  return {
    fresh: offerings.filter((one) => !isLate(one)),
    late: offerings.filter((one) => isLate(one)),
  };
}

/** Holds the seats of offers. After the first for which there are too few, later ones get nothing. */
async function holdInOrder(
  deps: FinishDeps,
  { eventId, offerings }: { eventId: string; offerings: readonly Offering[] },
): Promise<(Offering & { fate: Fate })[]> {
  const fated: (Offering & { fate: Fate })[] = [];
  let isShort = false;
  for (let done = 0; done < offerings.length; done += MAX_BATCH) {
    const part = offerings.slice(done, done + MAX_BATCH);
    if (isShort) {
      const fate: Fate = { outcome: "take_back", isRefused: false };
      fated.push(...part.map((one) => ({ ...one, fate })));
      continue;
    }
    const holds = part.map((one) => holdOf(eventId, one));
    const [result] = await deps.inventory.hold([{ eventId, items: holds }], { source: "waitlist" });
    if (!result) throw new Error("the holds of offers were not answered");
    const answers = answersOf(result, holds);
    const now = deps.clock.now();
    part.forEach((one, i) => {
      const [hold, answer] = [holds[i], answers[i]];
      if (!hold || !answer) throw new Error("the hold of an offer was not answered");
      fated.push({ ...one, fate: fateOf(one, { hold, answer, now }) });
    });
    isShort = answers.some((answer) => answer.outcome === "refused" && isForWantOfSeats(answer));
  }
  return fated;
}

function holdOf(eventId: string, { entry: { userId }, offer }: Offering): SeatHold {
  const { offerId, quantity, ticketTypeId, expiresAt } = offer;
  return { eventId, allocationId: offerId, quantity, ticketTypeId, buyerId: userId, expiresAt };
}

function fateOf(
  one: Offering,
  { hold, answer, now }: { hold: SeatHold; answer: HoldAnswer; now: Date },
): Fate {
  switch (answer.outcome) {
    case "held":
      return { outcome: "make", booking: bookingOf(one, { hold, sale: answer.sale, now }) };
    case "existing": {
      const { state, expiresAt } = answer;
      if (state !== "held" || !expiresAt || expiresAt <= now) {
        return { outcome: "take_back", isRefused: false };
      }
      const sale = saleAsHeld(hold.eventId, answer);
      return {
        outcome: "make",
        booking: bookingOf(one, { hold: { ...hold, expiresAt }, sale, now }),
      };
    }
    case "refused":
      return refusedFate(answer);
  }
}

function refusedFate(refusal: HoldRefusal): Fate {
  const fate = { outcome: "take_back", isRefused: true } as const;
  switch (refusal.reason) {
    case "not_enough_seats":
    case "waitlist":
    // The worker closes what is over; a paused type may come back.
    case "event_not_on_sale":
    case "type_not_on_sale":
      return fate;
    case "key_reused":
      return { outcome: "take_back", isRefused: false };
    case "buyer_limit":
      return { ...fate, closes: "buyer_limit" };
    case "too_few":
    case "too_many":
    case "too_many_tickets":
    case "type_required":
      return { ...fate, closes: "types_ended" };
  }
}

function isForWantOfSeats({ reason }: HoldRefusal): boolean {
  return reason === "not_enough_seats" || reason === "waitlist";
}

/** An ordinary booking, at the price and on the terms of its hold. */
function bookingOf(
  { entry: { userId, eventId }, offer: { offerId, ticketTypeId, quantity } }: Offering,
  { hold, sale, now }: {
    hold: SeatHold;
    sale: Parameters<typeof priceOrder>[1]["sale"];
    now: Date;
  },
): NewBooking {
  const { currency, terms } = sale;
  return {
    bookingId: offerId,
    userId,
    eventId,
    ...priceOrder(hold, { sale, wanted: [{ ticketTypeId, quantity }] }),
    currency,
    terms,
    bookedAt: now,
    expiresAt: hold.expiresAt,
  };
}

async function make(deps: FinishDeps, offerings: readonly Fated<"make">[]): Promise<void> {
  const { waitlist, positions, offerHolders, clock } = deps;
  const [first] = offerings;
  if (!first) return;
  const made = await waitlist.makeOffers({
    offers: offerings.map(({ entry, fate }) => ({ entry, booking: fate.booking })),
    now: clock.now(),
  });
  offerHolders.add(made);
  const ids = new Set(made.map(({ bookingId }) => bookingId));
  const offered = offerings.filter(({ offer }) => ids.has(offer.offerId));
  const gone = offerings.filter(({ offer }) => !ids.has(offer.offerId));
  await positions.remove(offered.map(({ entry }) => entry));
  // They left, or another process made the offers or took them back.
  await releaseUnbooked(deps, { eventId: first.entry.eventId, offerings: gone });
}

async function takeBack(
  { waitlist, clock }: FinishDeps,
  { eventId, offerings }: { eventId: string; offerings: readonly Offering[] },
): Promise<void> {
  if (offerings.length === 0) return;
  await waitlist.takeBack({
    eventId,
    offers: offerings.map(({ entry: { entryId }, offer: { offerId } }) => ({ entryId, offerId })),
    now: clock.now(),
  });
}

/** Releases what was held for offers that have no booking, and can get none any more, at once. */
async function releaseUnbooked(
  { bookings, inventory }: FinishDeps,
  { eventId, offerings }: { eventId: string; offerings: readonly Offering[] },
): Promise<void> {
  if (offerings.length === 0) return;
  const booked = await bookings.findMany(
    offerings.map(({ offer: { offerId } }) => ({ bookingId: offerId, eventId })),
  );
  const ids = new Set(booked.map(({ bookingId }) => bookingId));
  const allocationIds = offerings.flatMap(({ offer: { offerId } }) =>
    ids.has(offerId) ? [] : [offerId]
  );
  if (allocationIds.length > 0) await inventory.release([{ eventId, allocationIds }]);
}

/**
 * Leaves out what was decided by rules that have changed since: another round serves what is wanted by the rules there
 * are now.
 */
async function withoutStale(
  { inventory }: FinishDeps,
  { eventId, takenBack }: { eventId: string; takenBack: readonly Fated<"take_back">[] },
): Promise<readonly Fated<"take_back">[]> {
  if (!takenBack.some(({ fate }) => fate.closes === "types_ended")) return takenBack;
  const [supply] = await inventory.waitlistSupply([eventId]);
  const types = new Map(supply?.types.map((type) => [type.ticketTypeId, type]));
  return takenBack.filter(({ fate, offer: { ticketTypeId, quantity } }) => {
    const type = types.get(ticketTypeId);
    const isAllowed = type && type.minPerOrder <= quantity && quantity <= type.largestOrder;
    return fate.closes !== "types_ended" || !type || isAllowed;
  });
}

/** Closes entries that the rules of what they wait for refuse. */
async function closeRefused(
  { waitlist, positions, clock }: FinishDeps,
  { eventId, takenBack }: { eventId: string; takenBack: readonly Fated<"take_back">[] },
): Promise<void> {
  const byReason = Map.groupBy(takenBack, ({ fate }) => fate.closes);
  for (const [reason, ofReason] of byReason) {
    if (!reason) continue;
    const entries = ofReason.map(({ entry }) => entry);
    const entryIds = entries.map(({ entryId }) => entryId);
    await waitlist.close({ eventId, entryIds, reason, limit: entryIds.length, now: clock.now() });
    await positions.remove(entries);
  }
}
