import { inParallel } from "@evently/shared/in_parallel";
import type { BookingDeps } from "../deps.ts";
import type { PaymentKey, PaymentStore, StoredPayment } from "./payment_store.ts";
import type { ProviderPayment } from "./provider.ts";

export interface ReconcilePaymentsDeps extends Pick<BookingDeps, "payments" | "clock" | "log"> {
  paymentStore: Pick<PaymentStore, "list" | "find" | "queueLook" | "queueVoid">;
  ids: Pick<BookingDeps["ids"], "newId">;
}

/** How a payment and its provider's books can contradict each other. */
export type PaymentDrift =
  /** It waits here, and has gone on there: a webhook was lost. */
  | "not_heard_of"
  /** It has ended here, and money is reserved or kept there. */
  | "not_voided"
  /** It was captured here, and not there, or another amount. */
  | "capture_differs"
  /** Less was given back there. */
  | "refund_missing"
  /** More was given back there. */
  | "refunded_more";

/** The result of one page. */
export interface PaymentsReconciled {
  examined: number;
  /** Whose repair is queued. */
  repaired: number;
  /** What a person must decide. */
  unrepaired: number;
  /** Where the next page begins; `undefined` after the last. */
  next: PaymentKey | undefined;
}

/** Younger payments are left alone, as others are at work on them. */
export const RECONCILED_AFTER_MS = 10 * 60_000;
/** Providers find a payment by its id alone for a day; older ones must have the provider's name for them. */
const FOUND_BY_ID_FOR_MS = 23 * 3_600_000;
/** Payments a page: each costs a call to the provider. */
export const RECONCILED_PAGE = 100;
const MAX_IN_FLIGHT = 4;

/**
 * Compares a page of payments with the books of their provider. Where the rules decide it queues the repair, a look at
 * the payment or its void; the rest it logs as errors. Safe at any time and in several processes at once.
 *
 * @throws {Unavailable} the provider does not answer
 */
export async function reconcilePayments(
  deps: ReconcilePaymentsDeps,
  after: PaymentKey | undefined,
): Promise<PaymentsReconciled> {
  const { payments, paymentStore, clock, log } = deps;
  const nowMs = clock.now().getTime();
  const page = await paymentStore.list({
    provider: payments.name,
    after,
    startedBefore: new Date(nowMs - RECONCILED_AFTER_MS),
    unnamedSince: new Date(nowMs - FOUND_BY_ID_FOR_MS),
    limit: RECONCILED_PAGE,
  });
  const result = { examined: page.length, repaired: 0, unrepaired: 0 };
  await inParallel(page, { atOnce: MAX_IN_FLIGHT }, async (payment) => {
    const known = await payments.inspect(payment);
    if (!driftOf(payment, known)) return;
    // It may have changed between the two reads.
    const present = (await paymentStore.find(payment))?.payment;
    const drift = present && driftOf(present, known);
    if (!drift) return;
    const isRepaired = await repair(deps, { payment, drift });
    result[isRepaired ? "repaired" : "unrepaired"]++;
    log[isRepaired ? "warn" : "error"]("payments: differ from the provider's books", {
      drift,
      payment_id: payment.paymentId,
      booking_id: payment.bookingId,
      status: present.status,
      amount_minor: present.amountMinor,
      refunded_minor: present.refundedMinor,
      provider_state: known.state,
      provider_captured_minor: known.capturedMinor,
      provider_refunded_minor: known.refundedMinor,
    });
  });
  const last = page.length === RECONCILED_PAGE ? page.at(-1) : undefined;
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
      if (known.state !== "captured" || known.capturedMinor !== amountMinor) {
        return "capture_differs";
      }
      if (isBeingReturned || known.refundedMinor === refundedMinor) return undefined;
      return known.refundedMinor < refundedMinor ? "refund_missing" : "refunded_more";
  }
}

/** Whether money is reserved or kept, or still can be. */
function isOpen({ state, capturedMinor, refundedMinor }: ProviderPayment): boolean {
  if (state === "captured") return refundedMinor < capturedMinor;
  return state === "authorised" || state === "processing" || state === "requires_action";
}

/** Queues what the rules decide, unless it is queued; `false`: a person must decide. */
async function repair(
  { paymentStore, ids, clock }: ReconcilePaymentsDeps,
  { payment: { paymentId, eventId }, drift }: { payment: StoredPayment; drift: PaymentDrift },
): Promise<boolean> {
  const now = clock.now();
  switch (drift) {
    case "not_heard_of":
      await paymentStore.queueLook({ messageId: ids.newId(), paymentId, now });
      return true;
    case "not_voided":
      await paymentStore.queueVoid({ paymentId, eventId, now });
      return true;
    default:
      return false;
  }
}
