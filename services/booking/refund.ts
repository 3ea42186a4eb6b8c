import type { RefundPolicy } from "@evently/event";

/** All of it until a day before the start, half until two hours before, then nothing. */
export const DEFAULT_REFUND_POLICY: RefundPolicy = [
  { hours_before: 24, percent: 100 },
  { hours_before: 2, percent: 50 },
];

const MS_PER_HOUR = 3_600_000;

/** How many percent come back when a booking is cancelled `now`: the first step that is far enough ahead. */
export function refundPercent(policy: RefundPolicy, startsAt: Date, now: Date): number {
  const hours_left = (startsAt.getTime() - now.getTime()) / MS_PER_HOUR;
  const steps = policy.toSorted((a, b) => b.hours_before - a.hours_before);
  return steps.find(({ hours_before }) => hours_left > hours_before)?.percent ?? 0;
}
