import { ConstraintViolated } from "../models/seats/tables.ts";
import { Table } from "@evently/shared/testing";
import { DECLINED_TOKEN } from "../../services/booking/payments/mock.ts";
import type {
  Authorisation,
  PaymentOrder,
  PaymentProvider,
} from "../../services/booking/payments/provider.ts";
import type { AtOnce } from "./model/booking_model.ts";

/** A payment as the provider has it. */
export interface ProviderPayment {
  paymentId: string;
  transactionId: string;
  status: "waiting" | "authorised" | "declined" | "captured" | "void";
  amountMinor: number;
  capturedMinor: number;
  returnedMinor: number;
}

/** The payment is void, so nothing can be taken with it. */
export class PaymentVoid extends Error {
  override readonly name = "PaymentVoid";
}

/** A payment with this token waits until its buyer has acted. */
export const ACTION_TOKEN = "tok_action";

/** A provider that keeps the contract of {@link PaymentProvider}, and counts the money. */
export class PaymentModel implements AtOnce<Omit<PaymentProvider, "name">> {
  readonly payments = new Table<ProviderPayment>();
  /** What was given back, by refund id. */
  readonly refunds = new Map<string, number>();
  readonly #isDeclined: () => boolean;

  /** @param isDeclined whether a new payment is, whatever its token */
  constructor(isDeclined: () => boolean) {
    this.#isDeclined = isDeclined;
  }

  authorise({ paymentId, amountMinor, token }: PaymentOrder): Authorisation {
    const known = this.payments.get(paymentId);
    if (known) return answerOf(known);
    const declined = token === DECLINED_TOKEN || this.#isDeclined();
    const accepted = token === ACTION_TOKEN ? "waiting" : "authorised";
    return answerOf(this.#put({
      paymentId,
      transactionId: `txn_${paymentId}`,
      status: declined ? "declined" : accepted,
      amountMinor,
      capturedMinor: 0,
      returnedMinor: 0,
    }));
  }

  /** The buyer does what was asked. */
  act(paymentId: string): void {
    const payment = this.payments.get(paymentId);
    if (payment?.status === "waiting") this.#put({ ...payment, status: "authorised" });
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

  #put(payment: ProviderPayment): ProviderPayment {
    this.payments.put(payment.paymentId, payment);
    return payment;
  }
}

/** The same payment, the same answer; one that is void can only be declined. */
function answerOf({ paymentId, status, transactionId }: ProviderPayment): Authorisation {
  if (status === "waiting") {
    return { outcome: "requires_action", nextAction: { type: "redirect", url: paymentId } };
  }
  if (status === "authorised" || status === "captured") {
    return { outcome: "authorised", transactionId };
  }
  return { outcome: "declined", reason: `the payment is ${status}` };
}
