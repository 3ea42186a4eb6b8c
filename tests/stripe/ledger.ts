import type { Stripe } from "stripe";
import { ApiRefusal, invalidRequest, missing } from "./answers.ts";
import { TEST_METHODS, type TestMethod } from "./test_methods.ts";

type PaymentIntent = Stripe.PaymentIntent;
type Refund = Stripe.Refund;
/** What the tests look at of a charge. */
type Charge = Pick<
  Stripe.Charge,
  "id" | "object" | "amount" | "amount_captured" | "amount_refunded" | "refunded" | "metadata"
>;
/** The types of event that a payment causes. */
export type EventType = Stripe.Event["type"];

/** An intent beside what Stripe does not show of it. */
interface Entry {
  intent: PaymentIntent;
  /** As it was before the last change, for an API that answers an older state. */
  older: PaymentIntent;
  charge?: Charge;
  method?: TestMethod;
}

const NOW_S = () => Math.floor(Date.now() / 1_000);
const SMALLEST_AMOUNT = 50;
const THREE_DECIMALS = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);

/** Payments, charges and refunds of an account, with the rules by which they change. */
export class Ledger {
  readonly #intents = new Map<string, Entry>();
  readonly #refunds = new Map<string, Refund>();
  /** Tokens that a buyer's browser made, each for one payment. */
  readonly #confirmationTokens = new Map<string, { method: string; usedBy?: string }>();
  readonly #newId: (prefix: string) => string;
  readonly #tell: (type: EventType, object: object) => void;

  /** @param tell hears of every event, with the object as it is then */
  constructor({ newId, tell }: {
    newId: (prefix: string) => string;
    tell: (type: EventType, object: object) => void;
  }) {
    this.#newId = newId;
    this.#tell = tell;
  }

  create({ amount, currency, metadata, manualCards }: {
    amount: number;
    currency: string;
    metadata: Record<string, string>;
    /** Whether card payments are captured by a request of their own. */
    manualCards: boolean;
  }): PaymentIntent {
    checkAmount(amount, currency);
    const id = this.#newId("pi");
    const intent = newIntent({ id, amount, currency, metadata });
    if (manualCards) {
      intent.payment_method_options = { card: { capture_method: "manual" } } as never;
    }
    this.#intents.set(id, { intent, older: structuredClone(intent) });
    this.#tell("payment_intent.created", structuredClone(intent));
    return structuredClone(intent);
  }

  /** @param options.older the state before the last change */
  read(id: string, { older = false }: { older?: boolean } = {}): PaymentIntent {
    const entry = this.#entry(id);
    return structuredClone(older ? entry.older : entry.intent);
  }

  /** An intent with its charge in it, as `expand` gives it. */
  readExpanded(id: string, options: { older?: boolean } = {}): PaymentIntent {
    const { charge } = this.#entry(id);
    const intent = this.read(id, options);
    if (charge && intent.latest_charge !== null) {
      intent.latest_charge = structuredClone(charge) as Stripe.Charge;
    }
    return intent;
  }

