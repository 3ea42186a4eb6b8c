import { callReleaseExpiredSeats, eventsWithExpiredHolds } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/** Default of how long after their expiry whoever holds seats may still release them; then that is done here. */
export const SWEEP_GRACE_MS = 30_000;
/** Allocations that are released in one transaction. */
const MAX_RELEASED = 512;
/** Expired holds that one pass looks at. */
const MAX_SCANNED = 10_000;

/**
 * Releases allocations past their expiry and a grace, event by event, whatever became of their holders.
 * Safe in several processes at once: each release locks the event's inventory and takes what is still held.
 *
 * @returns how many were released, and whether there may be more to do at once
 */
export async function runSeatSweep(
  { seatSql, clock, search, seatNews }: SeatDeps,
  { graceMs = SWEEP_GRACE_MS }: { graceMs?: number } = {},
): Promise<{ released: number; more: boolean }> {
  const cutoff = new Date(clock.now().getTime() - graceMs);
  let total = 0;
  let more = false;
  for (const eventId of await eventsWithExpiredHolds(seatSql, { cutoff, scan: MAX_SCANNED })) {
    const { released, available_before, available, seq } = await callReleaseExpiredSeats(seatSql, {
      eventId,
      cutoff,
      limit: MAX_RELEASED,
    });
    seatNews.tell(eventId, { available_seats: available, seq });
    total += released.length;
    more ||= released.length === MAX_RELEASED;
    if (available_before === 0 && available > 0) void search.eventChanged(eventId);
  }
  return { released: total, more };
}
