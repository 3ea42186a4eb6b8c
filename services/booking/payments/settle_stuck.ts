import { DomainError } from "@evently/shared/errors";
import { laneOf, lanesFrom } from "@evently/shared/lanes";
import { DEFAULT_TAKEOVER_AFTER_MS } from "../config.ts";
import type { BookingDeps } from "../deps.ts";
import { type Confirmation, paymentOf } from "../orders/store.ts";
import { settleConfirmation } from "./settle_confirmation.ts";

/** Confirmations per call. */
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
  let left = MAX_BATCH;
  for (const lane of lanesFrom(laneOf(deps.ids.newId()))) {
    const now = deps.clock.now();
    const before = new Date(now.getTime() - takeoverAfterMs);
    const stuck = await deps.bookings.leaseStuckConfirmations({ lane, before, now, limit: left });
    await settleAll(deps, stuck);
    left -= stuck.length;
    if (deps.confirmations.isStopping) return false;
    if (left === 0) return true;
  }
  return false;
}

/** Settles one after the other; hands on the rest once the process stops. */
async function settleAll(deps: BookingDeps, stuck: readonly Confirmation[]): Promise<void> {
  for (const [i, confirmation] of stuck.entries()) {
    if (deps.confirmations.isStopping) {
      await deps.bookings.handOnConfirmations(stuck.slice(i).map(paymentOf));
      return;
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
}
