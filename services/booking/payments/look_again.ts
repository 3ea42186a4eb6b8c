import { DomainError } from "@evently/shared/errors";
import { PAYMENT_WINDOW_MS } from "../holds/hold_limits.ts";
import type { Booking } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import { holdOf, lineIdOf, linesOf, MAX_HOLDS } from "../orders/order_lines.ts";
import type { Confirmation } from "../orders/store.ts";
import type { Seats } from "../peers/seats.ts";
import type { PaymentKey, PaymentStore, StoredPayment } from "./payment_store.ts";
import type { ProviderPayment } from "./provider.ts";
import { giveUp, settleConfirmation, type SettleDeps } from "./settle_confirmation.ts";

/** How long money may take to come; after that its payment is voided. */
export const MAX_PROCESSING_MS = 3 * 24 * 3_600_000;

/** How long seats that are taken anew are held until they are sold. */
const REVIVED_HOLD_MS = 2 * PAYMENT_WINDOW_MS;

export interface LookDeps extends SettleDeps {
  bookings: SettleDeps["bookings"] & Pick<Bookings, "resumeConfirming">;
  seats: SettleDeps["seats"] & Pick<Seats, "holdAgain">;
  paymentStore: Pick<PaymentStore, "awaitProvider" | "find" | "revive" | "endLate">;
}

/** `settled`: there is nothing to wait for. `later`: the provider, or another part of the service, is not done yet. */
export type Look = "settled" | "later";

/**
 * Looks at a payment at its provider, and carries on with its booking: it resumes a booking that waits, and gives a
 * booking whose hold has ended its seats again, or its buyer the money. Any number of looks do what one does, in any
 * order and at any time, since the provider tells the present state.
 *
 * A booking in `confirming` is left to its driver. That may have asked before the payment went on, so once it is done the
 * payment is looked at again.
 *
 * @throws {Unavailable} the provider does not answer
 */
export async function lookAgain(deps: LookDeps, key: PaymentKey): Promise<Look> {
  const found = await deps.paymentStore.find(key);
  if (!found) return "settled";
  const { payment, booking, isLatest } = found;
  if (payment.status === "started") return "later";
  const waits = payment.status === "requires_action" || payment.status === "processing";
  if (!waits || payment.provider !== deps.payments.name) return "settled";
  const { state } = await deps.payments.inspect(payment);
  if (isLatest && booking.status === "pending") {
    return state === payment.status ? "later" : await resume(deps, { payment, booking });
  }
  return payment.status === "processing" ? await endLate(deps, { payment, state }) : "settled";
}

async function resume(
  deps: LookDeps,
  { payment, booking }: { payment: StoredPayment; booking: Booking },
): Promise<Look> {
  const { paymentId, eventId, bookingId } = payment;
  const { userId } = booking;
  const now = deps.clock.now();
  const input = { paymentId, eventId, bookingId, userId, now };
  const confirmation = await deps.bookings.resumeConfirming(input);
  // Its hold has just ended, or its buyer was first.
  if (!confirmation) return "later";
  return await settle(deps, confirmation);
}

/** Ends a payment that is processing after its hold has ended. */
async function endLate(
  deps: LookDeps,
  { payment, state }: { payment: StoredPayment; state: ProviderPayment["state"] },
): Promise<Look> {
  const { paymentId, eventId, bookingId, startedAt } = payment;
  const now = deps.clock.now();
  const input = { paymentId, eventId, bookingId, now };
  if (state === "declined" || state === "voided") {
    const isEnded = await deps.paymentStore.endLate({ ...input, outcome: "declined" });
    return isEnded ? "settled" : "later";
  }
  if (state !== "authorised" && state !== "captured") {
    if (now.getTime() - startedAt.getTime() <= MAX_PROCESSING_MS) return "later";
    const isEnded = await deps.paymentStore.endLate({ ...input, outcome: "voided" });
    deps.nudge.outbox();
    return isEnded ? "settled" : "later";
  }
  const expiresAt = new Date(now.getTime() + REVIVED_HOLD_MS);
  const revived = await deps.paymentStore.revive({ ...input, expiresAt });
  // Its old seats are not released yet.
  if (!revived) return "later";
  if (await seatsAreHeldAgain(deps, revived)) return await settle(deps, revived);
  await giveUp(deps, input).catch(ignoreRefusal);
  return "later";
}

/** Takes the seats of a booking anew, all of them or none, in a hold of their own; there are only so many. */
async function seatsAreHeldAgain(
  { seats }: Pick<LookDeps, "seats">,
  { booking }: Confirmation,
): Promise<boolean> {
  const { bookingId, eventId, userId, expiresAt } = booking;
  const number = holdOf(booking);
  if (number >= MAX_HOLDS) return false;
  const lines = linesOf(booking);
  const [first, ...further] = lines.map((line, n) => ({
    allocationId: lineIdOf(bookingId, n, number),
    quantity: line.quantity,
    ticketTypeId: booking.lines && line.ticketTypeId,
    buyerId: userId,
    unitPriceMinor: line.unitPriceMinor,
    expiresAt,
  }));
  if (!first) return false;
  const hold = { ...first, eventId, ...(further.length > 0 ? { further } : {}) };
  const answer = await seats.holdAgain(hold);
  if (answer.outcome !== "held") return false;
  // Meanwhile the organiser may have changed how many tickets one of the type gives.
  const { types } = answer.sale;
  return lines.every(({ ticketTypeId, gives }) => (types?.[ticketTypeId]?.gives ?? 1) === gives);
}

/**
 * Settles. A refusal may end the payment, a step with an unknown outcome is left to `settleStuck`, and a late request of an
 * earlier driver may let the payment wait again: so the next look finds whether it has ended.
 */
async function settle(deps: LookDeps, confirmation: Confirmation): Promise<Look> {
  try {
    const { status } = await settleConfirmation(deps, confirmation);
    return status === "processing" ? "later" : "settled";
  } catch (error) {
    ignoreRefusal(error);
    return "later";
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}
