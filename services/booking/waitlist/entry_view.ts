import type { Clock } from "@evently/shared/clock";
import { isInLine, type WaitlistEntry, type WaitlistOffer } from "./entry.ts";
import type { LineFacts } from "./line_facts.ts";
import type { Positions } from "./positions.ts";
import type { WaitlistStore } from "./store.ts";
import { estimatedMinutes, type WaitReason, whyWaiting } from "./why.ts";

export interface ViewEntryDeps {
  waitlist: Pick<WaitlistStore, "findOffered" | "count">;
  positions: Pick<Positions, "positionOf">;
  facts: Pick<LineFacts, "supply" | "queue" | "head" | "recentOffers">;
  clock: Clock;
}

/** The states that a client hears of; `expired`: it ended without a purchase. */
export type PublicStatus = "waiting" | "offered" | "converted" | "expired";

/** An offer as its entry had it. */
export interface Offered extends WaitlistOffer {
  /** Fewer than were wanted. */
  isPartial: boolean;
}

/** An offer that can be confirmed, and what it costs. */
export interface OpenOffer extends Offered {
  totalMinor: number;
  currency: string;
}

/** An entry as its user sees it. */
export interface EntryView {
  entry: WaitlistEntry;
  status: PublicStatus;
  /** From 1; 0 for an entry that is not in line. */
  position: number;
  /** How many wait. */
  total: number;
  ahead: { entries: number; seats: number };
  why: WaitReason | undefined;
  estimatedMinutes: number | undefined;
  offer: OpenOffer | undefined;
}

/** Looks at an entry: its place in line and why it waits, or its open offer. */
export async function viewEntry(deps: ViewEntryDeps, entry: WaitlistEntry): Promise<EntryView> {
  if (isInLine(entry)) return await viewWaiting(deps, entry);
  if (entry.status === "offered") return await viewOffered(deps, entry);
  return await viewOutOfLine(deps, entry, entry.status === "converted" ? "converted" : "expired");
}

/** An entry that is in line, and why it waits as far as that can be told now. */
export async function viewWaiting(
  { positions, facts, clock }: ViewEntryDeps,
  entry: WaitlistEntry,
): Promise<EntryView> {
  const { eventId } = entry;
  const [{ position, total }, supply, queue, head, offers] = await Promise.all([
    positions.positionOf(entry),
    // A place in line can be told without the event service.
    facts.supply(eventId).catch(() => undefined),
    facts.queue(eventId),
    facts.head(eventId).catch(() => []),
    facts.recentOffers(eventId),
  ]);
  const entries = position - 1;
  const ahead = { entries, seats: seatsAhead(entry, head, entries) };
  const now = clock.now();
  const gatheringAhead = head.find((one) => one.gatheringSince && one.place < entry.place);
  const startsAt = supply?.startsAt;
  return {
    entry,
    status: "waiting",
    position,
    total,
    ahead,
    why: whyWaiting(entry, { queue, supply, gatheringAhead, ahead, now }),
    estimatedMinutes: estimatedMinutes({ position, offers, startsAt, now }),
    offer: undefined,
  };
}

/** The tickets that earlier entries want: exact while the line is as short as its head, and by its mean beyond. */
function seatsAhead(
  { place, ticketTypeIds }: WaitlistEntry,
  head: readonly WaitlistEntry[],
  entries: number,
): number {
  const before = head.filter((one) =>
    one.place < place && one.ticketTypeIds.some((id) => ticketTypeIds.includes(id))
  );
  const wanted = before.reduce((sum, { quantity }) => sum + quantity, 0);
  return before.length === 0 ? entries : Math.round(wanted / before.length * entries);
}

/** The offer can be confirmed unless its time is up; then it is about to end, as the next pass of expiry ends it. */
async function viewOffered(deps: ViewEntryDeps, entry: WaitlistEntry): Promise<EntryView> {
  const { waitlist, clock } = deps;
  const found = await waitlist.findOffered({ ...entry, now: clock.now() });
  const offer = found?.entry.offer;
  if (!found || !offer) {
    return await viewOutOfLine(deps, entry, entry.offer?.isLast ? "waiting" : "expired");
  }
  const { expiresAt, totalMinor, currency } = found.booking;
  return {
    ...await viewOutOfLine(deps, found.entry, "offered"),
    offer: { ...toOffered(found.entry, offer), expiresAt, totalMinor, currency },
  };
}

/** An entry that is not in line, or not yet again. */
async function viewOutOfLine(
  { waitlist }: Pick<ViewEntryDeps, "waitlist">,
  entry: WaitlistEntry,
  status: PublicStatus,
): Promise<EntryView> {
  const { eventId, place, closedReason, ticketTypeIds: [ticketTypeId = eventId] } = entry;
  const { before, total } = await waitlist.count({ eventId, ticketTypeId, place });
  const returns = status === "waiting";
  return {
    entry,
    status,
    position: returns ? before + 1 : 0,
    total,
    ahead: { entries: returns ? before : 0, seats: returns ? before : 0 },
    why: closedReason && { code: "CLOSED", reason: closedReason },
    estimatedMinutes: undefined,
    offer: undefined,
  };
}

/** An offer with what its entry makes of it. */
export function toOffered(
  { quantity }: Pick<WaitlistEntry, "quantity">,
  offer: WaitlistOffer,
): Offered {
  return { ...offer, isPartial: offer.quantity < quantity };
}
