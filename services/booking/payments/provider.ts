/** A payment as a provider must know it. */
export interface PaymentOrder {
  /** The idempotency key: the same id is the same payment, however often it is sent. */
  paymentId: string;
  amountMinor: number;
  /** ISO 4217. */
  currency: string;
  /** `card`, `upi`, … as the client named it. */
  method: string;
  /** What the client got from the provider for its card or account. */
  token: string;
}

/** What the buyer must do before the provider goes on: follow a link, or hand the secret to the provider's own script. */
export type NextAction =
  | { type: "redirect"; url: string }
  | { type: "use_sdk"; clientSecret: string };

/** What a provider says to an order: the money is reserved, not to be had, or not before the buyer has acted. */
export type Authorisation =
  | { outcome: "authorised"; transactionId: string }
  | { outcome: "declined"; reason: string }
  | { outcome: "requires_action"; nextAction: NextAction };

/**
 * Who moves the money. Every call is idempotent by the id that it carries, so that whatever is not
 * known to have happened can simply be asked for again. A call that throws has an unknown outcome.
 */
export interface PaymentProvider {
  readonly name: string;
  /** Reserves the money. After `requires_action` it is asked again, and answers how the payment stands then. */
  authorise(order: PaymentOrder): Promise<Authorisation>;
  /** Takes what was reserved. */
  capture(payment: { paymentId: string; transactionId: string }): Promise<void>;
  /**
   * Ends a payment for good: lets go of what was reserved, gives back what was taken all the same, and of an order
   * that may never have arrived sees to it that it comes to nothing. What is void is never authorised or captured.
   */
  void(payment: { paymentId: string }): Promise<void>;
  /** Gives back what was taken, or a part of it. */
  refund(
    refund: { refundId: string; transactionId: string; amountMinor: number; currency: string },
  ): Promise<void>;
}
