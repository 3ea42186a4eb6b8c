import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import type { Booking } from "./booking.ts";
import { refundOf, type RefundOffer, refundOffer } from "./refund.ts";
import type { CurrentTerms, SaleTerms } from "./terms.ts";

/** The terms that a booking was sold with; part of every answer that shows a booking. */
export const TERMS_FIELDS = {
  refund_policy: z.array(z.object({
    hours_before: z.number(),
    percent: z.number(),
  })).openapi({
    description: "The refund in percent by hours before the start, at the time of the sale",
  }),
  sold_with_start: z.iso.datetime().openapi({
    description: "The start of the event at the time of the sale",
  }),
  refund_if_cancelled_now: z.object({
    amount: z.number(),
    percent: z.number(),
    until: z.iso.datetime().optional(),
    next_percent: z.number().optional(),
  }).optional().openapi({
    description:
      "The refund if a paid booking is cancelled now, and the percentage after `until`. A lower " +
      "bound: better terms of the event count when it is cancelled. Absent if the booking cannot " +
      "be cancelled.",
  }),
};

const Terms = z.object(TERMS_FIELDS);

type WireTerms = z.infer<typeof Terms>;

/** What a booking costs, and what of it is refunded already. */
type Total = Pick<Booking, "totalMinor" | "currency"> & Partial<Pick<Booking, "refundMinor">>;

/** The terms on the wire of a total, from `from` until their offer ends. */
interface Mapped {
  totalMinor: number;
  currency: string;
  from: Date;
  until: Date | undefined;
  wire: WireTerms;
}

/** The last mapping of each terms: reservations of one batch share them, and a mapping costs each 4 µs. */
const lastMapped = new WeakMap<SaleTerms, Mapped>();

/** @param current the event as it is now, if known */
export function toTerms(
  { terms, status, ...total }: Pick<Booking, "terms" | "status"> & Total,
  { current, now }: { current?: CurrentTerms | undefined; now: Date },
): WireTerms {
  if (status === "cancelled" || status === "expired") return toWire(terms, undefined, total);
  if (current) return toWire(terms, refundOffer({ kept: terms, current }, now), total);
  const last = lastMapped.get(terms);
  const { totalMinor, currency } = total;
  if (total.refundMinor) return toWire(terms, refundOffer({ kept: terms }, now), total);
  if (last && last.totalMinor === totalMinor && last.currency === currency && stands(last, now)) {
    return last.wire;
  }
  const offer = refundOffer({ kept: terms }, now);
  const wire = toWire(terms, offer, total);
  lastMapped.set(terms, { totalMinor, currency, from: now, until: offer?.until, wire });
  return wire;
}

function stands({ from, until }: Mapped, now: Date): boolean {
  return from <= now && (until === undefined || now < until);
}

function toWire(
  { refundPolicy, startsAt }: SaleTerms,
  offer: RefundOffer | undefined,
  { totalMinor, currency, refundMinor = 0 }: Total,
): WireTerms {
  return {
    refund_policy: refundPolicy,
    sold_with_start: startsAt.toISOString(),
    ...(offer
      ? {
        refund_if_cancelled_now: {
          amount: toMajor(
            Math.max(refundOf(totalMinor, offer.percent, currency) - refundMinor, 0),
            currency,
          ),
          percent: offer.percent,
          ...(offer.until ? { until: offer.until.toISOString() } : {}),
          ...(offer.nextPercent === undefined ? {} : { next_percent: offer.nextPercent }),
        },
      }
      : {}),
  };
}
