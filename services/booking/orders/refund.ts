import type { RefundPolicy } from "@evently/event";
import type { CurrentTerms, SaleTerms } from "./terms.ts";

const MS_PER_HOUR = 3_600_000;
/** Percents count to so many decimals. */
const PERCENT_SCALE = 1_000;

/** What comes back of a price when its booking is cancelled. */
export interface RefundOffer {
  percent: number;
  /** From when on it is `nextPercent`; absent where it does not change any more. */
  until?: Date;
  nextPercent?: number;
}

/** The terms a booking was sold with, and its event as it is now where that is known. */
export interface RefundTerms {
  kept: SaleTerms;
  current?: CurrentTerms | undefined;
}

/**
 * What a buyer is given back who cancels `now`: by the terms of the sale, or by what they have become where that is
 * better. All of it where the event is cancelled. `undefined` once the event has ended: nothing can be cancelled.
 */
export function refundOffer(terms: RefundTerms, now: Date): RefundOffer | undefined {
  return terms.current ? reckon(terms, now) : offerByKept(terms.kept, now);
}

/** What was offered last by these terms alone, and from when on: it stands until its own end. */
const known = new WeakMap<SaleTerms, { from: Date; offer: RefundOffer | undefined }>();

/** Each reservation asks it of terms that it shares with its whole batch, so it is reckoned once a batch. */
function offerByKept(kept: SaleTerms, now: Date): RefundOffer | undefined {
  const last = known.get(kept);
  const until = last?.offer?.until;
  if (last && last.from <= now && (until === undefined || now < until)) return last.offer;
  const offer = reckon({ kept }, now);
  known.set(kept, { from: now, offer });
  return offer;
}

function reckon(terms: RefundTerms, now: Date): RefundOffer | undefined {
  const { current } = terms;
  if (current?.isCancelled) return { percent: 100 };
  if (current && current.endsAt <= now) return undefined;
  const percent = percentAt(terms, now);
  const until = turningPoints(terms, now).find((time) => percentAt(terms, time) !== percent);
  return until ? { percent, until, nextPercent: percentAt(terms, until) } : { percent };
}

/** How much of a price in minor units so many percent are: whole units, rounded down. */
export function refundOf(totalMinor: number, percent: number): number {
  return Math.floor(Math.round(totalMinor * percent * PERCENT_SCALE) / (100 * PERCENT_SCALE));
}

/** How many percent come back when a booking is cancelled `now`: the first step that is far enough ahead. */
export function refundPercent(policy: RefundPolicy, startsAt: Date, now: Date): number {
  const leftMs = startsAt.getTime() - now.getTime();
  const steps = policy.toSorted((a, b) => b.hours_before - a.hours_before);
  return steps.find(({ hours_before }) => leftMs > toMs(hours_before))?.percent ?? 0;
}

/** The best of the policies, counted to the best of the starts: neither that changes takes the other from the buyer. */
function percentAt(terms: RefundTerms, now: Date): number {
  if (terms.current && terms.current.endsAt <= now) return 0;
  const all = bothOf(terms);
  return Math.max(
    ...all.flatMap(({ refundPolicy }) =>
      all.map(({ startsAt }) => refundPercent(refundPolicy, startsAt, now))
    ),
  );
}

/** The moments after `now` at which a step of a policy or the event ends, the first one first. */
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
