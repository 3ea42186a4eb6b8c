import { runByServer } from "@evently/shared/postgres";
import type { SeatDeps } from "./deps.ts";
import { callReleaseSeats } from "./seats_sql.ts";
import type { AllocationBatch, ReleaseBatchResult } from "./types.ts";

/**
 * Releases held and sold seats, or all but `keep` tickets of each allocation, one batch per event, in one transaction: to
 * those who wait, as far as they could use them, else to the public. Idempotent: an allocation is reported as `released`
 * once for each `keep` that is less than what it has, and as `unchanged` otherwise.
 */
export async function releaseSeats(
  { seatSql, search }: Pick<SeatDeps, "seatSql" | "search">,
  batches: readonly AllocationBatch[],
): Promise<ReleaseBatchResult[]> {
  const freed = await runByServer(
    seatSql,
    batches.map(distinct),
    (part, together) => callReleaseSeats(seatSql, { batches: part, together }),
  );
  return freed.map(({ released, availableBefore, available, setAside, seq }, i) => {
    const { eventId, allocationIds } = batches[i]!;
    if (availableBefore === 0 && available > 0) void search.eventChanged(eventId);
    const unreported = new Set(released);
    return {
      availableSeats: available,
      setAside,
      seq,
      results: allocationIds.map((allocationId) => ({
        allocationId,
        // Deleted once reported, so that an id that occurs twice is released once.
        outcome: unreported.delete(allocationId) ? "released" : "unchanged",
      })),
    };
  });
}

/** An allocation that occurs twice keeps the smaller number. */
function distinct(batch: AllocationBatch): AllocationBatch {
  const { eventId, allocationIds, keep } = batch;
  if (!keep || new Set(allocationIds).size === allocationIds.length) return batch;
  const kept = new Map<string, number>();
  allocationIds.forEach((id, i) => kept.set(id, Math.min(kept.get(id) ?? Infinity, keep[i] ?? 0)));
  return { eventId, allocationIds: [...kept.keys()], keep: [...kept.values()] };
}
