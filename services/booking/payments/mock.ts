import { createHash } from "node:crypto";
import type { Authorisation, PaymentOrder, PaymentProvider } from "./provider.ts";

/** How a {@link MockPaymentProvider} behaves. */
export interface MockPaymentOptions {
  /** The share of payments that succeed, 0 to 1. */
  successRate: number;
  /** The duration of each call. */
  processingTimeMs: number;
}

/** A payment with this token is always declined. */
export const DECLINED_TOKEN = "tok_declined";
/** The number of values of the first four bytes of a digest. */
const DIGEST_RANGE = 2 ** 32;

/**
 * Moves no money. Answers are derived from the payment's id, so calls are idempotent without stored state, also
 * across processes.
 */
export class MockPaymentProvider implements PaymentProvider {
  readonly name = "mock";
  readonly #options: MockPaymentOptions;

  constructor(options: MockPaymentOptions) {
    this.#options = options;
  }

  async authorise({ paymentId, token }: PaymentOrder): Promise<Authorisation> {
    await this.#process();
    const digest = createHash("sha256").update(paymentId).digest();
    const chance = digest.readUInt32BE(0) / DIGEST_RANGE;
    if (token === DECLINED_TOKEN || chance >= this.#options.successRate) {
      return { outcome: "declined", reason: "the card was refused" };
    }
    return { outcome: "authorised", transactionId: `txn_${digest.toString("hex", 4, 16)}` };
  }

  capture(): Promise<void> {
    return this.#process();
  }

  void(): Promise<void> {
    return this.#process();
  }

  refund(): Promise<void> {
    return this.#process();
  }

  async #process(): Promise<void> {
    const { processingTimeMs } = this.#options;
    if (processingTimeMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, processingTimeMs));
    }
  }
}
