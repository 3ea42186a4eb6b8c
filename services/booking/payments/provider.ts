/** A payment to make. */
export interface PaymentOrder {
  /** The idempotency key of the payment. */
  paymentId: string;
  bookingId: string;
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

/**
 * The state of an order. `authorised`: the money is reserved. `captured`: it is taken already, as by methods without a
 * reservation. `processing`: the provider does not know yet, and tells by a webhook. `requires_action`: it waits for its
 * buyer. `transactionId` is the provider's name for the payment, where it has one by then.
 */
export type Authorisation =
  | { outcome: "authorised"; transactionId: string }
  | { outcome: "captured"; transactionId: string }
  | { outcome: "processing"; transactionId?: string }
  | { outcome: "declined"; reason: string; transactionId?: string }
  | { outcome: "requires_action"; nextAction: NextAction; transactionId?: string };

/** A payment that was ordered, or may have been. */
export interface PaymentReference {
  paymentId: string;
  /** The provider's name for it, where it is known. */
  transactionId?: string | undefined;
  amountMinor: number;
  currency: string;
}

/** A payment as its provider knows it. Money is in minor units of its currency. */
export interface ProviderPayment {
  /** `unknown`: the provider has no such payment. */
  state:
    | "unknown"
    | "requires_action"
    | "processing"
    | "authorised"
    | "captured"
    | "declined"
    | "voided";
  capturedMinor: number;
  /** What was given back, by refunds or by a void. */
  refundedMinor: number;
  transactionId?: string | undefined;
}

/** A verified webhook. It carries no authority: it says that a payment should be looked at again. */
export interface ProviderEvent {
  /** The provider's id of the event, equal in each delivery; at most {@link MAX_PROVIDER_EVENT_ID_CHARS}. */
  eventId: string;
  /** `undefined`: the event concerns no payment of ours. */
  paymentId: string | undefined;
  /** The provider's name of what happened; for logs. */
  type: string;
}

/** The longest id of a provider's event. */
export const MAX_PROVIDER_EVENT_ID_CHARS = 200;

/** A webhook that the provider did not sign, or signed too long ago. */
export class ForgedWebhook extends Error {
  override readonly name = "ForgedWebhook";
}

/**
 * A payment provider. A call that throws has an unknown outcome; it can be repeated, as every call is idempotent by
 * the id that it carries.
 */
export interface PaymentProvider {
  readonly name: string;
  /** Reserves or takes the money. After `requires_action` and `processing` it is called again for the present state. */
  authorise(order: PaymentOrder): Promise<Authorisation>;
  /** Takes the reserved money. */
  capture(payment: { paymentId: string; transactionId: string }): Promise<void>;
  /**
   * Ends a payment for good: frees reserved money, returns captured money, and blocks an order that has not arrived
   * yet. A void payment is never authorised or captured.
   */
  void(payment: PaymentReference): Promise<void>;
  /** Returns captured money, or a part of it. */
  refund(
    refund: { refundId: string; transactionId: string; amountMinor: number; currency: string },
  ): Promise<void>;
  /** The present state of a payment. */
  inspect(payment: PaymentReference): Promise<ProviderPayment>;
  /**
   * Verifies and reads a webhook. A provider without it sends none.
   *
   * @throws {ForgedWebhook} its signature is missing, wrong or too old
   */
  readWebhook?(body: Uint8Array, headers: Headers, now: Date): Promise<ProviderEvent>;
}
