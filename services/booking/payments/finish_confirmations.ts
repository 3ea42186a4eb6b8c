import { within } from "@evently/shared/within";
import type { BookingDeps } from "../deps.ts";

/**
 * Waits for the confirmations that this process drives, for at most `limitMs`. The rest are handed on: another
 * process takes them over at once, instead of waiting until they count as stuck.
 */
export async function finishConfirmations(
  { confirmations, bookings, log }: Pick<BookingDeps, "confirmations" | "bookings" | "log">,
  limitMs: number,
): Promise<void> {
  confirmations.isStopping = true;
  await within(limitMs, confirmations.ended(), () => {});
  const left = confirmations.list();
  if (left.length === 0) return;
  await bookings.handOnConfirmations(left);
  log.info("confirmations: handed on", { confirmations: left.length });
}
