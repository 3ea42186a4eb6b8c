import type { RefundPolicy } from "@evently/event";

/** The terms that a booking is sold with. It keeps them, whatever the organiser changes afterwards. */
export interface SaleTerms {
  refundPolicy: RefundPolicy;
  /** The start that the hours of the policy count back from. */
  startsAt: Date;
}

/** An event as it is now. */
export interface CurrentTerms extends SaleTerms {
  endsAt: Date;
  isCancelled: boolean;
}

/** The full price until a day before the start, half until two hours before, then nothing. */
export const DEFAULT_REFUND_POLICY: RefundPolicy = [
  { hours_before: 24, percent: 100 },
  { hours_before: 2, percent: 50 },
];
