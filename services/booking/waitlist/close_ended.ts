import type { Clock } from "@evently/shared/clock";
import { startsSoon } from "./decide_offers.ts";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import type { Positions } from "./positions.ts";
import type { WaitlistStore } from "./store.ts";
import type { SuppliedType, WaitlistSupply } from "./supply.ts";

export interface CloseDeps {
  waitlist: Pick<WaitlistStore, "close" | "hasWaiting" | "closeQueue">;
  inventory: Pick<SeatInventory, "closeWaitlist">;
  positions: Pick<Positions, "rebuild" | "forget">;
  clock: Clock;
}

/** Entries of one statement. */
const PAGE = 500;
/** The most such pages of one call; the next one goes on. */
const MAX_PAGES = 20;
/**
 * A queue is closed if nobody joined for so long: longer than any request takes, so that no list is opened by one that
 * began before, for an entry that has left.
 */
export const QUIET_MS = 5 * 60_000;

/**
 * Ends what cannot be served any more: entries of an event that is over or about to begin, and entries that wait for nothing but ticket
 * types that are archived or whose sale has ended. Then closes the lists of types that nobody waits for, so that their
 * seats are the public's, and at last the queue.
 *
 * @param supply of the event, read before
 * @returns whether there is more to do at once
 */
export async function closeEnded(deps: CloseDeps, supply: WaitlistSupply): Promise<boolean> {
  const { eventId, isOnSale, types } = supply;
  const now = deps.clock.now();
  const ended = types.filter((type) => hasEnded(type, now)).map((type) => type.ticketTypeId);
  const closed = !isOnSale
    ? await closePages(deps, { eventId, reason: "event_over" })
    : startsSoon(supply, now)
    ? await closePages(deps, { eventId, reason: "starts_soon" })
    : ended.length > 0
    ? await closePages(deps, { eventId, reason: "types_ended", wantingOnly: ended })
    : { entries: 0, isMore: false };
  const ticketTypeIds = types.map(({ ticketTypeId }) => ticketTypeId);
  if (closed.isMore) return true;
  if (closed.entries > 0) await deps.positions.rebuild({ eventId, ticketTypeIds });
  const areClosed = await closeIdleLists(deps, supply);
  if (!areClosed) return false;
  const joinedBefore = new Date(now.getTime() - QUIET_MS);
  if (await deps.waitlist.closeQueue({ eventId, joinedBefore })) {
    await deps.positions.forget({ eventId, ticketTypeIds });
  }
  return false;
}

/**
 * Closes the lists of ticket types that nobody waits for. Their generations were read before that is asked, and an entry
 * is inserted before its list is opened: so either it is seen, or the generation has moved on and the list stays open.
 *
 * @returns whether no list is open
 */
export async function closeIdleLists(
  { waitlist, inventory }: Pick<CloseDeps, "inventory"> & {
    waitlist: Pick<WaitlistStore, "hasWaiting">;
  },
  { eventId, types }: WaitlistSupply,
): Promise<boolean> {
  const open = types.filter(({ isOpen }) => isOpen);
  const idle: SuppliedType[] = [];
  for (const type of open) {
    const { ticketTypeId } = type;
    if (!await waitlist.hasWaiting({ eventId, ticketTypeId })) idle.push(type);
  }
  if (idle.length === 0) return open.length === 0;
  const { closed } = await inventory.closeWaitlist({
    eventId,
    types: idle.map(({ ticketTypeId, generation }) => ({ ticketTypeId, generation })),
  });
  return closed.length === open.length;
}

/** Closes all entries in line for an event that is over. Returns whether that is all. */
export async function closeLine(
  deps: Pick<CloseDeps, "clock"> & { waitlist: Pick<WaitlistStore, "close"> },
  { eventId }: { eventId: string },
): Promise<boolean> {
  return !(await closePages(deps, { eventId, reason: "event_over" })).isMore;
}

async function closePages(
  { waitlist, clock }: Parameters<typeof closeLine>[0],
  what: Pick<Parameters<WaitlistStore["close"]>[0], "eventId" | "reason" | "wantingOnly">,
): Promise<{ entries: number; isMore: boolean }> {
  let entries = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const closed = await waitlist.close({ ...what, limit: PAGE, now: clock.now() });
    entries += closed;
    if (closed < PAGE) return { entries, isMore: false };
  }
  return { entries, isMore: true };
}

function hasEnded({ status, salesEnd }: SuppliedType, now: Date): boolean {
  return status === "archived" || (salesEnd !== undefined && salesEnd <= now);
}
