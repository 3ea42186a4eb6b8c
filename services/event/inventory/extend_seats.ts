import type { SeatDeps } from "./deps.ts";
import { callExtendSeats } from "./seats_sql.ts";
import type { ExtendItem, ExtendResult } from "./types.ts";

/**
 * Extends holds; never shortens one. `extended` holds last at least as long as requested; expired, sold, released and
 * unknown ones are refused.
 */
export async function extendSeats(
  { seatSql, clock }: Pick<SeatDeps, "seatSql" | "clock">,
  { eventId, items }: { eventId: string; items: readonly ExtendItem[] },
): Promise<ExtendResult> {
  const { extended, seq } = await callExtendSeats(seatSql, { eventId, items, now: clock.now() });
  const extendedIds = new Set(extended);
  return {
    seq,
    results: items.map(({ allocationId }) => ({
      allocationId,
      outcome: extendedIds.has(allocationId) ? "extended" : "refused",
    })),
  };
}
