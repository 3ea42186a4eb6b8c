import { DomainError } from "@evently/shared/errors";
import { CONFIRM_REQUIRED, paymentInProgress } from "../errors.ts";
import { timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Confirmation, PaidBooking } from "./store.ts";
import type { EventDirectory } from "../peers/event_directory.ts";
import type { Bookings } from "./bookings.ts";
import {
  type ActionRequired,
  giveUp,
  settleConfirmation,
  type Settled,
  type SettleDeps,
} from "../payments/settle_confirmation.ts";

export interface ConfirmDeps extends SettleDeps {
  bookings:
    & SettleDeps["bookings"]
    & Pick<Bookings, "startConfirming" | "findWithPayment" | "resumeConfirming" | "dropPayment">;
  events: Pick<EventDirectory, "current">;
}

/** A reservation to be paid. What costs nothing needs neither method nor token. */
export interface ConfirmInput {
  userId: string;
  bookingId: string;
  method?: string | undefined;
  token?: string | undefined;
}

/** Each further attempt follows a payment of somebody else's that ended in the moment between. */
const MAX_ATTEMPTS = 4;

/**
 * Confirms a reservation with a payment: claims it, has the payment authorised, sells the seats, captures
 * the payment, and records all of it at once. Never money without seats, nor seats without money: a step
 * that fails takes the others back, and what dies in between is driven on by `settleStuck`.
 *
 * Of any number of concurrent confirms, cancels and expiries exactly one gets the booking. It can be asked again: the
 * token that confirmed the booking hears the same, and so does everybody who confirms what costs nothing.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: it costs something, and method or token are missing
 * @throws {DomainError} `RESERVATION_EXPIRED`: unknown, or its hold or its event has ended
 * @throws {DomainError} `BOOKING_NOT_YOURS`: another user's
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: cancelled, or confirmed with another token
 * @throws {DomainError} `PAYMENT_IN_PROGRESS`: a payment is under way, this one or another
 * @throws {DomainError} `PAYMENT_DECLINED`: the seats stay held
 * @throws {Unavailable} the outcome is not known yet; it will be settled
 */
export async function confirmBooking(
  deps: ConfirmDeps,
  input: ConfirmInput,
): Promise<Settled | ActionRequired> {
  const { bookingId, userId, method, token } = input;
  if (method === undefined || token === undefined) await refuseUnlessFree(deps, input);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const confirmation = await deps.bookings.startConfirming({
      bookingId,
      userId,
      now: deps.clock.now(),
      payment: {
        paymentId: deps.ids.newId(),
        provider: deps.payments.name,
        method: method ?? "",
        token: token ?? "",
      },
    });
    if (confirmation) return await settleUnlessOver(deps, confirmation);
    const known = await deps.bookings.findWithPayment(bookingId);
    if (!known) throw new DomainError("RESERVATION_EXPIRED");
    const earlier = earlierOutcome(known, input);
    if (earlier) return earlier;
    if (known.booking.expiresAt <= deps.clock.now()) throw new DomainError("RESERVATION_EXPIRED");
    // Another attempt had it when we came, and ended before we looked: now it can be ours.
    const resumed = await resumeOrDrop(deps, known, input);
    if (resumed) return await settleUnlessOver(deps, resumed);
  }
  throw paymentInProgress();
}

/**
 * Once the event has ended the provider is not asked any more. Only a booking that was sold just before its event began
 * costs a look-up; an end that was moved, or comes meanwhile, is met when the seats are sold.
 */
async function settleUnlessOver(
  deps: ConfirmDeps,
  confirmation: Confirmation,
): Promise<Settled | ActionRequired> {
  const { booking: { bookingId, eventId, terms }, order } = confirmation;
  if (terms.startsAt <= deps.clock.now()) {
    const event = await deps.events.current(eventId);
    const isOver = event && event.endsAt <= deps.clock.now();
    if (isOver) return await giveUp(deps, bookingId, order.paymentId);
  }
  return await settleConfirmation(deps, confirmation);
}

/** Costs a look-up, which only a request without a payment pays. */
async function refuseUnlessFree(
  { bookings }: Pick<ConfirmDeps, "bookings">,
  { bookingId, userId }: ConfirmInput,
): Promise<void> {
  const booking = await bookings.find(bookingId);
  if (booking?.userId !== userId || booking.totalMinor > 0) {
    throw new DomainError("VALIDATION_FAILED", CONFIRM_REQUIRED);
  }
}

/** What an earlier confirmation came to, where it has ended; `undefined` for a booking that is pending. */
function earlierOutcome(
  { booking, payment }: PaidBooking,
  { userId, token }: ConfirmInput,
): Settled | undefined {
  if (booking.userId !== userId) throw new DomainError("BOOKING_NOT_YOURS", "reservation");
  switch (booking.status) {
    case "pending":
      return undefined;
    case "confirming":
      throw paymentInProgress();
    case "expired":
      throw new DomainError("RESERVATION_EXPIRED");
    case "confirmed": {
      const transactionId = payment?.transactionId;
      const isSame = booking.totalMinor === 0 || isSameToken(payment?.token, token);
      if (isSame && transactionId !== undefined) {
        return { status: "confirmed", booking, transactionId };
      }
    }
  }
  throw new DomainError("BOOKING_STATE_CONFLICT", "Booking is not in pending state");
}

/** Goes on with a payment that waited for its buyer; one of another token ends, so that a new one can begin. */
async function resumeOrDrop(
  { bookings, clock, nudge }: ConfirmDeps,
  { booking, payment }: PaidBooking,
  { bookingId, userId, token }: ConfirmInput,
): Promise<Confirmation | undefined> {
  if (booking.paymentStatus !== "requires_action" || !payment) return undefined;
  const waiting = { bookingId, userId, paymentId: payment.paymentId, now: clock.now() };
  if (isSameToken(payment.token, token)) return await bookings.resumeConfirming(waiting);
  if (await bookings.dropPayment(waiting)) nudge.outbox();
}

/** In a time that does not tell how much of a token was right. */
function isSameToken(kept: string | undefined, given: string | undefined): boolean {
  if (kept === undefined || given === undefined) return false;
  const [a, b] = [Buffer.from(kept), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
