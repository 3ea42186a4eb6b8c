import { DomainError } from "@evently/shared/errors";
import { paymentInProgress } from "../errors.ts";
import type { Clock } from "@evently/shared/clock";
import type { IdSource } from "@evently/shared/ids";
import type { BookingSettings } from "../deps.ts";
import { holdCap, PAYMENT_WINDOW_MS } from "../holds/hold_limits.ts";
import type { Booking } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import { seatsOf } from "../orders/order_lines.ts";
import {
  type Capture,
  type Confirmation,
  paymentOf,
  type PaymentOfBooking,
} from "../orders/store.ts";
import type { Seats } from "../peers/seats.ts";
import type { ConfirmationsUnderWay } from "./confirmations_under_way.ts";
import { FREE } from "./free.ts";
import type { PaymentStore } from "./payment_store.ts";
import type { Authorisation, NextAction, PaymentProvider } from "./provider.ts";

/** A confirmed booking and the payment that confirmed it. */
export interface Settled {
  status: "confirmed";
  booking: Booking;
  transactionId: string;
}

/** The payment waits for its buyer while the hold continues. Confirming again with the same token resumes it. */
export interface ActionRequired {
  status: "requires_action";
  nextAction: NextAction;
}

/** The provider tells later how the payment ended, while the hold continues. Confirming again asks it. */
export interface Processing {
  status: "processing";
}

/** How a confirmation can go on. */
export type Outcome = Settled | ActionRequired | Processing;

/** A payment that is processing is looked at again after this time, if its provider is silent. */
const LOOK_AFTER_MS = 60_000;

export interface SettleDeps {
  bookings: Pick<
    Bookings,
    "completeConfirmation" | "declinePayment" | "requireAction" | "abandonConfirmation" | "find"
  >;
  seats: Pick<Seats, "commit" | "extend">;
  payments: PaymentProvider;
  paymentStore: Pick<PaymentStore, "awaitProvider">;
  confirmations: Pick<ConfirmationsUnderWay, "drive">;
  settings: Pick<BookingSettings, "maxHoldMs">;
  clock: Clock;
  ids: IdSource;
  nudge: { outbox(): void };
}

/**
 * Drives a booking from `confirming` to its end. Each step is idempotent, so it can restart after a crash at any step,
 * and two drivers can run at once: the last statement lets one of them win. A payment that it replaces is void before
 * its own begins, so a booking never has two that are captured.
 *
 * @throws {DomainError} `PAYMENT_DECLINED`, `RESERVATION_EXPIRED`: the booking is not confirmed
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: another driver ended it
 * @throws {DomainError} `PAYMENT_IN_PROGRESS`: another driver found that the buyer must act
 * @throws {Unavailable} a step has an unknown outcome: the booking stays in `confirming`
 */
export function settleConfirmation(
  deps: SettleDeps,
  confirmation: Confirmation,
): Promise<Outcome> {
  return deps.confirmations.drive(confirmation, () => settle(deps, confirmation));
}

async function settle(
  deps: SettleDeps,
  confirmation: Confirmation,
): Promise<Outcome> {
  const { booking, order } = confirmation;
  const payment = paymentOf(confirmation);
  const { bookingId, paymentId } = payment;
  const payments = order.amountMinor === 0 ? FREE : deps.payments;
  if (!await seatsOutlastPayment(deps, booking)) return await giveUp(deps, payment);

  // Until these are void, a driver that is slow may capture one of them beside this payment.
  const { amountMinor, currency } = order;
  for (const replaced of confirmation.replaces) {
    await deps.payments.void({ paymentId: replaced, amountMinor, currency });
  }
  const authorisation = await payments.authorise(order);
  if (authorisation.outcome === "declined") {
    const { transactionId } = authorisation;
    const now = deps.clock.now();
    const declined = await deps.bookings.declinePayment({ ...payment, transactionId, now });
    if (declined?.status === "expired") deps.nudge.outbox();
    throw new DomainError("PAYMENT_DECLINED", authorisation.reason);
  }
  if (authorisation.outcome === "requires_action") {
    return await waitForBuyer(deps, payment, authorisation);
  }
  if (authorisation.outcome === "processing") {
    return await waitForProvider(deps, confirmation, authorisation);
  }
  const { transactionId } = authorisation;

  const held = seatsOf(booking);
  const sold = await deps.seats.commit(held);
  if (!sold) return await giveUp(deps, payment);

  if (authorisation.outcome === "authorised") {
    await payments.capture({ paymentId, transactionId });
  }
  const capture = {
    ...payment,
    transactionId,
    ticketCode: deps.ids.newSecret(),
    hold: held.hold,
    now: deps.clock.now(),
  };
  if (await deps.bookings.completeConfirmation(capture)) {
    return { status: "confirmed", booking: confirmedBy(capture, booking), transactionId };
  }
  return await endedByAnother(deps, bookingId, transactionId);
}

