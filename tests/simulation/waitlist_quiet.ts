import { isActive, type WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import { gatheredUntil } from "../../services/booking/waitlist/gathering.ts";
import { pauseWaitlist } from "../../services/booking/waitlist/pause_waitlist.ts";
import { toEntry } from "./model/waitlist_tables.ts";
import type { Simulation } from "./simulation.ts";
import { assertHolds } from "./violation.ts";
import { leaveAs } from "./waiters.ts";
import { type CheckedDecision, checkOffers } from "./waitlist_decisions.ts";

/** Long enough for entries that join to be driven on. */
const SERVED_AFTER_MS = 30_000;
const ROUND_MS = 2_000;
/** Clocks may differ about times as near as this. */
const NEAR_MS = 7 * 60_000;

/**
 * Without faults, everybody who can be offered something is offered it soon. Resumes the lists that are paused.
 *
 * @throws {Violation}
 */
export async function checkEverybodyServed(world: Simulation): Promise<void> {
  if (world.bookings.entries.where(isActive).length === 0) return;
  for (const { eventId, pausedAt } of world.bookings.queues.rows()) {
    if (!pausedAt) continue;
    world.random.pick(world.hosts).request({
      label: "resume the waitlist",
      work: (deps) => pauseWaitlist(deps, { eventId, isPaused: false }),
      settle: () => {},
    });
  }
  // Messages that were slow before may still be under way.
  world.scheduler.nowMs += world.conditions.longestDelayMs;
  for (let passedMs = 0; passedMs < SERVED_AFTER_MS; passedMs += ROUND_MS) {
    await world.settle();
    world.scheduler.nowMs += ROUND_MS;
  }
  await world.settle();
  for (const eventId of world.events) checkServed(world, eventId);
}

/** Lets all who wait leave, so that nothing may stay aside. */
export function letEverybodyLeave(world: Simulation): void {
  for (const entry of world.bookings.entries.where(isActive)) leaveAs(world, entry);
}

function checkServed({ bookings, seats, scheduler: { nowMs } }: Simulation, eventId: string): void {
  const now = new Date(nowMs);
  const [supply] = seats.waitlistSupply({ eventIds: [eventId], now });
  const entries = bookings.entries.where((entry) => entry.eventId === eventId).map(toEntry)
    .sort((a, b) => a.place - b.place);
  const isNear = (at: Date | undefined) => at !== undefined && Math.abs(+at - nowMs) < NEAR_MS;
  const changesSoon = (entry: WaitlistEntry) =>
    isNear(entry.standsBackUntil) || isNear(gatheredUntil(entry, supply!.startsAt));
  for (const entry of entries) {
    const isJoining = entry.status === "joining" && !isNear(entry.joinedAt);
    const isBetween = isJoining || entry.status === "offering";
    assertHolds(!isBetween, "an entry is stuck between two steps", entry);
  }
  // A request to pause it may have come late.
  if (bookings.queues.get(eventId)?.pausedAt) return;
  const waiting = entries.filter(({ status }) => status === "waiting");
  const leadMs = +supply!.startsAt - nowMs;
  if (Math.abs(leadMs) < 2 * NEAR_MS || waiting.some(changesSoon)) return;
  checkOffers({ entries: waiting, supply: supply! }, nothingAt(now));
}

function nothingAt(now: Date): CheckedDecision {
  return { now, offers: [], passes: [], gathering: [], notGathering: [] };
}

/** Checks that nobody waits any longer, and that nothing is set aside for them. */
export function checkNobodyWaits({ bookings, seats }: Simulation): void {
  const left = bookings.entries.where(isActive);
  assertHolds(left.length === 0, "somebody waits who has left", ...left);
  for (const type of seats.tables.types.rows()) {
    assertHolds(!type.waitlist_open, "a list is open though nobody waits", type);
  }
  for (const row of seats.tables.inventories.rows()) {
    assertHolds(row.set_aside === 0, "seats stay aside though nobody waits", row);
  }
  for (const queue of bookings.queues.rows()) {
    assertHolds(!queue.isOpen, "a queue is open though nobody waits", queue);
  }
}
