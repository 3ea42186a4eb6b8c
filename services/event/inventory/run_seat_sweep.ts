import { SEATS } from "@evently/shared/metrics";
import type { SeatDeps } from "./deps.ts";
import { callReleaseExpiredSeats, eventsWithExpiredHolds } from "./seats_sql.ts";

/** How long after a hold's expiry its owner may still release it; then the sweep does, by default. */
export const SWEEP_GRACE_MS = 30_000;
/** Allocations released in one transaction. */
const MAX_RELEASED = 512;
/** Expired holds examined by one pass. */
const MAX_SCANNED = 10_000;

/**
 * Releases holds that expired longer than a grace period ago, event by event. Safe in several processes at once: each
 * release locks the event's inventory and takes only what is still held.
 *
 * @returns how many were released, and whether to run again at once
 */
export async function runSeatSweep(
  { seatSql, clock, search, seatNews }: SeatDeps,
  { graceMs = SWEEP_GRACE_MS }: { graceMs?: number } = {},
): Promise<{ released: number; more: boolean }> {
  const cutoff = new Date(clock.now().getTime() - graceMs);
  let total = 0;
  let more = false;
  for (const eventId of await eventsWithExpiredHolds(seatSql, { cutoff, scan: MAX_SCANNED })) {
    const swept = await callReleaseExpiredSeats(seatSql, {
      eventId,
      cutoff,
      limit: MAX_RELEASED,
    });
    const { released, availableBefore, available, setAside, seq } = swept;
    seatNews.tell(eventId, { availableSeats: available, setAside, seq });
    total += released.length;
    SEATS.add(released.length, { move: "expired" });
    more ||= released.length === MAX_RELEASED;
    if (availableBefore === 0 && available > 0) void search.eventChanged(eventId);
  }
  return { released: total, more };
}
