import type { ReleaseResponse } from "../schemas/seats.ts";
import { callReleaseSeats } from "../store/seats.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Gives seats back, held or sold: to the waitlist while one is open, else to the public. Idempotent:
 * each allocation is answered as `released` once, and is `unchanged` from then on.
 */
export async function releaseSeats(
  { seatSql, search }: Pick<SeatDeps, "seatSql" | "search">,
  { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
): Promise<ReleaseResponse> {
  const { released, available_before, available, seq } = await callReleaseSeats(seatSql, {
    eventId,
    allocationIds,
  });
  if (available_before === 0 && available > 0) void search.eventChanged(eventId);
  const freed = new Set(released);
  return {
    available_seats: available,
    seq,
    results: allocationIds.map((allocation_id) => ({
      allocation_id,
      // Taken out as it is told, so that an id that came twice was released once.
      outcome: freed.delete(allocation_id) ? "released" : "unchanged",
    })),
  };
}
