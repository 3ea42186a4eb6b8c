import type { EventSummary, RefundPolicy } from "@evently/event";

/** What a booking is sold with, and keeps whatever its event's organiser changes afterwards. */
export interface SaleTerms {
  refundPolicy: RefundPolicy;
  /** The start that the policy's hours are before. */
  startsAt: Date;
}

/** An event as it is now. */
export interface CurrentTerms extends SaleTerms {
  endsAt: Date;
  isCancelled: boolean;
}

/** All of it until a day before the start, half until two hours before, then nothing. */
export const DEFAULT_REFUND_POLICY: RefundPolicy = [
  { hours_before: 24, percent: 100 },
  { hours_before: 2, percent: 50 },
];

export function currentTerms(event: EventSummary): CurrentTerms {
  return {
    refundPolicy: event.refund_policy ?? DEFAULT_REFUND_POLICY,
    startsAt: new Date(event.start_datetime),
    endsAt: new Date(event.end_datetime),
    isCancelled: event.status === "cancelled",
  };
}
