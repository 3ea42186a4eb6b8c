/** A payment to make. */
export interface PaymentOrder {
  /** The idempotency key of the payment. */
  paymentId: string;
  amountMinor: number;
  /** ISO 4217. */
  currency: string;
  /** The client's name for the method: `card`, `upi`, … */
  method: string;
  /** The provider's token for the card or account. */
  token: string;
}

/** The buyer's next step: follow a link, or pass the secret to the provider's script. */
export type NextAction =
  | { type: "redirect"; url: string }
  | { type: "use_sdk"; clientSecret: string };

/** The result of an order: the money is reserved, refused, or waits for an action of the buyer. */
export type Authorisation =
  | { outcome: "authorised"; transactionId: string }
  | { outcome: "declined"; reason: string }
  | { outcome: "requires_action"; nextAction: NextAction };

/**
 * A payment provider. A call that throws has an unknown outcome; it can be repeated, as every call is idempotent by
 * the id that it carries.
 */
export interface PaymentProvider {
  readonly name: string;
  /** Reserves the money. After `requires_action` it is called again for the present state of the payment. */
  authorise(order: PaymentOrder): Promise<Authorisation>;
  /** Takes the reserved money. */
  capture(payment: { paymentId: string; transactionId: string }): Promise<void>;
  /**
   * Ends a payment for good: frees reserved money, returns captured money, and blocks an order that has not arrived
   * yet. A void payment is never authorised or captured.
   */
  void(payment: { paymentId: string }): Promise<void>;
  /** Returns captured money, or a part of it. */
  refund(
    refund: { refundId: string; transactionId: string; amountMinor: number; currency: string },
  ): Promise<void>;
}
