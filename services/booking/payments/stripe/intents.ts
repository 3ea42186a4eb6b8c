import { fromStripeAmount } from "@evently/shared/stripe_amounts";
import type { Stripe } from "stripe";
import type { Authorisation, NextAction, ProviderPayment } from "../provider.ts";
import { declineReason, ENDED } from "./declines.ts";

type PaymentIntent = Stripe.PaymentIntent;

/** Whether nobody has tried to pay by an intent yet. */
export function isUntried({ status, last_payment_error: error }: PaymentIntent): boolean {
  return status === "requires_confirmation" || (status === "requires_payment_method" && !error);
}

/** Whether the last try to pay by an intent failed; Stripe would let the buyer try again. */
export function isRefused({ status, last_payment_error: error }: PaymentIntent): boolean {
  return status === "requires_payment_method" && error !== null;
}

/** The result of an order, by the state of its intent; `undefined` for a state that has none. */
export function authorisationOf(intent: PaymentIntent): Authorisation | undefined {
  switch (intent.status) {
    case "requires_capture":
      return { outcome: "authorised", transactionId: intent.id };
    case "succeeded":
      return { outcome: "captured", transactionId: intent.id };
    case "processing":
      return { outcome: "processing", transactionId: intent.id };
    case "requires_action":
      return {
        outcome: "requires_action",
        nextAction: nextActionOf(intent),
        transactionId: intent.id,
      };
    case "canceled": {
      const error = intent.last_payment_error;
      const reason = error ? declineReason(error) : ENDED;
      return { outcome: "declined", reason, transactionId: intent.id };
    }
    case "requires_payment_method": {
      const error = intent.last_payment_error;
      return error
        ? { outcome: "declined", reason: declineReason(error), transactionId: intent.id }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** A link where a link will do; Stripe's script knows every other step, such as a code to scan. */
function nextActionOf({ next_action: next, client_secret: secret }: PaymentIntent): NextAction {
  const url = next?.redirect_to_url?.url;
  if (typeof url === "string") return { type: "redirect", url };
  return { type: "use_sdk", clientSecret: secret ?? "" };
}

/** The state of a payment, by its intent with its latest charge. */
export function providerPaymentOf(intent: PaymentIntent, currency: string): ProviderPayment {
  const { latest_charge: charge, amount_received: received } = intent;
  const refunded = charge !== null && typeof charge === "object" ? charge.amount_refunded : 0;
  return {
    state: stateOf(intent),
    capturedMinor: fromStripeAmount(received, currency),
    // Freeing reserved money counts as a refund of the charge, too.
    refundedMinor: fromStripeAmount(Math.min(refunded, received), currency),
    transactionId: intent.id,
  };
}

function stateOf(intent: PaymentIntent): ProviderPayment["state"] {
  switch (intent.status) {
    case "requires_capture":
      return "authorised";
    case "succeeded":
      return "captured";
    case "processing":
      return "processing";
    case "requires_action":
      return "requires_action";
    case "canceled":
      return "voided";
    default:
      return isRefused(intent) ? "declined" : "unknown";
  }
}
