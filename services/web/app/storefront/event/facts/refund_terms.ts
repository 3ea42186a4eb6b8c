import type { PublicEvent } from "../../../api/events.ts";

/** Terms of events whose organiser has set none; the booking service's own default. */
const DEFAULT_POLICY: NonNullable<PublicEvent["refund_policy"]> = [
  { hours_before: 24, percent: 100 },
  { hours_before: 2, percent: 50 },
];
const HOUR_MS = 3_600_000;

/** A share of the price that is given back, and until when. */
export interface RefundStep {
  percent: number;
  until: string;
  /** Whether it holds until the event begins. */
  isUntilStart: boolean;
}

/** What a buyer gets back from `asOfMs` on, the best first; nothing after the last step. */
export function refundTerms(
  { refund_policy = DEFAULT_POLICY, start_datetime }: PublicEvent,
  asOfMs: number,
): RefundStep[] {
  const startMs = Date.parse(start_datetime);
  return refund_policy
    .filter(({ percent }) => percent > 0)
    .toSorted((a, b) => b.hours_before - a.hours_before)
    .map(({ hours_before, percent }) => ({
      percent,
      until: new Date(startMs - hours_before * HOUR_MS).toISOString(),
      isUntilStart: hours_before === 0,
    }))
    .filter(({ until }) => Date.parse(until) > asOfMs);
}
