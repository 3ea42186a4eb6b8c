import { DomainError } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { type LeaveDeps, leaveWaitlist } from "../waitlist/leave_waitlist.ts";
import type { BlockedBuyers } from "./blocked_buyers.ts";
import { type ReleaseDeps, releaseUnpaid } from "./release_unpaid.ts";
import type { HoldBlock, HoldCount, UnpaidHoldStore } from "./store.ts";

export interface BlockDeps extends Omit<ReleaseDeps, "nudge">, Omit<LeaveDeps, "nudge"> {
  unpaidHolds: ReleaseDeps["unpaidHolds"] & Pick<UnpaidHoldStore, "block">;
  blockedBuyers: Pick<BlockedBuyers, "refresh">;
  nudge: LeaveDeps["nudge"];
}

/** A block that was made, and what it ended. */
export interface MadeBlock {
  block: HoldBlock;
  released: HoldCount;
  /** Whether the user waited, and does no longer. */
  leftWaitlist: boolean;
}

/** The most users of an event that are blocked at once. */
export const MAX_BLOCKS = 200;

/**
 * Refuses reservations of an event by a user for a time: this process at once, others within a second or two, whose holds
 * in between `endBlockedHolds()` ends. The user's holds that nobody is paying end, and their place on the waitlist with
 * them, unless an offer is being paid. Calling it again changes the time.
 *
 * @throws {DomainError} `BLOCKS_FULL`: as many users are blocked as can be
 */
export async function blockBuyer(
  deps: BlockDeps,
  { eventId, userId, forMs }: BuyerOfEvent & { forMs: number },
): Promise<MadeBlock> {
  const blockedAt = deps.clock.now();
  const blockedUntil = new Date(blockedAt.getTime() + forMs);
  const block = { eventId, userId, blockedAt, blockedUntil };
  if (!await deps.unpaidHolds.block({ ...block, limit: MAX_BLOCKS })) {
    throw new DomainError("BLOCKS_FULL", MAX_BLOCKS);
  }
  await deps.blockedBuyers.refresh();
  const released = await releaseUnpaid(deps, { eventId, userIds: [userId] });
  const leftWaitlist = await leaveUnlessPaying(deps, { eventId, userId });
  return { block, released, leftWaitlist };
}

async function leaveUnlessPaying(deps: BlockDeps, buyer: BuyerOfEvent): Promise<boolean> {
  try {
    await leaveWaitlist(deps, { ...buyer, sparesPayments: true });
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return false;
  }
}
