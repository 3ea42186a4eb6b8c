/** What becomes of a payment by a test method: named as Stripe names them, and some of our own for other ways to pay. */
export interface TestMethod {
  type: "card" | "upi" | "bank";
  /** The outcome of a confirmation; `asks` needs the buyer first, and then pays. */
  then: "pays" | "declines" | "asks" | "processes";
  /** Of a decline. */
  code?: string;
  declineCode?: string;
}

const card = (then: TestMethod["then"]): TestMethod => ({ type: "card", then });
const declined = (declineCode: string, code = "card_declined"): TestMethod => ({
  type: "card",
  then: "declines",
  code,
  declineCode,
});

/** Methods by the token that names them. Those with `fake` in their name are not Stripe's. */
export const TEST_METHODS: ReadonlyMap<string, TestMethod> = new Map([
  ["pm_card_visa", card("pays")],
  ["pm_card_mastercard", card("pays")],
  ["pm_card_authenticationRequired", card("asks")],
  ["pm_card_threeDSecure2Required", card("asks")],
  ["pm_card_chargeDeclined", declined("generic_decline")],
  ["pm_card_visa_chargeDeclined", declined("generic_decline")],
  ["pm_card_chargeDeclinedInsufficientFunds", declined("insufficient_funds")],
  ["pm_card_visa_chargeDeclinedLostCard", declined("lost_card")],
  ["pm_card_chargeDeclinedExpiredCard", declined("expired_card", "expired_card")],
  ["pm_card_chargeDeclinedProcessingError", declined("processing_error", "processing_error")],
  // Captured at once: the method knows no reserving.
  ["pm_fake_upi", { type: "upi", then: "pays" }],
  ["pm_fake_upi_asks", { type: "upi", then: "asks" }],
  // Nobody knows for a while.
  ["pm_fake_bank", { type: "bank", then: "processes" }],
]);
