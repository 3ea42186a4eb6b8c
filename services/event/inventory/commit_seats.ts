import { runByServer } from "@evently/shared/postgres";
import type { SeatDeps } from "./deps.ts";
import { callCommitSeats } from "./seats_sql.ts";
import type { CommitBatch, CommitBatchResult } from "./types.ts";

/**
 * Sells orders of held seats, one batch per event, in one transaction. Idempotent: sold allocations stay sold and are reported
 * as `committed` again. Expired, released and unknown ones are refused, and all of a cancelled or ended event.
 */
export async function commitSeats(
  { seatSql, clock }: Pick<SeatDeps, "seatSql" | "clock">,
  batches: readonly CommitBatch[],
): Promise<CommitBatchResult[]> {
  const now = clock.now();
  const sales = await runByServer(
    seatSql,
    batches,
    (part, together) => callCommitSeats(seatSql, { batches: part, now, together }),
  );
  return sales.map(({ committed, available, seq }, i) => {
    const sold = new Set(committed);
    return {
      availableSeats: available,
      seq,
      results: batches[i]!.allocationIds.map((allocationId) => ({
        allocationId,
        outcome: sold.has(allocationId) ? "committed" : "refused",
      })),
    };
  });
}
