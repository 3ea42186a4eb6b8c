/** Changes that a user makes to an entry, or to its offer. */
import { type Booking, isWaiting } from "../../../services/booking/orders/booking.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type { EndedOffer, WaitlistStore } from "../../../services/booking/waitlist/store.ts";
import { cancel, endPending } from "./end.ts";
import { type BookingRow, type BookingTables, keepOf, toBooking } from "./tables.ts";
import {
  activeOf,
  bookingOf,
  endOffers,
  type EntryRow,
  moveVersion,
  toEntry,
  updateEntry,
} from "./waitlist_tables.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

export function change(
  tables: BookingTables,
  { quantity, minQuantity, ...buyer }: Input<"change">,
): WaitlistEntry | undefined {
  const row = activeOf(tables, buyer);
  if (row?.status !== "joining" && row?.status !== "waiting") return undefined;
  if (row.quantity < quantity || row.minQuantity < minQuantity) return undefined;
  moveVersion(tables, row.eventId);
  return toEntry(updateEntry(tables, row, {
    quantity,
    minQuantity,
    passed: Math.min(row.passed, minQuantity - 1),
    lastOffer: row.lastOffer && {
      ...row.lastOffer,
      quantity: Math.min(row.lastOffer.quantity, quantity),
    },
  }));
}

export function leave(
  tables: BookingTables,
  { now, ...buyer }: Input<"leave">,
): EndedOffer | undefined {
  const row = activeOf(tables, buyer);
  if (!row) return undefined;
  const booking = bookingOf(tables, row);
  if (row.status === "offered" && booking?.status !== "pending") return undefined;
  const entry = toEntry(updateEntry(tables, row, { status: "left" }));
  if (booking) return { entry, booking: toBooking(endPending(tables, booking, now)) };
  if (row.lastOffer) {
    const subject = { subjectId: row.lastOffer.offerId, eventId: row.eventId };
    tables.enqueueFor(subject, { content: { topic: "seats.release", payload: {} }, now });
  }
  return { entry, booking: undefined };
}

export function decline(
  tables: BookingTables,
  { now, ...buyer }: Input<"decline">,
): EndedOffer | undefined {
  const row = activeOf(tables, buyer);
  const booking = row && bookingOf(tables, row);
  if (booking?.status !== "pending" || booking.expiresAt <= now) return undefined;
  const cancelled = cancel(tables, booking, { percent: 0, now });
  const [entry] = endOffers(tables, [cancelled], { end: "declined", now });
  return { entry: toEntry(entry!), booking: toBooking(cancelled) };
}

export function claim(
  tables: BookingTables,
  { claimId, quantity, now, ...buyer }: Input<"claim">,
): Booking | undefined {
  const row = activeOf(tables, buyer);
  const booking = row && bookingOf(tables, row);
  const bound = tables.claims.get(claimId);
  if (!booking || (bound && bound.offerId !== booking.bookingId)) return undefined;
  if (!isClaimable(booking, { quantity, now })) return undefined;
  const { eventId, bookingId, unitPriceMinor, lines } = booking;
  const taken = tables.update(booking, {
    quantity: booking.quantity / offeredOf(booking) * quantity,
    totalMinor: unitPriceMinor * quantity,
    lines: lines?.map((line) => ({ ...line, quantity })),
  });
  const queue = tables.queues.get(eventId)!;
  const claimedAt = queue.claimedAt && queue.claimedAt > now ? queue.claimedAt : now;
  tables.queues.put(eventId, { ...queue, claimedAt });
  if (row.lastOffer!.quantity > quantity) takeFewer(tables, row, { quantity, now });
  if (!bound) tables.claims.put(claimId, { claimId, eventId, offerId: bookingId, claimedAt: now });
  return toBooking(taken);
}

function isClaimable(
  booking: BookingRow,
  { quantity, now }: { quantity: number; now: Date },
): boolean {
  const { status, expiresAt } = booking;
  const offered = offeredOf(booking);
  if (expiresAt <= now || offered < quantity) return false;
  const isFree = status === "pending" && !isWaiting(booking);
  return isFree || ((status === "pending" || status === "confirming") && offered === quantity);
}

function offeredOf({ lines, quantity }: BookingRow): number {
  return lines?.[0]?.quantity ?? quantity;
}

function takeFewer(
  tables: BookingTables,
  row: EntryRow,
  { quantity, now }: { quantity: number; now: Date },
): void {
  const { lastOffer } = row;
  const isFull = lastOffer!.quantity === row.quantity;
  updateEntry(tables, row, {
    lastOffer: { ...lastOffer!, quantity },
    ...(isFull
      ? {
        quantity,
        minQuantity: Math.min(row.minQuantity, quantity),
        passed: Math.min(row.passed, quantity - 1),
      }
      : {}),
  });
  const offer = tables.bookings.get(lastOffer!.offerId)!;
  tables.enqueue(offer, { content: keepOf(offer, quantity), now });
}
