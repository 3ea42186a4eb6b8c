import type { SeatDeps } from "./deps.ts";
import { callReleaseSeats } from "./seats_sql.ts";
import type { AllocationBatch, ReleaseBatchResult } from "./types.ts";

/**
 * Releases held and sold seats, one batch per event, in one transaction: to the waitlist while one is open, else to
 * the public. Idempotent: an allocation is reported as `released` once, and as `unchanged` from then on.
 */
export async function releaseSeats(
  { seatSql, search }: Pick<SeatDeps, "seatSql" | "search">,
  batches: readonly AllocationBatch[],
): Promise<ReleaseBatchResult[]> {
  const freed = await callReleaseSeats(seatSql, batches);
  return freed.map(({ released, availableBefore, available, seq }, i) => {
    const { eventId, allocationIds } = batches[i]!;
    if (availableBefore === 0 && available > 0) void search.eventChanged(eventId);
    const unreported = new Set(released);
    return {
      availableSeats: available,
      seq,
      results: allocationIds.map((allocationId) => ({
        allocationId,
        // Deleted once reported, so that an id that occurs twice is released once.
        outcome: unreported.delete(allocationId) ? "released" : "unchanged",
      })),
    };
  });
}
