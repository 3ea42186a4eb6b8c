import { DomainError, invalidInput } from "@evently/shared/errors";
import type { BookingSettings } from "../deps.ts";
import { reservationsBlocked } from "../errors.ts";
import type { BlockedBuyers } from "../unpaid_holds/blocked_buyers.ts";
import type { JoinRefusal } from "./drive_joins.ts";
import { startsSoon } from "./decide_offers.ts";
import { isActive, type WaitlistEntry } from "./entry.ts";
import { type EntryView, viewEntry, type ViewEntryDeps } from "./entry_view.ts";
import type { Joins } from "./joins.ts";
import type { LineFacts } from "./line_facts.ts";
import type { WaitlistSupply } from "./supply.ts";
import type { Waitlist } from "./waitlist.ts";

export interface JoinDeps extends ViewEntryDeps {
  joins: Joins;
  waitlist: ViewEntryDeps["waitlist"] & Pick<Waitlist, "find">;
  facts: Pick<LineFacts, "supply" | "newestSupply"> & ViewEntryDeps["facts"];
  blockedBuyers: Pick<BlockedBuyers, "until">;
  settings: Pick<BookingSettings, "maxTicketsPerBooking">;
}

/** What a user wants to wait for. */
export interface WishToJoin {
  userId: string;
  eventId: string;
  /** In order of preference. `undefined`: the event's default type or, once that is archived, the only one left. */
  ticketTypeIds: readonly string[] | undefined;
  quantity: number;
  minQuantity: number;
}

/**
 * Puts a user in line for an event: inserts an entry with a place, opens the waitlist of the types, and admits the
 * entry, all for many users at once. The event service answers under its lock whether the wish can be bought instead,
 * so nobody waits while there are seats, and no seat is sold past who waits. If the process dies in between, a worker
 * drives the entry on.
 *
 * @returns the entry; of a user who waits already, the one that there is
 * @throws {DomainError} `EVENT_UNKNOWN`: the event is unknown or not on sale
 * @throws {DomainError} `WAITLIST_CLOSED`: so little is left to the start that no offer is made any more
 * @throws {DomainError} `SEATS_AVAILABLE`: the wish can be bought
 * @throws {DomainError} `TICKET_TYPE_NOT_ON_SALE`, `TOO_MANY_TICKETS`: no type that was named is sold like this
 * @throws {DomainError} `RESERVATIONS_BLOCKED`: the organiser takes no reservations from this user for now
 * @throws {DomainError} `VALIDATION_FAILED`: a type must be named
 */
export async function joinWaitlist(deps: JoinDeps, wish: WishToJoin): Promise<EntryView> {
  const max = deps.settings.maxTicketsPerBooking;
  if (wish.quantity > max) {
    throw new DomainError("TOO_MANY_TICKETS", { limit: max, ofEvent: false });
  }
  const blockedUntil = deps.blockedBuyers.until(wish);
  if (blockedUntil) throw reservationsBlocked(blockedUntil);
  const supply = await supplyOf(deps, wish);
  if (startsSoon(supply, deps.clock.now())) {
    return await viewEntry(deps, await waitsOrThrow(deps, wish));
  }
  const ticketTypeIds = wish.ticketTypeIds ?? [defaultTypeOf(supply)];
  const answer = await deps.joins.join({ ...wish, ticketTypeIds });
  if (answer.outcome === "joined") return await viewEntry(deps, answer.entry);
  throw refusalOf(answer.outcome, { supply, ticketTypeIds });
}

/** The supply of an event that may be a second old, unless that would turn the user away. */
async function supplyOf({ facts }: JoinDeps, { eventId }: WishToJoin): Promise<WaitlistSupply> {
  const known = await facts.supply(eventId);
  const supply = known?.isOnSale ? known : await facts.newestSupply(eventId);
  if (!supply?.isOnSale) throw new DomainError("EVENT_UNKNOWN", "waitlist");
  return supply;
}

/** The entry of a user who waits already, or has an offer. */
async function waitsOrThrow({ waitlist }: JoinDeps, wish: WishToJoin): Promise<WaitlistEntry> {
  const known = await waitlist.find(wish);
  if (known && isActive(known)) return known;
  throw new DomainError("WAITLIST_CLOSED");
}

/** The type that an order without one means. */
function defaultTypeOf({ eventId, types }: WaitlistSupply): string {
  const left = types.filter(({ status }) => status !== "archived");
  const [only] = left.length === 1 ? left : [];
  const meant = left.find(({ ticketTypeId }) => ticketTypeId === eventId) ?? only;
  if (meant) return meant.ticketTypeId;
  throw invalidInput("ticket_type_ids", "ticket_type_id is required");
}

function refusalOf(
  refusal: JoinRefusal,
  { supply, ticketTypeIds }: { supply: WaitlistSupply; ticketTypeIds: readonly string[] },
): DomainError {
  switch (refusal) {
    case "event_gone":
      return new DomainError("EVENT_UNKNOWN", "waitlist");
    case "available":
      return new DomainError("SEATS_AVAILABLE");
    case "no_such_type":
    case "not_on_sale":
      return new DomainError("TICKET_TYPE_NOT_ON_SALE");
    case "too_many": {
      const wanted = supply.types.filter(({ ticketTypeId }) =>
        ticketTypeIds.includes(ticketTypeId)
      );
      const limitOfType = Math.max(0, ...wanted.map(({ largestOrder }) => largestOrder));
      return new DomainError("TOO_MANY_TICKETS", { limitOfType });
    }
  }
}
