import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { DomainError } from "@evently/shared/errors";
import { CONFIRM_REQUIRED, paymentInProgress } from "../errors.ts";
import {
  giveUp,
  type Outcome,
  settleConfirmation,
  type Settled,
  type SettleDeps,
} from "../payments/settle_confirmation.ts";
import type { EventDirectory } from "../peers/event_directory.ts";
import type { Bookings } from "./bookings.ts";
import { type Claim, type Confirmation, type PaidBooking, paymentOf } from "./store.ts";
import { isWaiting } from "./booking.ts";

export interface ConfirmDeps extends SettleDeps {
  bookings:
    & SettleDeps["bookings"]
    & Pick<Bookings, "startConfirming" | "findWithPayment" | "resumeConfirming" | "replacePayment">;
  events: Pick<EventDirectory, "current">;
}

/** A reservation to pay for. A free one needs neither method nor token. */
export interface ConfirmInput {
  userId: string;
  bookingId: string;
  method?: string | undefined;
  token?: string | undefined;
}

/** Another attempt is needed only if a concurrent payment ended between the claim and the look-up. */
const MAX_ATTEMPTS = 4;

/**
 * Confirms a reservation with a payment: claims it, authorises the payment, sells the seats, captures the payment,
 * and records all of it in one statement. Never money without seats, nor seats without money: a failed step undoes
 * the others, and after a crash `settleStuck` continues.
 *
 * Exactly one of any concurrent confirms, cancels and expiries gets the booking. Confirming is idempotent: the token
 * that confirmed the booking gets the same answer again, and so does every confirmation of a free booking.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: it is not free, and method or token are missing
 * @throws {DomainError} `RESERVATION_EXPIRED`: it is unknown, or its hold or its event has ended
 * @throws {DomainError} `BOOKING_NOT_YOURS`: another user's
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: cancelled, or confirmed with another token
 * @throws {DomainError} `PAYMENT_IN_PROGRESS`: this or another payment is under way
 * @throws {DomainError} `PAYMENT_DECLINED`: the seats stay held
 * @throws {Unavailable} the outcome is unknown for now; it will be settled
 */
export async function confirmBooking(
  deps: ConfirmDeps,
  input: ConfirmInput,
): Promise<Outcome> {
  const { bookingId, userId, method, token } = input;
  let eventId = method === undefined || token === undefined
    ? await eventOfFreeBooking(deps, input)
    : undefined;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const payment = {
      paymentId: deps.ids.newId(),
      provider: deps.payments.name,
      method: method ?? "",
      token: token ?? "",
    };
    const now = deps.clock.now();
    const claim = { bookingId, eventId, userId, now, payment };
    const confirmation = await deps.bookings.startConfirming(claim);
    if (confirmation) return await settleUnlessOver(deps, confirmation);
    const known = await deps.bookings.findWithPayment(bookingId);
    if (!known) throw new DomainError("RESERVATION_EXPIRED");
    eventId = known.booking.eventId;
    const earlier = earlierOutcome(known, input);
    if (earlier) return earlier;
    if (known.booking.expiresAt <= deps.clock.now()) throw new DomainError("RESERVATION_EXPIRED");
    // A concurrent attempt had claimed it and has ended since, so it can be claimed again.
    const resumed = await resumeOrReplace(deps, known, claim);
    if (resumed) return await settleUnlessOver(deps, resumed);
  }
  throw paymentInProgress();
}

/**
 * Settles a confirmation, unless its event has ended. The event is read only if the start of the terms has passed;
 * `seats.commit` refuses if the event ends meanwhile or was moved.
 */
async function settleUnlessOver(
  deps: ConfirmDeps,
  confirmation: Confirmation,
): Promise<Outcome> {
  const { booking: { eventId, terms } } = confirmation;
  if (terms.startsAt <= deps.clock.now()) {
    const event = await deps.events.current(eventId);
    const isOver = event && event.endsAt <= deps.clock.now();
    if (isOver) return await giveUp(deps, paymentOf(confirmation));
  }
  return await settleConfirmation(deps, confirmation);
}

/** The event of the booking of a request without payment. Refuses the request unless its booking is free. */
async function eventOfFreeBooking(
  { bookings }: Pick<ConfirmDeps, "bookings">,
  { bookingId, userId }: ConfirmInput,
): Promise<string> {
  const booking = await bookings.find(bookingId);
  if (booking?.userId !== userId || booking.totalMinor > 0) {
    throw new DomainError("VALIDATION_FAILED", CONFIRM_REQUIRED);
  }
  return booking.eventId;
}

/** The outcome of an earlier confirmation; `undefined` if the booking is still pending. */
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

/** Resumes a payment that waits for its buyer or its provider; if the token differs, begins a new payment in its place. */
async function resumeOrReplace(
  { bookings, clock, nudge }: ConfirmDeps,
  { booking, payment }: PaidBooking,
  { bookingId, userId, payment: by }: Claim,
): Promise<Confirmation | undefined> {
  if (!isWaiting(booking) || !payment) return undefined;
  const { eventId } = booking;
  const { paymentId } = payment;
  const waiting = { bookingId, eventId, userId, paymentId, now: clock.now() };
  if (isSameToken(payment.token, by.token)) return await bookings.resumeConfirming(waiting);
  const replaced = await bookings.replacePayment({ ...waiting, by });
  if (replaced) nudge.outbox();
  return replaced;
}

/** Compares tokens in constant time. */
function isSameToken(kept: string | undefined, given: string | undefined): boolean {
  if (kept === undefined || given === undefined) return false;
  const [a, b] = [Buffer.from(kept), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
