/**
 * How much of the price a buyer gets back, by how long before the start the booking is cancelled. A JSON document
 * that is stored and sent as it is, so its keys are those of the wire.
 */
export type RefundPolicy = {
  /** At least this many hours before the start, … */
  hours_before: number;
  /** … this share of the price is refunded. */
  percent: number;
}[];

/** Sorts a policy as it is stored and shown: the largest `hours_before` first. */
export function inRefundOrder<Policy extends RefundPolicy | null>(policy: Policy): Policy {
  return policy &&
    policy.toSorted((a, b) => b.hours_before - a.hours_before) as typeof policy;
}
