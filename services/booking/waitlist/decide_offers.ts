import { EntriesAhead } from "./entries_ahead.ts";
import { offerIdOf, type WaitlistEntry } from "./entry.ts";
import { gatheredUntil, isStandingBack } from "./gathering.ts";
import type { DecidedOffer, Decision, Pass } from "./store.ts";
import {
  isOffered,
  type Seats,
  seatsOf,
  type SuppliedType,
  type WaitlistSupply,
  without,
} from "./supply.ts";
import { bestOf, isShort, type Want, wantsOf } from "./wants.ts";

/** No offer is made when less than this is left until the event begins. */
export const MIN_OFFER_LEAD_MS = 10 * 60_000;
/** Whether so little is left until the event begins that no offer is made any more. */
export function startsSoon({ startsAt }: Pick<WaitlistSupply, "startsAt">, now: Date): boolean {
  return startsAt.getTime() - now.getTime() < MIN_OFFER_LEAD_MS;
}
/** The most offers of one decision; the next round goes on from there. */
export const MAX_OFFERS = 256;

/** What a round gives to whom. */
export interface OfferDecision
  extends Pick<Decision, "offers" | "passes" | "gathering" | "notGathering"> {
  /** No entry behind those that were looked at could be given anything. */
  isExhausted: boolean;
}

/**
 * Decides who is offered what, by place. Pure: the same entries, supply and time give the same decision. Its reasons are
 * in docs/decisions/0035-groups-keep-as-much-as-goes-past.md.
 *
 * An entry is offered what it wants, or fewer if it is content with fewer. For one that does not get enough, seats are
 * gathered: later entries are served past it only while at least as many seats stay behind for it as went past it, and
 * fewer than it waits for have gone. When the time to gather is over, it gets a last offer of the seats there are, and
 * later entries need not keep any for it.
 *
 * @param entries waiting ones, by place, from the first in line
 */
export function decideOffers(
  entries: readonly WaitlistEntry[],
  supply: WaitlistSupply,
  { now, offerMs }: { now: Date; offerMs: number },
): OfferDecision {
  const offers: DecidedOffer[] = [];
  const passes: Pass[] = [];
  if (!supply.isOnSale || startsSoon(supply, now)) {
    return { offers, passes, gathering: [], notGathering: [], isExhausted: true };
  }
  const offered = supply.types.filter((type) => isOffered(type, now));
  const types = new Map(offered.map((type) => [type.ticketTypeId, type]));
  const ahead = new EntriesAhead();
  const unserved: Unserved[] = [];
  let seats = supply.setAside;
  for (const entry of entries) {
    if (offers.length === MAX_OFFERS) break;
    const wants = wantsOf(entry, types);
    const until = gatheredUntil(entry, supply.startsAt);
    const isOverdue = until !== undefined && until <= now;
    const given = findOffer(wants, seats, ahead) ??
      (isOverdue ? findLastOffer(wants, seats, ahead) : undefined);
    if (given) {
      const after = without(given.type, given.quantity, seats);
      passes.push(...ahead.pass(entry, seats, after));
      offers.push(offerOf(entry, given, { supply, end: new Date(now.getTime() + offerMs) }));
      seats = after;
    } else {
      const mayKeep = !isOverdue && !isStandingBack(entry, now);
      const holdsUp = mayKeep && ahead.add(entry, wants, seats) && isShort(wants, seats);
      unserved.push({ entry, wants, holdsUp });
    }
  }
  const isExhausted = offered.every((type) => mostThatMayPass(leastOf(type), seats, ahead) === 0);
  return { offers, passes, ...gatheringOf(unserved, seats, now), isExhausted };
}

/** What an entry is given. */
interface Given {
  type: SuppliedType;
  quantity: number;
  isLast: boolean;
}

/** An entry that is given nothing. */
interface Unserved {
  entry: WaitlistEntry;
  wants: readonly Want[];
  /** There is too little for it, and others wait because of it. */
  holdsUp: boolean;
}

/** The first preferred type that there is enough of, and as many of it as may go past the entries ahead. */
function findOffer(wants: readonly Want[], seats: Seats, ahead: EntriesAhead): Given | undefined {
  for (const want of wants) {
    const quantity = mostThatMayPass(want, seats, ahead);
    if (quantity > 0) return { type: want.type, quantity, isLast: false };
  }
  return undefined;
}

/** What was gathered of the type that most are left of, though it is less than the entry waits for. */
function findLastOffer(
  wants: readonly Want[],
  seats: Seats,
  ahead: EntriesAhead,
): Given | undefined {
  const byLeft = wants.toSorted((a, b) => seatsOf(b.type, seats) - seatsOf(a.type, seats));
  for (const { type, most } of byLeft) {
    const quantity = mostThatMayPass({ type, fewest: type.minPerOrder, most }, seats, ahead);
    if (quantity > 0) return { type, quantity, isLast: true };
  }
  return undefined;
}

/** 0 if not even the fewest may. */
function mostThatMayPass({ type, fewest, most }: Want, seats: Seats, ahead: EntriesAhead): number {
  for (let n = Math.min(most, seatsOf(type, seats)); n >= fewest; n--) {
    if (ahead.mayPass(seats, without(type, n, seats))) return n;
  }
  return 0;
}

/** The smallest order of a type. */
function leastOf(type: SuppliedType): Want {
  return { type, fewest: type.minPerOrder, most: type.minPerOrder };
}

function offerOf(
  { entryId, round }: WaitlistEntry,
  { type: { ticketTypeId, salesEnd }, quantity, isLast }: Given,
  { supply: { startsAt }, end }: { supply: WaitlistSupply; end: Date },
): DecidedOffer {
  const ends = [end, startsAt, ...(salesEnd ? [salesEnd] : [])];
  const expiresAt = ends.reduce((earliest, at) => at < earliest ? at : earliest);
  const offerId = offerIdOf(entryId, round + 1);
  return { entryId, offerId, ticketTypeId, quantity, expiresAt, isLast };
}

/**
 * Begins and ends the time in which seats are gathered for entries that were given nothing. An entry that holds nobody up
 * by itself has none, or a single seat would change each row of a line of groups.
 */
function gatheringOf(
  unserved: readonly Unserved[],
  seats: Seats,
  now: Date,
): Pick<OfferDecision, "gathering" | "notGathering"> {
  const gathering: string[] = [];
  const notGathering: string[] = [];
  for (const { entry, wants, holdsUp } of unserved) {
    const keepsSeats = bestOf(wants, seats) > 0 && !isStandingBack(entry, now);
    if (entry.gatheringSince && !keepsSeats) notGathering.push(entry.entryId);
    if (!entry.gatheringSince && holdsUp) gathering.push(entry.entryId);
  }
  return { gathering, notGathering };
}
