import { Unavailable } from "@evently/shared/errors";
import { ACTION_TOKEN, PROCESSING_TOKEN } from "../../../services/booking/payments/mock.ts";
import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
  PaymentReference,
  ProviderEvent,
  ProviderPayment,
} from "../../../services/booking/payments/provider.ts";

/** How a payment that waits ends at the provider, whose buyer or bank decides. */
export const VERDICTS = ["authorised", "captured", "declined"] as const;
export type Verdict = typeof VERDICTS[number];

type Entry = ProviderPayment & { amountMinor: number };

/**
 * A provider with books, as a real one has: a payment waits until the test decides, a void is final, and money that was
 * voided cannot be captured. Its webhooks bear no signature.
 */
export class BookkeepingProvider implements PaymentProvider {
  readonly name = "books";
  readonly #entries = new Map<string, Entry>();
  readonly #refunds = new Set<string>();

  /** Runs after an authorisation is decided, before its answer arrives. */
  beforeAnswer: () => Promise<void> = () => Promise.resolve();

  /** Ends a payment that waits; one that has ended stays as it is. */
  decide(paymentId: string, verdict: Verdict): void {
    const entry = this.#entries.get(paymentId);
    if (entry?.state !== "requires_action" && entry?.state !== "processing") return;
    entry.state = verdict;
    if (verdict === "captured") entry.capturedMinor = entry.amountMinor;
  }

  async authorise({ paymentId, token, amountMinor }: PaymentOrder): Promise<Authorisation> {
    const { state } = this.#entries.get(paymentId) ??
      this.#write(paymentId, { state: firstStateOf(token), amountMinor });
    await this.beforeAnswer();
    switch (state) {
      case "requires_action": {
        const nextAction = { type: "redirect", url: "https://bank.example" } as const;
        return { outcome: "requires_action", nextAction };
      }
      case "processing":
        return { outcome: "processing" };
      case "authorised":
      case "captured":
        return { outcome: state, transactionId: transactionOf(paymentId) };
      default:
        return { outcome: "declined", reason: `the payment is ${state}` };
    }
  }

  // deno-lint-ignore require-await -- as a provider does
  async capture({ paymentId }: { paymentId: string }): Promise<void> {
    const entry = this.#entries.get(paymentId);
    if (entry?.state === "captured") return;
    if (entry?.state !== "authorised") throw new Unavailable(`to capture, but ${entry?.state}`);
    entry.state = "captured";
    entry.capturedMinor = entry.amountMinor;
  }

  // deno-lint-ignore require-await -- as a provider does
  async void({ paymentId, amountMinor }: PaymentReference): Promise<void> {
    const entry = this.#entries.get(paymentId) ??
      this.#write(paymentId, { state: "voided", amountMinor });
    if (entry.state === "captured") entry.refundedMinor = entry.capturedMinor;
    else entry.state = "voided";
  }

  // deno-lint-ignore require-await -- as a provider does
  async refund(
    { refundId, transactionId, amountMinor }: Parameters<PaymentProvider["refund"]>[0],
  ): Promise<void> {
    if (this.#refunds.has(refundId)) return;
    this.#refunds.add(refundId);
    const paymentId = transactionId.slice(transactionOf("").length);
    this.#entries.get(paymentId)!.refundedMinor += amountMinor;
  }

  // deno-lint-ignore require-await -- as a provider does
  async inspect({ paymentId }: Pick<PaymentReference, "paymentId">): Promise<ProviderPayment> {
    const unknown = { state: "unknown", capturedMinor: 0, refundedMinor: 0 } as const;
    return { ...(this.#entries.get(paymentId) ?? unknown) };
  }

  // deno-lint-ignore require-await -- as a provider does
  async readWebhook(body: Uint8Array): Promise<ProviderEvent> {
    return JSON.parse(new TextDecoder().decode(body));
  }

  #write(paymentId: string, { state, amountMinor }: Pick<Entry, "state" | "amountMinor">): Entry {
    const entry = { state, amountMinor, capturedMinor: 0, refundedMinor: 0 };
    this.#entries.set(paymentId, entry);
    return entry;
  }
}

function firstStateOf(token: string): Entry["state"] {
  if (token === ACTION_TOKEN) return "requires_action";
  return token === PROCESSING_TOKEN ? "processing" : "authorised";
}

function transactionOf(paymentId: string): string {
  return `txn_${paymentId}`;
}
