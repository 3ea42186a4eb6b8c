import { createHash } from "node:crypto";
import { paymentInProgress } from "../errors.ts";
import type { MockBank } from "./mock_bank.ts";
import type { Authorisation, PaymentOrder, PaymentProvider, ProviderPayment } from "./provider.ts";

/** How a {@link MockPaymentProvider} behaves. */
export interface MockPaymentOptions {
  /** The share of payments that succeed, 0 to 1. */
  successRate: number;
  /** The duration of each call. */
  processingTimeMs: number;
  /** Without a bank nobody is asked, and no answer is late. */
  bank?: Pick<MockBank, "clientSecretOf" | "answerOf" | "isFirstAsked">;
}

/** A payment with this token is always declined. */
export const DECLINED_TOKEN = "tok_declined";
/** A payment with this token waits until its buyer has answered the bank: {@link MockBank}. */
export const ACTION_TOKEN = "tok_action";
/** The first answer about a payment with this token is lost; who asks again later, hears that it was authorised. */
export const LATE_TOKEN = "tok_late";
/** The number of values of the first four bytes of a digest. */
const DIGEST_RANGE = 2 ** 32;

/**
 * Moves no money. Answers are derived from the payment's id, so calls are idempotent without stored state, also
 * across processes; what buyers tell the bank, and what was late, the bank remembers.
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
    const { bank } = this.#options;
    if (bank && token === ACTION_TOKEN) {
      const answer = await bank.answerOf(paymentId);
      if (answer === undefined) {
        const clientSecret = bank.clientSecretOf(paymentId);
        return { outcome: "requires_action", nextAction: { type: "use_sdk", clientSecret } };
      }
      if (answer === "refuse") {
        return { outcome: "declined", reason: "the buyer did not approve it" };
      }
    }
    if (bank && token === LATE_TOKEN && await bank.isFirstAsked(paymentId)) {
      throw paymentInProgress();
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

  /** The mock keeps no books, so it knows of no payment. */
  async inspect(): Promise<ProviderPayment> {
    await this.#process();
    return { state: "unknown", capturedMinor: 0, refundedMinor: 0 };
  }

  async #process(): Promise<void> {
    const { processingTimeMs } = this.#options;
    if (processingTimeMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, processingTimeMs));
    }
  }
}
