import type { Clock } from "@evently/shared/clock";
import { MAX_BLOCKS } from "./block_buyer.ts";
import type { HoldBlock, UnpaidHolds, UnpaidHoldStore } from "./store.ts";

/** The reservations of an event, and the users who may not make any. */
export interface UnpaidHoldsView {
  holds: UnpaidHolds;
  blocks: HoldBlock[];
}

/** Counts the unpaid reservations of an event, and lists who is blocked. */
export async function viewUnpaidHolds(
  { unpaidHolds, clock }: {
    unpaidHolds: Pick<UnpaidHoldStore, "count" | "listOfEvent">;
    clock: Clock;
  },
  { eventId }: { eventId: string },
): Promise<UnpaidHoldsView> {
  const now = clock.now();
  const [holds, blocks] = await Promise.all([
    unpaidHolds.count({ eventId, now }),
    unpaidHolds.listOfEvent({ eventId, now, limit: MAX_BLOCKS }),
  ]);
  return { holds, blocks };
}
