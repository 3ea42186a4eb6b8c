import type { Booking } from "../../../services/booking/orders/booking.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { type BookingTables, toBooking } from "./tables.ts";

export function extendHold(
  tables: BookingTables,
  { userId, expiresAt, now, ...key }: Parameters<BookingStore["extendHold"]>[0],
): Booking | undefined {
  const row = tables.find(key);
  if (row?.userId !== userId || row.status !== "pending" || row.extendedAt) return undefined;
  if (row.expiresAt <= now || row.expiresAt >= expiresAt) return undefined;
  return toBooking(tables.update(row, { expiresAt, extendedAt: now }));
}
