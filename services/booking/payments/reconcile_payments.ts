import { inParallel } from "@evently/shared/in_parallel";
import type { BookingDeps } from "../deps.ts";
import type { PaymentKey, PaymentStore, StoredPayment } from "./payment_store.ts";
import type { ProviderPayment } from "./provider.ts";

export interface ReconcilePaymentsDeps extends Pick<BookingDeps, "payments" | "clock" | "log"> {
  paymentStore: Pick<PaymentStore, "list" | "queueLook" | "queueVoid">;
  ids: Pick<BookingDeps["ids"], "newId">;
}

/** How a payment and its provider's books can contradict each other. */
export type PaymentDrift =
  /** It waits here, and has gone on there: a webhook was lost. */
  | "not_heard_of"
  /** It has ended here, and money is reserved or kept there. */
  | "not_voided"
  /** It was captured here, and not there, or another amount. */
  | "money_missing"
  /** Another amount was given back there. */
  | "refunds_differ";

/** The result of one page. */
export interface PaymentsReconciled {
  examined: number;
  repaired: number;
  /** What a person must decide. */
  unrepaired: number;
  /** Where the next page begins; `undefined` after the last. */
  next: PaymentKey | undefined;
}

/** Younger payments are left alone, as others are at work on them. */
export const RECONCILED_AFTER_MS = 10 * 60_000;
/** Payments a page: each costs a call to the provider. */
const PAGE = 100;
const MAX_IN_FLIGHT = 4;
/** A provider may round a refund in a currency of three decimals up to its hundredth. */
const MAX_ROUNDING_MINOR = 9;

/**
 * Compares a page of payments with the books of their provider. Where the rules decide it queues the repair, a look at
 * the payment or its void; the rest it logs as errors. Safe at any time and in several processes at once.
 *
 * @throws {Unavailable} the provider does not answer
 */
export async function reconcilePayments(
  { payments, paymentStore, clock, ids, log }: ReconcilePaymentsDeps,
  after: PaymentKey | undefined,
): Promise<PaymentsReconciled> {
  const now = clock.now();
  const startedBefore = new Date(now.getTime() - RECONCILED_AFTER_MS);
  const provider = payments.name;
  const page = await paymentStore.list({ provider, after, startedBefore, limit: PAGE });
  const result = { examined: page.length, repaired: 0, unrepaired: 0 };
  await inParallel(page, { atOnce: MAX_IN_FLIGHT }, async (payment) => {
    const known = await payments.inspect(payment);
    const drift = driftOf(payment, known);
    if (!drift) return;
    const { paymentId, eventId, bookingId } = payment;
    const isRepaired = drift === "not_heard_of"
      ? await paymentStore.queueLook({ messageId: ids.newId(), paymentId, now })
      : drift === "not_voided" && await paymentStore.queueVoid({ paymentId, eventId, now });
    result[isRepaired ? "repaired" : "unrepaired"]++;
    log[isRepaired ? "warn" : "error"]("payments: differ from the provider's books", {
      drift,
      payment_id: paymentId,
      booking_id: bookingId,
      status: payment.status,
      provider_state: known.state,
      captured_minor: known.capturedMinor,
      refunded_minor: known.refundedMinor,
    });
  });
  const last = page.length === PAGE ? page.at(-1) : undefined;
  return { ...result, next: last && { paymentId: last.paymentId, eventId: last.eventId } };
}

/** Returns a function that reconciles the next page, from a random one on, and starts over after the last. */
export function createPaymentReconciliation(deps: ReconcilePaymentsDeps): () => Promise<void> {
  const { newId } = deps.ids;
  let after: PaymentKey | undefined = { paymentId: newId(), eventId: newId() };
  return async function reconcile() {
    after = (await reconcilePayments(deps, after)).next;
  };
}

/** Finds the contradiction of a payment; `undefined` also while it is being given back. */
export function driftOf(
  { status, amountMinor, refundedMinor, isBeingReturned }: StoredPayment,
  known: ProviderPayment,
): PaymentDrift | undefined {
  switch (status) {
    case "started":
      return undefined;
    case "requires_action":
    case "processing":
      return known.state === status || known.state === "unknown" ? undefined : "not_heard_of";
    case "declined":
    case "voided":
      return isOpen(known) && !isBeingReturned ? "not_voided" : undefined;
    case "captured":
    case "refunded":
      if (known.state !== "captured" || known.capturedMinor !== amountMinor) return "money_missing";
      return isBeingReturned || differByRounding(known.refundedMinor, refundedMinor)
        ? undefined
        : "refunds_differ";
  }
}

function differByRounding(given: number, promised: number): boolean {
  return given >= promised && given - promised <= MAX_ROUNDING_MINOR;
}

function isOpen({ state, capturedMinor, refundedMinor }: ProviderPayment): boolean {
  if (state === "captured") return refundedMinor < capturedMinor;
  return state === "authorised" || state === "processing" || state === "requires_action";
}
