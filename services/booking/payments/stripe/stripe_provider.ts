import type { StripeConfig } from "@evently/shared/config";
import { toStripeAmount } from "@evently/shared/stripe_amounts";
import type { Stripe } from "stripe";
import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
  PaymentReference,
  ProviderEvent,
  ProviderPayment,
} from "../provider.ts";
import { openStripe } from "./client.ts";
import { BAD_AMOUNT, BAD_TOKEN, declineReason, FAILED } from "./declines.ts";
import {
  isDecline,
  isKeptFailure,
  isMissing,
  isRefusal,
  isStripeError,
  isWrongState,
  REPLAYED_HEADER,
  unknownOutcome,
} from "./errors.ts";
import { authorisationOf, isRefused, isUntried, providerPaymentOf } from "./intents.ts";
import { readStripeEvent } from "./webhook.ts";

type PaymentIntent = Stripe.PaymentIntent;
type Declined = Extract<Authorisation, { outcome: "declined" }>;

/** What was found under a payment's key. `isNew`: nothing had been there before. */
interface Found {
  intent: PaymentIntent;
  isNew: boolean;
}

const CONFIRMATION_TOKEN = /^ctoken_/;
const WITH_CHARGE = { expand: ["latest_charge"] };
/** Refunds of one payment that are looked at. */
const MAX_REFUNDS = 100;

/**
 * Payments by Stripe. A payment is a PaymentIntent that is created under the payment's id as its idempotency key, so
 * that everybody who knows the payment finds the same intent; confirming it with the buyer's token is a second request.
 * Card payments are captured by a request of their own; methods that cannot wait are captured at once.
 *
 * Stripe keeps the first answer to a key for a day. So an answer that it gave before tells nothing of the present: the
 * intent is read again. Cancelling and capturing are idempotent by themselves, and have no key.
 */
export class StripeProvider implements PaymentProvider {
  readonly name = "stripe";
  readonly #config: StripeConfig;
  readonly #stripe: () => Promise<Stripe>;

  constructor(config: StripeConfig) {
    this.#config = config;
    this.#stripe = openStripe(config);
  }

  async authorise(order: PaymentOrder): Promise<Authorisation> {
    if (toStripeAmount(order.amountMinor, order.currency) === undefined) {
      return { outcome: "declined", reason: BAD_AMOUNT };
    }
    try {
      const found = await this.#create(order);
      if (!found) return { outcome: "declined", reason: FAILED };
      return await this.#settled(found.intent, order);
    } catch (error) {
      // Refused before there was anything to pay, such as an amount that is too small.
      if (isRefusal(error)) return { outcome: "declined", reason: declineReason(error) };
      throw unknownOutcome(error);
    }
  }

  async capture({ transactionId }: { paymentId: string; transactionId: string }): Promise<void> {
    const { paymentIntents } = await this.#stripe();
    try {
      await paymentIntents.capture(transactionId);
    } catch (error) {
      if (!isWrongState(error)) throw unknownOutcome(error);
      const { status } = await this.#read(transactionId);
      if (status !== "succeeded") {
        throw unknownOutcome(new Error(`a payment to capture is ${status}`));
      }
    }
  }

  async void(payment: PaymentReference): Promise<void> {
    try {
      const intent = await this.#find(payment);
      if (intent) await this.#end(intent.id, payment.paymentId);
    } catch (error) {
      throw unknownOutcome(error);
    }
  }

  async refund({ refundId, transactionId, amountMinor, currency }: {
    refundId: string;
    transactionId: string;
    amountMinor: number;
    currency: string;
  }): Promise<void> {
    const { refunds } = await this.#stripe();
    try {
      const intent = await this.#read(transactionId);
      // The key is forgotten after a day; what was refunded stays known.
      const { data: made } = await refunds.list({
        payment_intent: transactionId,
        limit: MAX_REFUNDS,
      });
      if (made.some((refund) => isMade(refund) && refund.metadata?.refund_id === refundId)) return;
      const amount = toStripeAmount(amountMinor, currency);
      if (amount === undefined) {
        throw new Error(`no refund of ${amountMinor} ${currency} is possible`);
      }
      const { status } = await refunds.create({
        payment_intent: transactionId,
        amount,
        metadata: { refund_id: refundId, payment_id: intent.metadata.payment_id ?? "" },
      }, { idempotencyKey: refundId });
      if (status === "failed" || status === "canceled") throw new Error(`the refund ${status}`);
    } catch (error) {
      throw unknownOutcome(error);
    }
  }

  async inspect(payment: PaymentReference): Promise<ProviderPayment> {
    try {
      const intent = await this.#find(payment);
      if (intent) return providerPaymentOf(intent, payment.currency);
    } catch (error) {
      if (!isMissing(error)) throw unknownOutcome(error);
    }
    return { state: "unknown", capturedMinor: 0, refundedMinor: 0 };
  }

