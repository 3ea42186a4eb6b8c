import { Unavailable } from "@evently/shared/errors";
import type { Stripe } from "stripe";

export type StripeError = InstanceType<typeof Stripe.errors.StripeError>;

/** Whether an error is one of the library's; it is loaded late, so its classes are not at hand. */
export function isStripeError(error: unknown): error is StripeError {
  return error instanceof Error && "type" in error && String(error.type).startsWith("Stripe");
}

/** Whether Stripe has declined the payment: the card error that a bank's refusal becomes. */
export function isDecline(error: unknown): error is StripeError {
  return isStripeError(error) && error.type === "StripeCardError";
}

/** Whether Stripe has refused the request itself, and done nothing. */
export function isRefusal(error: unknown): error is StripeError {
  return isStripeError(error) && error.type === "StripeInvalidRequestError";
}

/** Whether Stripe does not know what the request names, such as a payment of another account. */
export function isMissing(error: unknown): error is StripeError {
  return isRefusal(error) && error.code === "resource_missing";
}

/** Whether the payment is in another state than the request needs. */
export function isWrongState(error: unknown): error is StripeError {
  return isRefusal(error) && error.code === "payment_intent_unexpected_state";
}

/**
 * Whether a failure of Stripe is final: Stripe keeps the first answer to an idempotency key, also a 5xx, and repeats it
 * for a day. The request is never made again under that key.
 */
export function isKeptFailure(error: unknown): error is StripeError {
  return isStripeError(error) && (error.statusCode ?? 0) >= 500 &&
    error.headers?.[REPLAYED_HEADER] === "true";
}

/** Set by Stripe on an answer that it had given before. */
export const REPLAYED_HEADER = "idempotent-replayed";

/**
 * The outcome of a call is unknown. The cause names kind, code and request alone: errors of the library carry whole
 * answers, with client secrets.
 */
export function unknownOutcome(error: unknown): Unavailable {
  const cause = isStripeError(error)
    ? new Error(
      [error.type, error.code, error.statusCode, error.requestId].filter(Boolean).join(" "),
    )
    : error;
  return new Unavailable("The payment provider does not answer", { cause });
}
