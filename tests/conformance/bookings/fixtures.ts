import { newId } from "@evently/shared/ids";
import type { NewBooking } from "../../../services/booking/orders/booking.ts";
import type { SaleTerms } from "../../../services/booking/orders/terms.ts";
import type { BookingStore, Claim } from "../../../services/booking/orders/store.ts";

/** Time at which the cases begin. */
export const START = new Date("2030-01-01T00:00:00Z");
export const HOLD_MS = 300_000;
export const TERMS: SaleTerms = {
  refundPolicy: [{ hours_before: 48, percent: 33.3 }, { hours_before: 0.5, percent: 10 }],
  startsAt: at(30 * 86_400_000),
};

/** Returns the time `ms` after {@link START}. */
export function at(ms: number): Date {
  return new Date(START.getTime() + ms);
}

export function newBooking(fields: Partial<NewBooking> = {}): NewBooking {
  return {
    bookingId: newId(),
    userId: newId(),
    eventId: newId(),
    quantity: 2,
    unitPriceMinor: 333,
    currency: "INR",
    terms: TERMS,
    bookedAt: START,
    expiresAt: at(HOLD_MS),
    ...fields,
  };
}

/** Stores a pending booking. */
export async function pending(
  store: BookingStore,
  fields: Partial<NewBooking> = {},
): Promise<NewBooking> {
  const booking = newBooking(fields);
  await store.insertPending([booking]);
  return booking;
}

/** Returns a claim to confirm a booking with a new payment. */
export function claimOf(
  { bookingId, userId }: Pick<NewBooking, "bookingId" | "userId">,
  now: Date,
): Claim {
  const payment = { paymentId: newId(), provider: "mock", method: "card", token: "tok_visa" };
  return { bookingId, userId, now, payment };
}

/** Stores a booking whose payment is in progress; returns its payment id too. */
export async function confirming(
  store: BookingStore,
  fields: Partial<NewBooking> = {},
): Promise<NewBooking & { paymentId: string }> {
  const booking = await pending(store, fields);
  const claim = claimOf(booking, at(1_000));
  await store.startConfirming([claim]);
  return { ...booking, paymentId: claim.payment.paymentId };
}

/** Stores a paid booking. */
export async function confirmed(
  store: BookingStore,
  fields: Partial<NewBooking> = {},
): Promise<NewBooking & { paymentId: string; ticketCode: string }> {
  const booking = await confirming(store, fields);
  const { bookingId, eventId, paymentId } = booking;
  const ticketCode = newId();
  const transactionId = `txn_${paymentId}`;
  const input = { bookingId, eventId, paymentId, transactionId, ticketCode, now: at(2_000) };
  await store.completeConfirmations([input]);
  return { ...booking, ticketCode };
}