  readWebhook(body: Uint8Array, headers: Headers, now: Date): Promise<ProviderEvent> {
    return readStripeEvent({ body, headers, now, secret: this.#config.webhookSecret });
  }

  /** Confirms an intent that nobody has tried yet, and tells what came of it. */
  async #settled(intent: PaymentIntent, order: PaymentOrder): Promise<Authorisation> {
    if (isUntried(intent)) {
      const confirmed = await this.#confirm(intent.id, order);
      if ("outcome" in confirmed) return await this.#declined(intent, confirmed);
      intent = confirmed;
    }
    const authorisation = authorisationOf(intent);
    if (!authorisation) throw new Error(`a payment is ${intent.status} after its confirmation`);
    return isRefused(intent) && authorisation.outcome === "declined"
      ? await this.#declined(intent, authorisation)
      : authorisation;
  }

  /** Pays with the buyer's token. Returns the intent as that left it, or that nothing was paid. */
  async #confirm(id: string, order: PaymentOrder): Promise<PaymentIntent | Declined> {
    const { paymentIntents } = await this.#stripe();
    const { paymentId, bookingId, token } = order;
    const by = CONFIRMATION_TOKEN.test(token)
      ? { confirmation_token: token }
      : { payment_method: token };
    try {
      const confirmed = await paymentIntents.confirm(
        id,
        { ...by, return_url: `${this.#config.publicUrl}/checkout/${bookingId}` },
        { idempotencyKey: `${paymentId}:confirm` },
      );
      // An answer that was given before is old: the buyer may have acted since.
      return isReplayed(confirmed) ? await this.#read(id) : confirmed;
    } catch (error) {
      if (isWrongState(error)) return await this.#read(id);
      if (isDecline(error)) return { outcome: "declined", reason: declineReason(error) };
      if (isRefusal(error)) return { outcome: "declined", reason: BAD_TOKEN };
      if (isKeptFailure(error)) return { outcome: "declined", reason: FAILED };
      throw error;
    }
  }

  /**
   * Ends a declined payment before it is called so: the buyer's browser may know its client secret, and could pay by it
   * later. If it was paid after all, that is the outcome.
   */
  async #declined(
    intent: PaymentIntent,
    declined: Declined,
  ): Promise<Authorisation> {
    const { paymentIntents } = await this.#stripe();
    try {
      await paymentIntents.cancel(intent.id);
    } catch (error) {
      if (!isWrongState(error)) throw error;
      const present = await this.#read(intent.id);
      if (present.status !== "canceled") return authorisationOf(present) ?? declined;
    }
    return { ...declined, transactionId: intent.id };
  }

  /** Cancels an intent, or gives back all that is left of it. */
  async #end(id: string, paymentId: string): Promise<void> {
    const { paymentIntents, refunds } = await this.#stripe();
    try {
      await paymentIntents.cancel(id);
      return;
    } catch (error) {
      if (!isWrongState(error)) throw error;
    }
    const { status } = await this.#read(id);
    if (status === "canceled") return;
    if (status !== "succeeded") throw new Error(`a payment cannot be ended while it is ${status}`);
    try {
      await refunds.create(
        { payment_intent: id, metadata: { payment_id: paymentId } },
        { idempotencyKey: `${paymentId}:void` },
      );
    } catch (error) {
      if (!isStripeError(error) || error.code !== "charge_already_refunded") throw error;
    }
  }

  /** The present intent of a payment; `undefined` if it has none, and none that could be made. */
  async #find(payment: PaymentReference): Promise<PaymentIntent | undefined> {
    if (payment.transactionId !== undefined) return await this.#read(payment.transactionId);
    if (toStripeAmount(payment.amountMinor, payment.currency) === undefined) return undefined;
    try {
      const found = await this.#create(payment);
      if (!found?.isNew) return found?.intent;
      return await this.#findOlder(payment.paymentId, found.intent.id) ?? found.intent;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /**
   * Creates the intent of a payment, or finds the one that was created before; it is never confirmed here.
   *
   * @returns `undefined` if Stripe failed, and keeps that answer: then nobody can pay under this key
   */
  async #create(payment: Omit<PaymentReference, "transactionId">): Promise<Found | undefined> {
    const { paymentIntents } = await this.#stripe();
    const { paymentId, amountMinor, currency } = payment;
    try {
      const created = await paymentIntents.create({
        amount: toStripeAmount(amountMinor, currency) ?? 0,
        currency: currency.toLowerCase(),
        metadata: { payment_id: paymentId },
        automatic_payment_methods: { enabled: true },
        payment_method_options: { card: { capture_method: "manual" } },
      }, { idempotencyKey: paymentId });
      if (!isReplayed(created)) return { intent: created, isNew: true };
      return { intent: await this.#read(created.id), isNew: false };
    } catch (error) {
      if (isKeptFailure(error)) return undefined;
      throw error;
    }
  }

  /** A payment whose key Stripe has forgotten is found by its metadata, where the account may search. */
  async #findOlder(paymentId: string, newId: string): Promise<PaymentIntent | undefined> {
    const { paymentIntents } = await this.#stripe();
    try {
      const { data } = await paymentIntents.search({
        query: `metadata['payment_id']:'${paymentId}'`,
        expand: ["data.latest_charge"],
      });
      return data.find(({ id }) => id !== newId);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  async #read(id: string): Promise<PaymentIntent> {
    const { paymentIntents } = await this.#stripe();
    return await paymentIntents.retrieve(id, WITH_CHARGE);
  }
}

/** With `fetch` the library's answers have `Headers`, other than their type says. */
function isReplayed({ lastResponse }: { lastResponse: { headers: HeadersInit } }): boolean {
  return new Headers(lastResponse.headers).get(REPLAYED_HEADER) === "true";
}

/** A refund that failed or was taken back has returned no money. */
function isMade({ status }: Stripe.Refund): boolean {
  return status !== "failed" && status !== "canceled";
}
