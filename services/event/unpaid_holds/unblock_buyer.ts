import type { EventBookings, Unblocked } from "../peers/event_bookings.ts";
import { type BlockDeps, recordBlock, type WantedBlock } from "./block_buyer.ts";

/**
 * Lets an account reserve tickets of an event again. Idempotent.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; `FORBIDDEN`: they only read
 * @throws {Unavailable} the booking service does not answer
 */
export async function unblockBuyer(
  deps: Omit<BlockDeps, "bookings"> & { bookings: Pick<EventBookings, "unblockBuyer"> },
  wanted: WantedBlock,
): Promise<Unblocked> {
  await recordBlock(deps, wanted, { action: "buyer.unblocked" });
  return await deps.bookings.unblockBuyer(wanted.eventId, wanted.userId);
}
