import type { BlockedBuyers } from "./blocked_buyers.ts";
import { type ReleaseDeps, releaseUnpaid } from "./release_unpaid.ts";

/**
 * Ends holds of blocked users that were made before every process knew of the block, or while it was made. Returns how
 * many.
 */
export async function endBlockedHolds(
  deps: ReleaseDeps & { blockedBuyers: Pick<BlockedBuyers, "refresh" | "listByEvent"> },
): Promise<number> {
  await deps.blockedBuyers.refresh();
  let ended = 0;
  for (const blocks of deps.blockedBuyers.listByEvent()) {
    ended += (await releaseUnpaid(deps, blocks)).bookings;
  }
  return ended;
}
