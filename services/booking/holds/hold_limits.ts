import type { Booking } from "../orders/booking.ts";
import type { BookingSettings } from "../deps.ts";

/** Seats stay held for at least this long while a payment is made. */
export const PAYMENT_WINDOW_MS = 60_000;

/** When a hold ends at the latest, whatever extends it: its buyer, or a payment. */
export function holdCap(
  { bookedAt }: Pick<Booking, "bookedAt">,
  { maxHoldMs }: Pick<BookingSettings, "maxHoldMs">,
): Date {
  return new Date(bookedAt.getTime() + maxHoldMs);
}

/** The end of a hold after its buyer extends it: a payment that begins by then still has its window before the cap. */
export function extendedExpiry(
  booking: Pick<Booking, "bookedAt">,
  settings: Pick<BookingSettings, "maxHoldMs">,
): Date {
  return new Date(holdCap(booking, settings).getTime() - PAYMENT_WINDOW_MS);
}
