import { DomainError } from "@evently/shared/errors";
import { laneOf } from "@evently/shared/lanes";
import { DEFAULT_TAKEOVER_AFTER_MS } from "../config.ts";
import type { BookingDeps } from "../deps.ts";
import { paymentOf } from "../orders/store.ts";
import { settleConfirmation } from "./settle_confirmation.ts";

const MAX_BATCH = 50;

/**
 * Continues confirmations whose driver died or got no answer. Begins at a random lane, so that several processes rarely
 * meet.
 *
 * @returns whether there may be more
 */
export async function settleStuck(
  deps: BookingDeps,
  { takeoverAfterMs = DEFAULT_TAKEOVER_AFTER_MS }: { takeoverAfterMs?: number } = {},
): Promise<boolean> {
  const now = deps.clock.now();
  const stuck = await deps.bookings.leaseStuckConfirmations({
    firstLane: laneOf(deps.ids.newId()),
    before: new Date(now.getTime() - takeoverAfterMs),
    now,
    limit: MAX_BATCH,
  });
  for (const [i, confirmation] of stuck.entries()) {
    if (deps.confirmations.isStopping) {
      await deps.bookings.handOnConfirmations(stuck.slice(i).map(paymentOf));
      return false;
    }
    const { bookingId } = confirmation.booking;
    try {
      const { status } = await settleConfirmation(deps, confirmation);
      deps.log.info("confirmations: settled a stuck one", { booking_id: bookingId, status });
    } catch (error) {
      const ended = error instanceof DomainError && error.code !== "UNAVAILABLE";
      deps.log[ended ? "info" : "warn"]("confirmations: a stuck one was not confirmed", {
        booking_id: bookingId,
        error: ended ? error.message : error,
      });
    }
  }
  return stuck.length === MAX_BATCH;
}
