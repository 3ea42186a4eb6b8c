import { ConstraintViolated } from "../models/seats/tables.ts";
import { Table } from "@evently/shared/testing";
import {
  ACTION_TOKEN,
  CAPTURED_TOKEN,
  DECLINED_TOKEN,
  PROCESSING_TOKEN,
} from "../../services/booking/payments/mock.ts";
import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
  PaymentReference,
  ProviderPayment,
} from "../../services/booking/payments/provider.ts";
import type { Synchronous } from "./model/booking_model.ts";

/** A payment at the provider. */
export interface ModelPayment {
  paymentId: string;
  transactionId: string;
  status: "waiting" | "processing" | "authorised" | "declined" | "captured" | "void";
  amountMinor: number;
  capturedMinor: number;
  returnedMinor: number;
}

/** A void payment cannot be captured. */
export class PaymentVoid extends Error {
  override readonly name = "PaymentVoid";
}

/** What becomes of a payment that is accepted, by its token; any other is authorised. */
const ACCEPTED: Readonly<Record<string, ModelPayment["status"]>> = {
  [ACTION_TOKEN]: "waiting",
  [PROCESSING_TOKEN]: "processing",
  [CAPTURED_TOKEN]: "captured",
};

/** The calls of a provider. */
export type ModelledProvider = Omit<PaymentProvider, "name" | "readWebhook">;

/** In-memory provider with the contract of {@link PaymentProvider}; it counts captured and returned money. */
export class PaymentModel implements Synchronous<ModelledProvider> {
  readonly payments = new Table<ModelPayment>();
  /** Refunded amounts in minor units by refund id. */
  readonly refunds = new Map<string, number>();
  readonly #isDeclined: () => boolean;

  /** @param isDeclined decides whether to decline a new payment, regardless of its token */
  constructor(isDeclined: () => boolean) {
    this.#isDeclined = isDeclined;
  }

  authorise({ paymentId, amountMinor, token }: PaymentOrder): Authorisation {
    const known = this.payments.get(paymentId);
    if (known) return answerOf(known);
    const declined = token === DECLINED_TOKEN || this.#isDeclined();
    const status = declined ? "declined" : ACCEPTED[token] ?? "authorised";
    return answerOf(this.#put({
      paymentId,
      transactionId: `txn_${paymentId}`,
      status,
      amountMinor,
      capturedMinor: status === "captured" ? amountMinor : 0,
      returnedMinor: 0,
    }));
  }

  /** Carries on a payment that waits for its buyer, or that is processing. */
  become(paymentId: string, status: ModelPayment["status"]): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status !== "waiting" && payment?.status !== "processing") return;
    const capturedMinor = status === "captured" ? payment.amountMinor : 0;
    this.#put({ ...payment, status, capturedMinor });
  }

  capture({ paymentId }: { paymentId: string; transactionId: string }): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status === "captured") return;
    if (payment?.status === "void") throw new PaymentVoid(`payment ${paymentId} is void`);
    if (payment?.status !== "authorised") {
      throw new ConstraintViolated(`payment ${paymentId} was captured without an authorisation`);
    }
    this.#put({ ...payment, status: "captured", capturedMinor: payment.amountMinor });
  }

  void({ paymentId }: { paymentId: string }): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status === "declined") return;
    const unknown = { paymentId, transactionId: "", amountMinor: 0, capturedMinor: 0 };
    const before = payment ?? unknown;
    this.#put({ ...before, status: "void", returnedMinor: before.capturedMinor });
  }

  refund(
    { refundId, transactionId, amountMinor }: {
      refundId: string;
      transactionId: string;
      amountMinor: number;
      currency: string;
    },
  ): void {
    if (this.refunds.has(refundId)) return;
    const payment = this.payments.get(transactionId.replace(/^txn_/, ""));
    if (!payment) throw new ConstraintViolated(`refund ${refundId} is of an unknown transaction`);
    this.refunds.set(refundId, amountMinor);
    this.#put({ ...payment, returnedMinor: payment.returnedMinor + amountMinor });
  }

  inspect({ paymentId }: PaymentReference): ProviderPayment {
    const payment = this.payments.get(paymentId);
    return {
      state: payment ? STATE_OF[payment.status] : "unknown",
      capturedMinor: payment?.capturedMinor ?? 0,
      refundedMinor: payment?.returnedMinor ?? 0,
      transactionId: payment?.transactionId,
    };
  }

  #put(payment: ModelPayment): ModelPayment {
    this.payments.put(payment.paymentId, payment);
    return payment;
  }
}

const STATE_OF = {
  waiting: "requires_action",
  processing: "processing",
  authorised: "authorised",
  declined: "declined",
  captured: "captured",
  void: "voided",
} as const;

/** Returns the answer for a payment, equal on each attempt; a void payment is declined. */
function answerOf({ paymentId, status, transactionId }: ModelPayment): Authorisation {
  if (status === "waiting") {
    const nextAction = { type: "redirect", url: paymentId } as const;
    return { outcome: "requires_action", nextAction, transactionId };
  }
  if (status === "processing") return { outcome: "processing", transactionId };
  if (status === "authorised" || status === "captured") return { outcome: status, transactionId };
  return { outcome: "declined", reason: `the payment is ${status}` };
}
