import type { BuyerOfEvent } from "../orders/store.ts";
import type { BlockedBuyers } from "./blocked_buyers.ts";
import type { UnpaidHoldStore } from "./store.ts";

/** Lets a user reserve tickets of an event again: here at once, elsewhere within a second or two. Idempotent. */
export async function unblockBuyer(
  { unpaidHolds, blockedBuyers }: {
    unpaidHolds: Pick<UnpaidHoldStore, "unblock">;
    blockedBuyers: Pick<BlockedBuyers, "refresh">;
  },
  buyer: BuyerOfEvent,
): Promise<boolean> {
  const wasBlocked = await unpaidHolds.unblock(buyer);
  await blockedBuyers.refresh();
  return wasBlocked;
}
