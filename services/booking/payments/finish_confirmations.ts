import { within } from "@evently/shared/within";
import type { BookingDeps } from "../deps.ts";

/**
 * Lets the confirmations that this process drives end, for so many milliseconds at most, also those whose buyers have
 * gone; what is left then is handed on: whoever looks next drives it, without waiting until it counts as stuck.
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
