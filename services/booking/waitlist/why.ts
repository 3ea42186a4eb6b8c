import { MIN_OFFER_LEAD_MS, startsSoon } from "./decide_offers.ts";
import type { ClosedReason, WaitlistEntry } from "./entry.ts";
import { gatheredUntil, isStandingBack } from "./gathering.ts";
import type { WaitlistQueue } from "./store.ts";
import { isOffered, seatsOf, type WaitlistSupply } from "./supply.ts";
import { type Want, wantsOf } from "./wants.ts";

/** Why an entry has no offer. Computed from what is stored, and never stored itself. */
export type WaitReason =
  /** No seat is free that it could use. */
  | { code: "NOTHING_FREE" }
  /** The free seats are for earlier entries: so many, which want so many seats. */
  | { code: "OTHERS_FIRST"; entries: number; seats: number }
  /** `kept` of the `of` that it waits for are there; `passed` went past it meanwhile. After `until` it gets fewer. */
  | { code: "GATHERING"; kept: number; of: number; passed: number; until: Date }
  /** The free seats are gathered for an earlier entry, until then at most. */
  | { code: "BEHIND_A_GROUP"; until: Date }
  /** It let a last offer go, so no seats are gathered for it until then. */
  | { code: "STANDING_BACK"; until: Date }
  /** Nothing that it wants is sold now. */
  | { code: "NOT_ON_SALE" }
  /** The organiser paused the waitlist. */
  | { code: "PAUSED" }
  | { code: "CLOSED"; reason: ClosedReason };

/** What the reason is computed from. */
export interface WaitingState {
  queue: Pick<WaitlistQueue, "pausedAt"> | undefined;
  /** `undefined`: it cannot be read now. */
  supply: WaitlistSupply | undefined;
  /** The earliest entry before this one for which seats are gathered. */
  gatheringAhead: Pick<WaitlistEntry, "gatheringSince" | "standsBackUntil"> | undefined;
  ahead: { entries: number; seats: number };
  now: Date;
}

/** Says why an entry has no offer; `undefined` if it has one, is done, or the reason is not known. */
export function whyWaiting(entry: WaitlistEntry, state: WaitingState): WaitReason | undefined {
  if (entry.status === "closed") {
    return entry.closedReason && { code: "CLOSED", reason: entry.closedReason };
  }
  if (entry.status !== "joining" && entry.status !== "waiting") return undefined;
  if (state.queue?.pausedAt) return { code: "PAUSED" };
  const { supply, now } = state;
  if (!supply) return undefined;
  // An entry opens the lists of its types by joining, perhaps after this supply was read.
  const offered = supply.types.filter((type) => isOffered({ ...type, isOpen: true }, now));
  const types = new Map(offered.map((type) => [type.ticketTypeId, type]));
  const wants = wantsOf(entry, types);
  const best = bestWant(wants, supply);
  if (!supply.isOnSale || startsSoon(supply, now) || !best) return { code: "NOT_ON_SALE" };
  if (best.kept === 0) return { code: "NOTHING_FREE" };
  const isEnough = wants.some(({ type, fewest }) => seatsOf(type, supply.setAside) >= fewest);
  return (isEnough ? undefined : whyTooFew(entry, best, { supply, now })) ??
    whyOthers(state, supply);
}

/** Why an entry that there is not enough for has to wait, as far as it is its own doing. */
function whyTooFew(
  entry: WaitlistEntry,
  { kept, of }: { kept: number; of: number },
  { supply, now }: { supply: WaitlistSupply; now: Date },
): WaitReason | undefined {
  const { passed, standsBackUntil } = entry;
  if (standsBackUntil && isStandingBack(entry, now)) {
    return { code: "STANDING_BACK", until: standsBackUntil };
  }
  const until = gatheredUntil(entry, supply.startsAt);
  return until && until > now ? { code: "GATHERING", kept, of, passed, until } : undefined;
}

function whyOthers(
  { gatheringAhead, ahead, now }: WaitingState,
  { startsAt }: WaitlistSupply,
): WaitReason {
  const until = gatheringAhead && gatheredUntil(gatheringAhead, startsAt);
  if (gatheringAhead && until && until > now && !isStandingBack(gatheringAhead, now)) {
    return { code: "BEHIND_A_GROUP", until };
  }
  return { code: "OTHERS_FIRST", ...ahead };
}

/** What is left of the wanted type that most are left of, and how many of it the entry waits for. */
function bestWant(wants: readonly Want[], { setAside }: WaitlistSupply) {
  const all = wants.map(({ type, fewest }) => ({ kept: seatsOf(type, setAside), of: fewest }));
  return all.toSorted((a, b) => b.kept - a.kept)[0];
}

/** The wait that a place in line is told. */
export function estimatedWait(position: number): string {
  if (position <= 1) return "Next in line";
  if (position <= 5) return "5-15 minutes";
  if (position <= 20) return "15-60 minutes";
  return "More than 1 hour";
}

/** The pace of a line is taken from the offers since so long. */
export const PACE_WINDOW_MS = 3 * 3_600_000;
/** From fewer offers no pace can be told. */
const MIN_OFFERS = 3;

/**
 * Estimates the minutes until an offer from the offers of {@link PACE_WINDOW_MS}; `undefined` if they are too few, or
 * if the event would begin before.
 */
export function estimatedMinutes(
  { position, offers, startsAt, now }: {
    position: number;
    offers: number;
    startsAt: Date | undefined;
    now: Date;
  },
): number | undefined {
  if (offers < MIN_OFFERS) return undefined;
  const waitMs = position * PACE_WINDOW_MS / offers;
  if (startsAt && now.getTime() + waitMs > startsAt.getTime() - MIN_OFFER_LEAD_MS) return undefined;
  return Math.ceil(waitMs / 60_000);
}
