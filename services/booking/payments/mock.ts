import { createHash } from "node:crypto";
import { paymentInProgress } from "../errors.ts";
import type { MockBank } from "./mock_bank.ts";
import {
  type Authorisation,
  ForgedWebhook,
  type PaymentOrder,
  type PaymentProvider,
  type PaymentReference,
  type ProviderEvent,
  type ProviderPayment,
} from "./provider.ts";

/** How a {@link MockPaymentProvider} behaves. */
export interface MockPaymentOptions {
  /** The share of payments that succeed, 0 to 1. */
  successRate: number;
  /** The duration of each call. */
  processingTimeMs: number;
  /** Without a bank nobody is asked, and no answer is late. */
  bank?: Pick<
    MockBank,
    "clientSecretOf" | "answerOf" | "isFirstAsked" | "wasAsked" | "readWebhook"
  >;
}

/** A payment with this token is always declined. */
export const DECLINED_TOKEN = "tok_declined";
/** A payment with this token waits until its buyer has answered the bank: {@link MockBank}. */
export const ACTION_TOKEN = "tok_action";
/** The first answer about a payment with this token is lost; who asks again later, hears that it was authorised. */
export const LATE_TOKEN = "tok_late";
/** The first question about a payment with this token is not answered at all. */
export const TIMEOUT_TOKEN = "tok_timeout";
/** A payment with this token is processing at first; who asks again, hears that the money was taken. */
export const PROCESSING_TOKEN = "tok_processing";
/** The money of a payment with this token is taken at once, without a reservation. */
export const CAPTURED_TOKEN = "tok_captured";
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
    const transactionId = `txn_${digest.toString("hex", 4, 16)}`;
    if (bank && token === TIMEOUT_TOKEN && await bank.isFirstAsked(paymentId)) {
      return await new Promise(() => {});
    }
    if (bank && token === PROCESSING_TOKEN) {
      if (await bank.isFirstAsked(paymentId)) return { outcome: "processing", transactionId };
      return { outcome: "captured", transactionId };
    }
    if (token === CAPTURED_TOKEN) return { outcome: "captured", transactionId };
    return { outcome: "authorised", transactionId };
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

  /** The mock keeps no books: it knows only of payments that it was asked about before, and calls them paid. */
  async inspect({ paymentId, amountMinor }: PaymentReference): Promise<ProviderPayment> {
    await this.#process();
    if (await this.#options.bank?.wasAsked(paymentId)) {
      return { state: "captured", capturedMinor: amountMinor, refundedMinor: 0 };
    }
    return { state: "unknown", capturedMinor: 0, refundedMinor: 0 };
  }

  readWebhook(body: Uint8Array, headers: Headers, now: Date): Promise<ProviderEvent> {
    const { bank } = this.#options;
    if (!bank) return Promise.reject(new ForgedWebhook("the mock has no bank that sends any"));
    return bank.readWebhook(body, headers, now);
  }

  async #process(): Promise<void> {
    const { processingTimeMs } = this.#options;
    if (processingTimeMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, processingTimeMs));
    }
  }
}