/** The booking as the capture left it: while it was confirming, nothing else of it changed. */
function confirmedBy({ ticketCode, now }: Capture, booking: Booking): Booking {
  const confirmed = { status: "confirmed", paymentStatus: "completed" } as const;
  return { ...booking, ...confirmed, confirmedAt: now, ticketCode };
}

/** Extends a hold that ends soon, so that it does not end during the payment. */
async function seatsOutlastPayment(
  { seats, clock, settings }: SettleDeps,
  booking: Booking,
): Promise<boolean> {
  const { expiresAt } = booking;
  const nowMs = clock.now().getTime();
  if (expiresAt.getTime() - nowMs > PAYMENT_WINDOW_MS) return true;
  const endMs = Math.min(nowMs + PAYMENT_WINDOW_MS, holdCap(booking, settings).getTime());
  const order = seatsOf(booking);
  if (await seats.extend({ ...order, expiresAt: new Date(endMs) })) return true;
  // It is refused as well if an earlier driver sold the seats already; then they can be sold again.
  return await seats.commit(order);
}

async function waitForBuyer(
  deps: SettleDeps,
  payment: PaymentOfBooking,
  { nextAction, transactionId }: Extract<Authorisation, { outcome: "requires_action" }>,
): Promise<ActionRequired> {
  const now = deps.clock.now();
  const waiting = await deps.bookings.requireAction({ ...payment, transactionId, now });
  if (!waiting) throw paymentInProgress();
  if (waiting.status === "pending") return { status: "requires_action", nextAction };
  deps.nudge.outbox();
  throw new DomainError("RESERVATION_EXPIRED");
}

/** Lets the hold end as late as any may, and the payment go on by itself. */
async function waitForProvider(
  { paymentStore, seats, settings, clock, nudge }: SettleDeps,
  confirmation: Confirmation,
  { transactionId }: Extract<Authorisation, { outcome: "processing" }>,
): Promise<Processing> {
  const { booking } = confirmation;
  const cap = holdCap(booking, settings);
  const isExtended = booking.expiresAt < cap &&
    await seats.extend({ ...seatsOf(booking), expiresAt: cap });
  const now = clock.now();
  const waiting = await paymentStore.awaitProvider({
    ...paymentOf(confirmation),
    transactionId,
    expiresAt: isExtended ? cap : booking.expiresAt,
    lookAt: new Date(now.getTime() + LOOK_AFTER_MS),
    now,
  });
  if (!waiting) throw paymentInProgress();
  if (waiting.status === "expired") nudge.outbox();
  return { status: "processing" };
}

/** Expires a booking whose seats are lost, and voids its payment. */
export async function giveUp(deps: SettleDeps, payment: PaymentOfBooking): Promise<never> {
  await deps.bookings.abandonConfirmation({ ...payment, now: deps.clock.now() });
  deps.nudge.outbox();
  throw new DomainError("RESERVATION_EXPIRED");
}

async function endedByAnother(
  { bookings }: SettleDeps,
  bookingId: string,
  transactionId: string,
): Promise<Settled> {
  const booking = await bookings.find(bookingId);
  if (booking?.status === "confirmed") return { status: "confirmed", booking, transactionId };
  throw new DomainError("BOOKING_STATE_CONFLICT", "Booking is not in pending state");
}
