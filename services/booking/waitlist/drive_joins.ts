import type { Clock } from "@evently/shared/clock";
import type { SeatInventory } from "../peers/seat_inventory.ts";
import { isActive, type WaitlistEntry } from "./entry.ts";
import type { Positions } from "./positions.ts";
import type { Waitlist } from "./waitlist.ts";

export interface DriveDeps {
  waitlist: Pick<Waitlist, "admit" | "turnAway" | "find">;
  inventory: Pick<SeatInventory, "openWaitlist">;
  positions: Pick<Positions, "add">;
  clock: Clock;
  nudge: { waitlist(): void };
}

/** What became of an entry that was joining. */
export type JoinOutcome = "waits" | JoinRefusal;

/** event_gone: the event is unknown or not on sale. available: what it wants can be bought. Others are of its types. */
export type JoinRefusal =
  | "event_gone"
  | "available"
  | "no_such_type"
  | "not_on_sale"
  | "too_many";

/**
 * Drives entries of one event that are joining to their end: opens the waitlist of what they want, so that the public
 * gets no more of it, and admits them, or turns those away who can buy now. Idempotent: a worker repeats it for entries
 * of a request that died.
 *
 * @returns the outcome of each, in order; an entry that has left meanwhile is not admitted, and one that another process
 * has turned away is turned away
 */
export async function driveJoins(
  { waitlist, inventory, positions, clock, nudge }: DriveDeps,
  { eventId, entries }: { eventId: string; entries: readonly WaitlistEntry[] },
): Promise<JoinOutcome[]> {
  const opened = await inventory.openWaitlist({
    eventId,
    wanted: entries.map(({ ticketTypeIds, minQuantity }) => ({ ticketTypeIds, minQuantity })),
  });
  const outcomes = entries.map((_, i): JoinOutcome => {
    if (opened.outcome !== "opened") return "event_gone";
    const result = opened.results[i];
    if (result === undefined) throw new Error("a wish to wait was not answered");
    return result;
  });
  const [waiting, refused] = [true, false].map((waits) =>
    entries.filter((_, i) => (outcomes[i] === "waits") === waits).map(({ entryId }) => entryId)
  ) as [string[], string[]];
  if (refused.length > 0) await waitlist.turnAway({ eventId, entryIds: refused });
  if (waiting.length > 0) {
    const admitted = await waitlist.admit({ eventId, entryIds: waiting, now: clock.now() });
    await positions.add(admitted);
    nudge.waitlist();
    const ids = new Set(admitted.map(({ entryId }) => entryId));
    for (const [i, entry] of entries.entries()) {
      if (outcomes[i] !== "waits" || ids.has(entry.entryId)) continue;
      if (!await isKnown({ waitlist }, entry)) outcomes[i] = "available";
    }
  }
  return outcomes;
}

/** Whether an entry that was not admitted is so already, or has left; else it was turned away. */
async function isKnown(
  { waitlist }: { waitlist: Pick<Waitlist, "find"> },
  { entryId, userId, eventId }: WaitlistEntry,
): Promise<boolean> {
  const latest = await waitlist.find({ userId, eventId });
  return latest !== undefined && (latest.entryId === entryId || isActive(latest));
}
