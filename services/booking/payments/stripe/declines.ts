/**
 * What a buyer reads of a decline, by Stripe's code of it. Texts are ours: a bank's own words may say what the buyer
 * must not learn, such as that a card counts as stolen. Source: docs.stripe.com/declines/codes.
 */
const REASONS: Readonly<Record<string, string>> = {
  insufficient_funds: "there is not enough money on the account",
  withdrawal_count_limit_exceeded: "the limit of the card or account is reached",
  card_velocity_exceeded: "the limit of the card or account is reached",
  expired_card: "the card has expired",
  incorrect_cvc: "the security code of the card is wrong",
  invalid_cvc: "the security code of the card is wrong",
  incorrect_number: "the card number is wrong",
  invalid_number: "the card number is wrong",
  invalid_expiry_month: "the expiry date of the card is wrong",
  invalid_expiry_year: "the expiry date of the card is wrong",
  currency_not_supported: "the card does not support this currency",
  card_not_supported: "the card does not support this payment",
  authentication_required: "the bank wants the buyer to confirm the payment",
  payment_intent_authentication_failure: "the buyer did not approve it",
  payment_intent_payment_attempt_expired: "the buyer did not approve it in time",
  processing_error: "the bank could not process it",
  amount_too_small: "the amount is smaller than a payment may be",
  amount_too_large: "the amount is larger than a payment may be",
};

/** Of an unknown code, and of codes that the buyer must not learn. */
export const REFUSED = "the card was refused";
/** Of a token that is unknown, used up, or of the wrong kind. */
export const BAD_TOKEN = "the payment details cannot be used";
/** Of a payment that was ended before it was made. */
export const ENDED = "the payment was ended";
/** Of an amount that Stripe cannot express. */
export const BAD_AMOUNT = "the amount cannot be paid in this currency";
/** Of a payment that Stripe has failed to make, and will not make. */
export const FAILED = "the payment could not be made";

/** The codes of a decline, as Stripe has them on an error and on a payment. */
export interface DeclineCodes {
  code?: string | undefined;
  decline_code?: string | undefined;
}

/** Returns a reason for people, without text of the provider. */
export function declineReason({ code, decline_code: decline }: DeclineCodes): string {
  return REASONS[decline ?? ""] ?? REASONS[code ?? ""] ?? REFUSED;
}