  all(): PaymentIntent[] {
    return [...this.#intents.values()].map(({ intent }) => structuredClone(intent));
  }

  refundsOf(id: string): Refund[] {
    return [...this.#refunds.values()].filter((refund) => refund.payment_intent === id)
      .map((refund) => structuredClone(refund));
  }

  findBySecret(secret: string): PaymentIntent | undefined {
    const id = secret.split("_secret_")[0] ?? "";
    const found = this.#intents.get(id)?.intent;
    return found?.client_secret === secret ? structuredClone(found) : undefined;
  }

  /** Turns what a buyer entered into a token for one payment. */
  createConfirmationToken(method: string): { id: string; object: "confirmation_token" } {
    const id = this.#newId("ctoken");
    this.#confirmationTokens.set(id, { method });
    return { id, object: "confirmation_token" };
  }

  confirm(id: string, by: { method?: string; confirmationToken?: string; returnUrl?: string }) {
    const entry = this.#entry(id);
    mayBe(entry.intent, "confirm", ["requires_payment_method", "requires_confirmation"]);
    const methodId = this.#methodOf(id, by);
    const method = TEST_METHODS.get(methodId);
    if (!method) throw missing("PaymentMethod", methodId);
    if (by.returnUrl === undefined) {
      throw invalidRequest("You must provide a `return_url`.", { param: "return_url" });
    }
    entry.method = method;
    this.#change(entry, { payment_method: methodId, last_payment_error: null });
    switch (method.then) {
      case "pays":
        this.#charge(entry);
        break;
      case "asks":
        this.#change(entry, {
          status: "requires_action",
          next_action: nextAction(by, entry),
        }, "payment_intent.requires_action");
        break;
      case "processes":
        this.#change(entry, { status: "processing" }, "payment_intent.processing");
        break;
      case "declines":
        throw this.#decline(entry, {
          code: method.code ?? "card_declined",
          ...(method.declineCode === undefined ? {} : { decline_code: method.declineCode }),
        });
    }
    return this.read(id);
  }

  /** The buyer answers the bank; an answer to nothing is none. */
  answerBank(id: string, answer: "approve" | "refuse"): PaymentIntent {
    const entry = this.#entry(id);
    if (entry.intent.status !== "requires_action") return this.read(id);
    this.#change(entry, { next_action: null });
    if (answer === "approve") this.#charge(entry);
    else this.#decline(entry, { code: "payment_intent_authentication_failure" });
    return this.read(id);
  }

  /** A payment under way comes to its end. */
  settle(id: string, outcome: "succeeds" | "fails"): void {
    const entry = this.#entry(id);
    if (entry.intent.status !== "processing") return;
    if (outcome === "succeeds") this.#charge(entry);
    else this.#decline(entry, { code: "payment_intent_payment_attempt_failed" });
  }

  capture(id: string): PaymentIntent {
    const entry = this.#entry(id);
    mayBe(entry.intent, "capture", ["requires_capture"]);
    this.#capture(entry);
    return this.read(id);
  }

  cancel(id: string): PaymentIntent {
    const entry = this.#entry(id);
    mayBe(entry.intent, "cancel", [
      "requires_payment_method",
      "requires_confirmation",
      "requires_action",
      "requires_capture",
    ]);
    const { charge } = entry;
    // Freeing what was reserved is a refund of the charge.
    if (charge) Object.assign(charge, { amount_refunded: charge.amount, refunded: true });
    this.#change(
      entry,
      { status: "canceled", canceled_at: NOW_S(), amount_capturable: 0, next_action: null },
      "payment_intent.canceled",
    );
    return this.read(id);
  }

  refund({ intentId, amount, metadata }: {
    intentId: string;
    amount?: number;
    metadata: Record<string, string>;
  }): Refund {
    const { intent, charge } = this.#entry(intentId);
    if (!charge || intent.status !== "succeeded") {
      throw invalidRequest("This PaymentIntent does not have a successful charge to refund.");
    }
    const left = charge.amount_captured - charge.amount_refunded;
    if (left === 0) {
      throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
        code: "charge_already_refunded",
      });
    }
    const asked = amount ?? left;
    if (THREE_DECIMALS.has(intent.currency) && asked % 10 !== 0) throw badDecimals();
    if (!(asked > 0 && asked <= left)) {
      throw invalidRequest("Refund amount is greater than unrefunded amount on charge", {
        param: "amount",
      });
    }
    charge.amount_refunded += asked;
    charge.refunded = charge.amount_refunded === charge.amount_captured;
    const refund = newRefund({
      id: this.#newId("re"),
      amount: asked,
      currency: intent.currency,
      charge: charge.id,
      intentId,
      metadata,
    });
    this.#refunds.set(refund.id, refund);
    this.#tell("refund.created", structuredClone(refund));
    this.#tell("charge.refunded", structuredClone(charge));
    return structuredClone(refund);
  }

  #entry(id: string): Entry {
    const entry = this.#intents.get(id);
    if (!entry) throw missing("payment_intent", id);
    return entry;
  }

  #methodOf(
    id: string,
    { method, confirmationToken }: { method?: string; confirmationToken?: string },
  ): string {
    if (confirmationToken === undefined) return method ?? "";
    const token = this.#confirmationTokens.get(confirmationToken);
    if (!token) throw missing("confirmation_token", confirmationToken);
    if (token.usedBy !== undefined) {
      throw invalidRequest("The provided confirmation_token has already been used.", {
        param: "confirmation_token",
      });
    }
    token.usedBy = id;
    return token.method;
  }

  /** Takes or reserves the money. */
  #charge(entry: Entry): void {
    const { intent, method } = entry;
    entry.charge = {
      id: this.#newId("ch"),
      object: "charge",
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      refunded: false,
      metadata: { ...intent.metadata },
    };
    intent.latest_charge = entry.charge.id;
    const waits = method?.type === "card" &&
      intent.payment_method_options?.card?.capture_method === "manual";
    if (!waits) return this.#capture(entry);
    this.#change(
      entry,
      { status: "requires_capture", amount_capturable: intent.amount },
      "payment_intent.amount_capturable_updated",
    );
  }

  #capture(entry: Entry): void {
    const { intent: { amount }, charge } = entry;
    charge!.amount_captured = amount;
    const change = { status: "succeeded", amount_received: amount, amount_capturable: 0 } as const;
    this.#change(entry, change, "payment_intent.succeeded");
    this.#tell("charge.captured", structuredClone(charge!));
  }

  /** Returns the refusal that a confirmation answers with. */
  #decline(entry: Entry, codes: { code: string; decline_code?: string }): ApiRefusal {
    const error = {
      type: "card_error",
      message: "Your card was declined: text of the bank",
      ...codes,
    };
    this.#change(
      entry,
      { status: "requires_payment_method", last_payment_error: error as never },
      "payment_intent.payment_failed",
    );
    return new ApiRefusal(402, { ...error, payment_intent: this.read(entry.intent.id) });
  }

  #change(entry: Entry, change: Partial<PaymentIntent>, type?: EventType): void {
    entry.older = structuredClone(entry.intent);
    Object.assign(entry.intent, change);
    if (type) this.#tell(type, structuredClone(entry.intent));
  }
}

