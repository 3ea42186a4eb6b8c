import type { ExtendRequest, ExtendResponse } from "./wire.ts";
import { callExtendSeats } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Lets holds live longer, never shorter. `extended` are those that are held at least as long as wished;
 * what expired, was sold or released, or is unknown is refused.
 */
export async function extendSeats(
  { seatSql, clock }: Pick<SeatDeps, "seatSql" | "clock">,
  { eventId, items }: ExtendRequest & { eventId: string },
): Promise<ExtendResponse> {
  const { extended, seq } = await callExtendSeats(seatSql, { eventId, items, now: clock.now() });
  const longer = new Set(extended);
  return {
    seq,
    results: items.map(({ allocation_id }) => ({
      allocation_id,
      outcome: longer.has(allocation_id) ? "extended" : "refused",
    })),
  };
}
