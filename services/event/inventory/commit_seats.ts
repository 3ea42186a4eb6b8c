import type { AllocationBatch, CommitResponse } from "./wire.ts";
import { callCommitSeats } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Sells held seats, of each event a batch, in one transaction; answers by batch. Idempotent: what is sold stays so
 * and is answered as `committed` again. What expired, was released or is unknown is refused, and everything once
 * the event was cancelled or has ended.
 */
export async function commitSeats(
  { seatSql, clock }: Pick<SeatDeps, "seatSql" | "clock">,
  batches: AllocationBatch[],
): Promise<CommitResponse[]> {
  const sales = await callCommitSeats(seatSql, { batches, now: clock.now() });
  return batches.map(({ allocation_ids }, i) => {
    const { committed, available, seq } = sales[i]!;
    const sold = new Set(committed);
    return {
      available_seats: available,
      seq,
      results: allocation_ids.map((allocationId) => ({
        allocation_id: allocationId,
        outcome: sold.has(allocationId) ? "committed" : "refused",
      })),
    };
  });
}
