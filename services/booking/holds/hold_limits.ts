import type { Booking } from "../orders/booking.ts";
import type { BookingSettings } from "../deps.ts";

/** Seats must stay held for at least this long while their payment is made. */
export const PAYMENT_WINDOW_MS = 60_000;

/** When the seats of a hold come free at the latest, whatever extends it: its buyer, or a payment. */
export function holdCap(
  { bookedAt }: Pick<Booking, "bookedAt">,
  { maxHoldMs }: Pick<BookingSettings, "maxHoldMs">,
): Date {
  return new Date(bookedAt.getTime() + maxHoldMs);
}

/** When a hold ends that its buyer has had extended: a payment that begins by then has its window before the cap. */
export function extendedExpiry(
  booking: Pick<Booking, "bookedAt">,
  settings: Pick<BookingSettings, "maxHoldMs">,
): Date {
  return new Date(holdCap(booking, settings).getTime() - PAYMENT_WINDOW_MS);
}
