import type { AllocationBatch, ReleaseResponse } from "./wire.ts";
import { callReleaseSeats } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Gives seats back, held or sold, of each event a batch, in one transaction; answers by batch: to the waitlist while
 * one is open, else to the public. Idempotent: each allocation is answered as `released` once, and is `unchanged`
 * from then on.
 */
export async function releaseSeats(
  { seatSql, search }: Pick<SeatDeps, "seatSql" | "search">,
  batches: AllocationBatch[],
): Promise<ReleaseResponse[]> {
  const freed = await callReleaseSeats(seatSql, batches);
  return batches.map(({ event_id, allocation_ids }, i) => {
    const { released, available_before, available, seq } = freed[i]!;
    if (available_before === 0 && available > 0) void search.eventChanged(event_id);
    const told = new Set(released);
    return {
      available_seats: available,
      seq,
      results: allocation_ids.map((allocationId) => ({
        allocation_id: allocationId,
        // Taken out as it is told, so that an id that came twice was released once.
        outcome: told.delete(allocationId) ? "released" : "unchanged",
      })),
    };
  });
}
