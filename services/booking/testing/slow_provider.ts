import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
  PaymentReference,
  ProviderPayment,
} from "../payments/provider.ts";

const UNKNOWN: ProviderPayment = { state: "unknown", capturedMinor: 0, refundedMinor: 0 };

/** A provider with books: tests decide what becomes of each payment. */
export class SlowProvider implements PaymentProvider {
  readonly name = "mock";
  readonly books = new Map<string, ProviderPayment>();
  readonly voided: PaymentReference[] = [];
  /** The state of new payments. */
  next: Exclude<ProviderPayment["state"], "unknown"> = "processing";

  // deno-lint-ignore require-await -- as a provider does
  async authorise({ paymentId }: PaymentOrder): Promise<Authorisation> {
    const { state } = this.books.get(paymentId) ?? this.become(paymentId, this.next);
    const transactionId = `txn_${paymentId}`;
    switch (state) {
      case "processing":
        return { outcome: "processing", transactionId };
      case "requires_action": {
        const nextAction = { type: "redirect", url: "https://x.test" } as const;
        return { outcome: "requires_action", nextAction, transactionId };
      }
      case "authorised":
      case "captured":
        return { outcome: state, transactionId };
      default:
        return { outcome: "declined", reason: "it was refused", transactionId };
    }
  }

  capture(): Promise<void> {
    return Promise.resolve();
  }

  refund(): Promise<void> {
    return Promise.resolve();
  }

  void(payment: PaymentReference): Promise<void> {
    this.voided.push(payment);
    this.become(payment.paymentId, "voided");
    return Promise.resolve();
  }

  inspect({ paymentId }: PaymentReference): Promise<ProviderPayment> {
    return Promise.resolve(this.books.get(paymentId) ?? UNKNOWN);
  }

  become(
    paymentId: string,
    state: ProviderPayment["state"],
    money: Partial<ProviderPayment> = {},
  ): ProviderPayment {
    const payment = { ...UNKNOWN, ...money, state };
    this.books.set(paymentId, payment);
    return payment;
  }
}
