import type { BookingStore, Takings } from "../../../services/booking/orders/store.ts";
import { type BookingTables, isCaptured } from "./tables.ts";

export function takings(
  tables: BookingTables,
  { eventId }: Parameters<BookingStore["takings"]>[0],
): Takings[] {
  const byCurrency = new Map<string, Takings>();
  for (const booking of tables.bookings.where((row) => row.eventId === eventId)) {
    const payment = tables.paymentsOf(booking.bookingId).find(({ status }) => isCaptured(status));
    if (!payment) continue;
    const { currency } = payment;
    const { grossMinor = 0, refundedMinor = 0 } = byCurrency.get(currency) ?? {};
    byCurrency.set(currency, {
      currency,
      grossMinor: grossMinor + payment.amountMinor,
      refundedMinor: refundedMinor + (booking.refundMinor ?? 0),
    });
  }
  return [...byCurrency.values()].sort((a, b) => a.currency < b.currency ? -1 : 1);
}
