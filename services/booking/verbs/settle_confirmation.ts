import type { Booking } from "../booking.ts";
import type { BookingDeps } from "../deps.ts";
import { BookingStateConflict, PaymentDeclined, ReservationExpired } from "../errors.ts";
import type { Confirmation } from "../store/store.ts";

/** A confirmed booking and the payment that confirmed it. */
export interface Settled {
  booking: Booking;
  transactionId: string;
}

/** What settling needs. */
export type SettleDeps = Pick<
  BookingDeps,
  "store" | "seats" | "payments" | "commitBatches" | "completeBatches" | "clock" | "ids" | "nudge"
>;

/** Seats must stay held for at least this long while their payment is made. */
const PAYMENT_WINDOW_MS = 60_000;

/**
 * Drives a booking from `confirming` to its end. Each step is idempotent, so it may be begun again after a
 * crash anywhere, or be driven by two at once: the last statement lets one of them win.
 *
 * @throws {PaymentDeclined} {@link ReservationExpired} it did not end in a confirmed booking
 * @throws {BookingStateConflict} another driver ended it
 * @throws {Unavailable} a step has an unknown outcome: the booking stays in `confirming`
 */
export async function settleConfirmation(
  deps: SettleDeps,
  { booking, order }: Confirmation,
): Promise<Settled> {
  const { bookingId, eventId } = booking;
  const { paymentId } = order;
  if (!await seatsOutlastPayment(deps, booking)) return await giveUp(deps, bookingId, paymentId);

  const authorisation = await deps.payments.authorise(order);
  if (authorisation.outcome === "declined") {
    const declined = await deps.store.declinePayment({
      bookingId,
      paymentId,
      now: deps.clock.now(),
    });
    if (declined?.status === "expired") deps.nudge.outbox();
    throw new PaymentDeclined(authorisation.reason);
  }
  const { transactionId } = authorisation;

  const sold = await deps.commitBatches.submit(eventId, bookingId);
  if (!sold) return await giveUp(deps, bookingId, paymentId);

  await deps.payments.capture({ paymentId, transactionId });
  const confirmed = await deps.completeBatches.submit(bookingId, {
    bookingId,
    paymentId,
    transactionId,
    ticketCode: deps.ids.newSecret(),
    now: deps.clock.now(),
  });
  if (confirmed) return { booking: confirmed, transactionId };
  return await endedByAnother(deps, bookingId, transactionId);
}

/** A hold that ends soon is extended first, so that it does not end while the buyer pays. */
async function seatsOutlastPayment(
  { seats, clock }: SettleDeps,
  { bookingId, eventId, expiresAt }: Booking,
): Promise<boolean> {
  const now_ms = clock.now().getTime();
  if (expiresAt.getTime() - now_ms > PAYMENT_WINDOW_MS) return true;
  const { results } = await seats.extend(eventId, [{
    allocation_id: bookingId,
    expires_at: new Date(now_ms + PAYMENT_WINDOW_MS).toISOString(),
  }]);
  if (results[0]?.outcome === "extended") return true;
  // Refused also when an earlier driver sold them already, which `commit` tells.
  const [sale] = await seats.commit([{ event_id: eventId, allocation_ids: [bookingId] }]);
  return sale?.results[0]?.outcome === "committed";
}

/** The seats are gone, so the money must not be taken. */
async function giveUp(deps: SettleDeps, bookingId: string, paymentId: string): Promise<never> {
  await deps.store.abandonConfirmation({ bookingId, paymentId, now: deps.clock.now() });
  deps.nudge.outbox();
  throw new ReservationExpired();
}

async function endedByAnother(
  { store }: SettleDeps,
  bookingId: string,
  transactionId: string,
): Promise<Settled> {
  const booking = await store.find(bookingId);
  if (booking?.status === "confirmed") return { booking, transactionId };
  throw new BookingStateConflict("Booking is not in pending state");
}
