import type { Clock } from "@evently/shared/clock";
import { closeIdleLists } from "./close_ended.ts";
import { decideOffers, MAX_OFFERS, type OfferDecision } from "./decide_offers.ts";
import { type DriveDeps, driveJoins } from "./drive_joins.ts";
import type { WaitlistEntry } from "./entry.ts";
import { type FinishDeps, finishOffers, offeringsOf } from "./finish_offers.ts";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import type { WaitlistStore } from "./store.ts";
import { isOffered, type WaitlistSupply } from "./supply.ts";

export interface ServeDeps extends FinishDeps, DriveDeps {
  waitlist:
    & FinishDeps["waitlist"]
    & DriveDeps["waitlist"]
    & Pick<
      WaitlistStore,
      | "findQueue"
      | "listUnfinished"
      | "listWaiting"
      | "listGathering"
      | "decide"
      | "hasWaiting"
    >;
  inventory:
    & FinishDeps["inventory"]
    & DriveDeps["inventory"]
    & Pick<SeatInventory, "closeWaitlist">;
  positions: FinishDeps["positions"] & DriveDeps["positions"];
  clock: Clock;
}

/** A join that takes longer is driven on by a worker, as its process may have died. */
export const JOIN_TAKES_MS = 5_000;
/** Unfinished entries of one statement. */
const UNFINISHED_PAGE = 256;
/** The most such pages of a round; the next one goes on. */
const MAX_UNFINISHED_PAGES = 8;
/** Waiting entries of one statement. */
const WAITING_PAGE = 500;
/** The most such pages of a round: entries further back are served when those before them are gone. */
const MAX_WAITING_PAGES = 20;
const NOTHING: OfferDecision = {
  offers: [],
  passes: [],
  gathering: [],
  notGathering: [],
  isExhausted: false,
};
/** How often a round begins again in a row, as another process was first or an offer could not be made. */
const MAX_ATTEMPTS = 4;

/** What a round has done. */
export interface ServedRound {
  /** There is more to do at once. */
  isMore: boolean;
  /** How many waiting entries it read. */
  read: number;
}

/**
 * A round for one event: finishes offers that are decided, then decides who is offered the seats set aside, and makes
 * these offers. Any number of processes may do so at once, and each may die between any two steps: the version of the
 * queue is read first, so that only one decision is made on what was read after it; whatever a decision left to do is
 * found as `offering` by the next round.
 */
export async function serveWaitlist(deps: ServeDeps, eventId: string): Promise<ServedRound> {
  let read = 0;
  const end = (isMore: boolean): ServedRound => ({ isMore, read });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const queue = await deps.waitlist.findQueue(eventId);
    if (!queue) return end(false);
    if (!await finishAll(deps, eventId)) return end(true);
    if (queue.pausedAt) return end(false);
    const [supply] = await deps.inventory.waitlistSupply([eventId]);
    if (!supply) return end(false);
    const now = deps.clock.now();
    const { decision, isAnybodyWaiting, ...line } = await decideFrom(deps, supply, now);
    read += line.read;
    if (!isAnybodyWaiting) {
      await closeIdleLists(deps, supply);
      return end(false);
    }
    if (isEmpty(decision)) return end(false);
    const { version } = queue;
    const { isExhausted: _, ...changes } = decision;
    if (!await deps.waitlist.decide({ eventId, version, now, ...changes })) continue;
    if (decision.offers.length === 0) return end(false);
    if (!await finishAll(deps, eventId) || decision.offers.length === MAX_OFFERS) return end(true);
    // What could not be held was taken back, and is decided anew.
    if ((await deps.waitlist.findQueue(eventId))?.version === version + 1) return end(false);
  }
  return end(false);
}

/**
 * Ends the gathering of seats for entries of an event of which nothing is left to offer, so that their time begins anew
 * with the next seat. A round does so for the entries that it reads, and none runs while nothing is left.
 */
export async function stopGathering(
  { waitlist, inventory, settings, clock }: Pick<ServeDeps, "inventory" | "settings" | "clock"> & {
    waitlist: Pick<WaitlistStore, "findQueue" | "listGathering" | "decide">;
  },
  eventId: string,
): Promise<void> {
  const queue = await waitlist.findQueue(eventId);
  if (!queue || queue.pausedAt) return;
  const entries = await waitlist.listGathering({ eventId, after: 0, limit: WAITING_PAGE });
  if (entries.length === 0) return;
  const [supply] = await inventory.waitlistSupply([eventId]);
  if (!supply) return;
  const now = clock.now();
  const { isExhausted: _, ...changes } = decideOffers(entries, supply, {
    now,
    offerMs: settings.offerMs,
  });
  // Seats came back meanwhile: a round decides about them, with the whole line.
  if (changes.offers.length > 0 || isEmpty(changes)) return;
  await waitlist.decide({ eventId, version: queue.version, now, ...changes });
}

/** Finishes what earlier rounds and joins have begun. Returns whether that is all. */
export async function finishAll(deps: ServeDeps, eventId: string): Promise<boolean> {
  for (let page = 0; page < MAX_UNFINISHED_PAGES; page++) {
    const joiningBefore = new Date(deps.clock.now().getTime() - JOIN_TAKES_MS);
    const limit = UNFINISHED_PAGE;
    const entries = await deps.waitlist.listUnfinished({ eventId, joiningBefore, limit });
    if (entries.length === 0) return true;
    const offerings = offeringsOf(entries);
    if (offerings.length > 0) await finishOffers(deps, { eventId, offerings });
    const joining = entries.filter(({ status }) => status === "joining");
    if (joining.length > 0) await driveJoins(deps, { eventId, entries: joining });
    if (entries.length < limit) return true;
  }
  return false;
}

/**
 * Reads the line as far as it is needed: a longer part of it decides the same about the entries of a shorter one, so
 * reading ends where nobody further back could be given anything.
 */
async function decideFrom(
  { waitlist, settings }: ServeDeps,
  supply: WaitlistSupply,
  now: Date,
): Promise<{ decision: OfferDecision; isAnybodyWaiting: boolean; read: number }> {
  const { eventId } = supply;
  const offered = supply.types.filter((type) => isOffered(type, now));
  const ticketTypeIds = offered.map(({ ticketTypeId }) => ticketTypeId);
  const entries: WaitlistEntry[] = [];
  let decision = NOTHING;
  if (ticketTypeIds.length === 0) return { decision, isAnybodyWaiting: true, read: 0 };
  for (let page = 0; page < MAX_WAITING_PAGES; page++) {
    const after = entries.at(-1)?.place ?? 0;
    const limit = WAITING_PAGE;
    const read = await waitlist.listWaiting({ eventId, ticketTypeIds, after, limit });
    entries.push(...read);
    decision = decideOffers(entries, supply, { now, offerMs: settings.offerMs });
    const isFull = decision.offers.length === MAX_OFFERS;
    if (read.length < limit || isFull) break;
    if (!decision.isExhausted) continue;
    // Nobody further back can be given anything, but seats that were gathered for them may be gone.
    const behind = await waitlist.listGathering({ eventId, after: entries.at(-1)!.place, limit });
    if (behind.length > 0) {
      decision = decideOffers([...entries, ...behind], supply, { now, offerMs: settings.offerMs });
    }
    break;
  }
  return { decision, isAnybodyWaiting: entries.length > 0, read: entries.length };
}

function isEmpty(
  { offers, passes, gathering, notGathering }: Omit<OfferDecision, "isExhausted">,
): boolean {
  return [offers, passes, gathering, notGathering].every(({ length }) => length === 0);
}
