/** The wire shapes of a confirmation and its payment, and their mapping. */
import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import { TERMS_FIELDS, toTerms } from "../orders/terms_wire.ts";
import { ticketUrl } from "../orders/wire.ts";
import type { ActionRequired, Settled } from "./settle_confirmation.ts";

export const ConfirmationResponse = z.object({
  booking_id: z.guid(),
  booking_reference: z.string(),
  status: z.literal("confirmed"),
  ticket_url: z.string(),
  payment: z.object({
    transaction_id: z.string(),
    status: z.literal("completed"),
    amount: z.number(),
    currency: z.string(),
  }),
  ...TERMS_FIELDS,
}).openapi("Confirmation");

/** The payment waits for an action of its buyer. */
const ActionRequiredResponse = z.object({
  status: z.literal("requires_action"),
  next_action: z.discriminatedUnion("type", [
    z.object({ type: z.literal("redirect"), url: z.string() }),
    z.object({ type: z.literal("use_sdk"), client_secret: z.string() }),
  ]),
}).openapi("ActionRequired");

/** The provider tells later how the payment ended. */
const ProcessingResponse = z.object({ status: z.literal("processing") })
  .openapi("PaymentProcessing");

/** Of a confirmation that is not over. */
export const UnderWayResponse = z.discriminatedUnion("status", [
  ActionRequiredResponse,
  ProcessingResponse,
]);

export function toConfirmation(
  { booking, transactionId }: Settled,
  now: Date,
): z.infer<typeof ConfirmationResponse> {
  if (booking.ticketCode === undefined) throw new Error("a confirmed booking has no ticket");
  return {
    booking_id: booking.bookingId,
    booking_reference: booking.reference,
    status: "confirmed",
    ticket_url: ticketUrl(booking.ticketCode),
    payment: {
      transaction_id: transactionId,
      status: "completed",
      amount: toMajor(booking.totalMinor, booking.currency),
      currency: booking.currency,
    },
    ...toTerms(booking, { now }),
  };
}

export function toActionRequired(
  { status, nextAction }: ActionRequired,
): z.infer<typeof ActionRequiredResponse> {
  const action = nextAction.type === "redirect"
    ? nextAction
    : { type: nextAction.type, client_secret: nextAction.clientSecret };
  return { status, next_action: action };
}
