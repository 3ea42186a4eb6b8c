import type { BookingServiceDeps } from "../../../services/booking/deps.ts";
import { confirmBooking } from "../../../services/booking/orders/confirm_booking.ts";
import { createBookingOutbox } from "../../../services/booking/outbox/outbox.ts";
import { ACTION_TOKEN, PROCESSING_TOKEN } from "../../../services/booking/payments/mock.ts";
import { settleStuck } from "../../../services/booking/payments/settle_stuck.ts";
import { takeWebhook } from "../../../services/booking/payments/take_webhook.ts";
import type { Process } from "../../../services/booking/testing/world.ts";
import type { BookkeepingProvider, Verdict } from "./bookkeeping_provider.ts";
import { type Arena, contend, type Contender } from "./contenders.ts";

/** What carries a payment on that waits for its buyer or its provider. */
export const PAYMENT_CONTENDERS = [
  /** The payment ends at the provider, which tells; the look at it is delivered. */
  "webhook",
  "confirm again",
  /** With another token, which replaces the payment. */
  "confirm otherwise",
] as const;
export type PaymentContender = typeof PAYMENT_CONTENDERS[number];

/** What meets them, besides themselves. */
export const OPPONENTS = [
  "cancel",
  "expire",
  "sweep",
  "event cancelled",
  "extend",
  /** Leaves a hold that is being paid alone. */
  "block",
  /** Takes over every confirmation, also of a driver that lives. */
  "settle stuck",
] as const;
export type Opponent = typeof OPPONENTS[number] | PaymentContender;

/** State in which a payment waits, and the token that brings it there. */
export const WAITING_TOKENS = { requires_action: ACTION_TOKEN, processing: PROCESSING_TOKEN };

/** An arena whose booking has a payment that waits. */
export interface PaymentArena extends Arena {
  payments: BookkeepingProvider;
  paymentId: string;
  /** Token of the payment that waits. */
  token: string;
  /** How the payment ends at the provider. */
  verdict: Verdict;
}

/** Runs the contender in a process. */
export async function contendForPayment(
  contender: Opponent,
  process: Process,
  arena: PaymentArena,
): Promise<void> {
  const { deps } = process;
  switch (contender) {
    case "webhook":
      await arena.meeting.pass(() => tell(deps, arena));
      await createBookingOutbox(deps).deliver("payment.look");
      break;
    case "confirm again":
      await confirm(deps, arena, arena.token);
      break;
    case "confirm otherwise":
      await confirm(deps, arena, "tok_visa");
      break;
    case "settle stuck":
      await settleStuck(deps, { takeoverAfterMs: 0 });
      break;
    default:
      await contend(contender satisfies Contender, process, arena);
  }
}

/** Decides the payment; its event has the same id each time. */
async function tell(
  deps: BookingServiceDeps,
  { payments, paymentId, verdict }: PaymentArena,
): Promise<void> {
  payments.decide(paymentId, verdict);
  const event = { eventId: `evt_${paymentId}`, paymentId, type: `payment.${verdict}` };
  const body = new TextEncoder().encode(JSON.stringify(event));
  await takeWebhook(deps, { provider: payments.name, body, headers: new Headers() });
}

async function confirm(
  deps: BookingServiceDeps,
  { bookingId, userId }: PaymentArena,
  token: string,
): Promise<void> {
  await confirmBooking(deps, { bookingId, userId, method: "card", token });
}
