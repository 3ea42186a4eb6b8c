import type { Mutant } from "./mutate.ts";

const RECONCILE_TESTS = "services/booking/payments/reconcile_payments_test.ts";
const LATE_TESTS = "services/booking/payments/webhooks_test.ts";
const REFUND_TESTS = "services/booking/refunds/refund_booking_test.ts";
const STRIPE_TESTS = "tests/stripe/provider_test.ts";

/** Defects of payments against their provider's books. */
export const PAYMENT_MUTANTS: readonly Mutant[] = [
  {
    name: "the reconciliation of payments takes a doubled refund for one",
    edits: [{
      in: "driftOf",
      find: "known.refundedMinor === refundedMinor",
      replace: "known.refundedMinor >= refundedMinor",
    }],
    tests: [RECONCILE_TESTS],
  },
  {
    name: "the reconciliation of payments reports what changed while it looked",
    edits: [{
      in: "reconcilePayments",
      find: "(await paymentStore.find(payment))?.payment",
      replace: "payment",
    }],
    tests: [RECONCILE_TESTS],
  },
  {
    name: "the reconciliation of payments voids again what is on its way back",
    edits: [
      { in: "driftOf", find: "isOpen(known) && !isBeingReturned", replace: "isOpen(known)" },
      {
        in: "payment_sql/queueVoid",
        find: "AND o.delivered_at IS NULL",
        replace: "AND o.delivered_at IS NOT NULL",
      },
    ],
    tests: [RECONCILE_TESTS],
  },
  {
    name: "the reconciliation of payments stays on its first page",
    edits: [{ in: "createPaymentReconciliation", find: "after = (await", replace: "(await" }],
    tests: [RECONCILE_TESTS],
  },
  {
    name: "money that came too late goes back unseen",
    edits: [{
      in: "confirm_sql/abandonConfirmation",
      find: "WHERE b.payment_status = 'refunded' AND b.refund_minor > 0",
      replace: "WHERE false",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "money that came too late is on its way back for ever",
    edits: [{
      in: "doneRefunds",
      find: "SET done_at = ${now}",
      replace: "SET done_at = NULL",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a void forgets the provider's name for the payment",
    edits: [{ in: "voidPayload", find: "'transaction_id'", replace: "'transaction'" }],
    tests: [LATE_TESTS],
  },
  {
    name: "refunds go in steps that providers cannot move",
    edits: [{
      in: "cancelledColumns",
      find: "ceil(${share} / ${step}) * ${step}",
      replace: "${share}",
    }],
    tests: [REFUND_TESTS],
  },
  {
    name: "a payment that Stripe does not know blocks the reconciliation",
    edits: [{
      in: "stripe/errors/isMissing",
      find: 'error.code === "resource_missing"',
      replace: "false",
    }],
    tests: [STRIPE_TESTS],
  },
];
