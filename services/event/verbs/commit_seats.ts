import type { CommitResponse } from "../schemas/seats.ts";
import { callCommitSeats } from "../store/seats.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Sells held seats. Idempotent: what is sold stays so and is answered as `committed` again. What expired,
 * was released or is unknown is refused, and everything once the event was cancelled.
 */
export async function commitSeats(
  { seatSql, clock }: Pick<SeatDeps, "seatSql" | "clock">,
  { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
): Promise<CommitResponse> {
  const { committed, available, seq } = await callCommitSeats(seatSql, {
    eventId,
    allocationIds,
    now: clock.now(),
  });
  const sold = new Set(committed);
  return {
    available_seats: available,
    seq,
    results: allocationIds.map((allocation_id) => ({
      allocation_id,
      outcome: sold.has(allocation_id) ? "committed" : "refused",
    })),
  };
}
