import { Unavailable } from "@evently/shared/errors";
import { ACTION_TOKEN, MockPaymentProvider } from "../payments/mock.ts";
import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
  PaymentReference,
  ProviderPayment,
} from "../payments/provider.ts";

type Call = "authorise" | "capture" | "void" | "refund";

/** A refund that was made. */
export interface Refund {
  transactionId: string;
  amountMinor: number;
}

/** A provider that records its calls, and can lose an answer after it has acted. */
export class RecordingProvider implements PaymentProvider {
  readonly name = "recording";
  readonly calls: { call: Call; id: string; amountMinor?: number }[] = [];
  readonly #mock = new MockPaymentProvider({ successRate: 1, processingTimeMs: 0 });
  readonly #captured = new Map<string, string>();
  readonly #refunds = new Map<string, Refund>();
  /** Runs before a payment is authorised. */
  beforeAuthorise: () => void | Promise<void> = () => {};
  /** Runs before a payment is captured. */
  beforeCapture: () => void | Promise<void> = () => {};
  /** The next answer of this call is lost. */
  loseAnswerOf: Call | undefined;

  /** Whether the buyer has done the action of {@link ACTION_TOKEN}. */
  buyerHasActed = false;

  /** The transactions whose money was taken. */
  captured(): string[] {
    return [...this.#captured.values()];
  }

  /** Refunds by id: a repeated refund counts once, as it was first asked for. */
  refunds(): Refund[] {
    return [...this.#refunds.values()];
  }

  async authorise(order: PaymentOrder): Promise<Authorisation> {
    await this.beforeAuthorise();
    this.#record({ call: "authorise", id: order.paymentId });
    if (order.token === ACTION_TOKEN && !this.buyerHasActed) {
      const url = `https://payments.example/${order.paymentId}`;
      return { outcome: "requires_action", nextAction: { type: "redirect", url } };
    }
    return await this.#mock.authorise(order);
  }

  async capture({ paymentId, transactionId }: { paymentId: string; transactionId: string }) {
    await this.beforeCapture();
    this.#captured.set(paymentId, transactionId);
    this.#record({ call: "capture", id: paymentId });
  }

  // deno-lint-ignore require-await -- a lost answer must reject
  async void({ paymentId }: { paymentId: string }) {
    this.#record({ call: "void", id: paymentId });
  }

  // deno-lint-ignore require-await -- a lost answer must reject
  async refund({ refundId, ...refund }: Refund & { refundId: string }) {
    const { transactionId, amountMinor } = refund;
    if (!this.#refunds.has(refundId)) this.#refunds.set(refundId, { transactionId, amountMinor });
    this.#record({ call: "refund", id: refundId, amountMinor });
  }

  inspect({ paymentId }: PaymentReference): Promise<ProviderPayment> {
    const transactionId = this.#captured.get(paymentId);
    const state = transactionId === undefined ? "unknown" : "captured";
    return Promise.resolve({ state, capturedMinor: 0, refundedMinor: 0, transactionId });
  }

  #record(call: { call: Call; id: string; amountMinor?: number }): void {
    this.calls.push(call);
    if (this.loseAnswerOf !== call.call) return;
    this.loseAnswerOf = undefined;
    throw new Unavailable("the answer was lost");
  }
}