function mayBe(intent: PaymentIntent, verb: string, states: readonly string[]): void {
  if (states.includes(intent.status)) return;
  throw invalidRequest(
    `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    { code: "payment_intent_unexpected_state", payment_intent: structuredClone(intent) },
  );
}

function checkAmount(amount: number, currency: string): void {
  if (!Number.isInteger(amount) || amount < SMALLEST_AMOUNT) {
    throw invalidRequest("Amount must be at least 50.", { code: "amount_too_small" });
  }
  if (THREE_DECIMALS.has(currency) && amount % 10 !== 0) throw badDecimals();
}

function badDecimals(): ApiRefusal {
  return invalidRequest("The last digit of this currency's amounts must be 0.", {
    code: "parameter_invalid_integer",
    param: "amount",
  });
}

/** A step for Stripe's script where the client has it; a page of the bank without it, and for ways that are no card. */
function nextAction(
  { confirmationToken, returnUrl }: { confirmationToken?: string; returnUrl?: string },
  { intent: { id }, method }: Entry,
): Stripe.PaymentIntent.NextAction {
  if (confirmationToken !== undefined && method?.type === "card") {
    return { type: "use_stripe_sdk", use_stripe_sdk: {} };
  }
  return {
    type: "redirect_to_url",
    redirect_to_url: { return_url: returnUrl ?? null, url: `https://hooks.stripe.com/fake/${id}` },
  };
}

function newIntent({ id, amount, currency, metadata }: {
  id: string;
  amount: number;
  currency: string;
  metadata: Record<string, string>;
}): PaymentIntent {
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${crypto.randomUUID().replaceAll("-", "")}`,
    confirmation_method: "automatic",
    created: NOW_S(),
    currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
}

function newRefund({ id, amount, currency, charge, intentId, metadata }: {
  id: string;
  amount: number;
  currency: string;
  charge: string;
  intentId: string;
  metadata: Record<string, string>;
}): Refund {
  return {
    id,
    object: "refund",
    amount,
    balance_transaction: null,
    charge,
    created: NOW_S(),
    currency,
    customer: null,
    customer_account: null,
    metadata,
    payment_intent: intentId,
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}
