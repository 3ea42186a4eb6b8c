import type { RefundPolicy } from "@evently/event";
import { PAYABLE_STEPS } from "@evently/shared/money";
import type { CurrentTerms, SaleTerms } from "./terms.ts";

const MS_PER_HOUR = 3_600_000;
/** Percentages have three decimals. */
const PERCENT_SCALE = 1_000;

/** The share of the price that a buyer gets back on cancellation. */
export interface RefundOffer {
  percent: number;
  /** When it becomes `nextPercent`; absent if it does not change any more. */
  until?: Date;
  nextPercent?: number;
}

/** The terms that a booking was sold with, and its event as it is now, if known. */
export interface RefundTerms {
  kept: SaleTerms;
  current?: CurrentTerms | undefined;
}

/**
 * The refund offered to a buyer who cancels `now`: by the terms of the sale or by the event's present terms, whichever
 * are better for the buyer; the full price if the event is cancelled. `undefined` once the event has ended.
 */
export function refundOffer(terms: RefundTerms, now: Date): RefundOffer | undefined {
  const { current } = terms;
  if (current?.isCancelled) return { percent: 100 };
  if (current && current.endsAt <= now) return undefined;
  const percent = percentAt(terms, now);
  const until = turningPoints(terms, now).find((time) => percentAt(terms, time) !== percent);
  return until ? { percent, until, nextPercent: percentAt(terms, until) } : { percent };
}

/**
 * The refund of a price in minor units: rounded down to whole units, then up to an amount that providers can move; never
 * more than the price. Half of 1.250 KWD is 0.630.
 */
export function refundOf(totalMinor: number, percent: number, currency: string): number {
  const thousandths = BigInt(Math.round(percent * PERCENT_SCALE));
  const share = Number(BigInt(totalMinor) * thousandths / BigInt(100 * PERCENT_SCALE));
  const step = PAYABLE_STEPS.get(currency) ?? 1;
  return Math.min(Math.ceil(share / step) * step, totalMinor);
}

/** The percentage of a policy for a cancellation `now`: the first step that is far enough ahead. */
export function refundPercent(policy: RefundPolicy, startsAt: Date, now: Date): number {
  const leftMs = startsAt.getTime() - now.getTime();
  const steps = policy.toSorted((a, b) => b.hours_before - a.hours_before);
  return steps.find(({ hours_before }) => leftMs > toMs(hours_before))?.percent ?? 0;
}

/** The best policy counted to the best start: a change of one does not take the other from the buyer. */
function percentAt(terms: RefundTerms, now: Date): number {
  if (terms.current && terms.current.endsAt <= now) return 0;
  const all = bothOf(terms);
  return Math.max(
    ...all.flatMap(({ refundPolicy }) =>
      all.map(({ startsAt }) => refundPercent(refundPolicy, startsAt, now))
    ),
  );
}

/** The times after `now` at which a step of a policy or the event ends, in order. */
function turningPoints(terms: RefundTerms, now: Date): Date[] {
  const all = bothOf(terms);
  const steps = all.flatMap(({ refundPolicy }) => refundPolicy);
  const times = steps.flatMap(({ hours_before }) =>
    all.map(({ startsAt }) => startsAt.getTime() - toMs(hours_before))
  );
  if (terms.current) times.push(terms.current.endsAt.getTime());
  return times.filter((time) => time > now.getTime())
    .sort((a, b) => a - b)
    .map((time) => new Date(time));
}

function bothOf({ kept, current }: RefundTerms): SaleTerms[] {
  return current ? [kept, current] : [kept];
}

function toMs(hours: number): number {
  return Math.round(hours * MS_PER_HOUR);
}
