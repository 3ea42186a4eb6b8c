import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import type { Booking } from "./booking.ts";
import { refundOf, type RefundOffer, refundOffer } from "./refund.ts";
import type { CurrentTerms, SaleTerms } from "./terms.ts";

/** The terms that a booking was sold with and keeps; part of every answer that shows a booking. */
export const TERMS_FIELDS = {
  refund_policy: z.array(z.object({
    hours_before: z.number(),
    percent: z.number(),
  })).openapi({
    description: "What comes back by how many hours before the start, as it was when this was sold",
  }),
  sold_with_start: z.iso.datetime().openapi({
    description: "The start of the event as it was when this was sold",
  }),
  refund_if_cancelled_now: z.object({
    amount: z.number(),
    percent: z.number(),
    until: z.iso.datetime().optional(),
    next_percent: z.number().optional(),
  }).optional().openapi({
    description:
      "What comes back of the price, once it is paid, of a booking cancelled now; and from " +
      "`until` on. At least that: where the event was moved later or its policy is better by " +
      "then, the better counts. Absent where nothing can be cancelled.",
  }),
};

const Terms = z.object(TERMS_FIELDS);

type WireTerms = z.infer<typeof Terms>;

/** What was told last by these terms alone of a total, while `offer` stood: a batch of reservations shares it. */
const told = new WeakMap<
  SaleTerms,
  { offer: RefundOffer | undefined; total_minor: number; wire: WireTerms }
>();

/** @param current the event as it is now, where that is known */
export function toTerms(
  { terms, total_minor, status }: Pick<Booking, "terms" | "total_minor" | "status">,
  { current, now }: { current?: CurrentTerms | undefined; now: Date },
): WireTerms {
  const isActive = status !== "cancelled" && status !== "expired";
  const offer = isActive ? refundOffer({ kept: terms, current }, now) : undefined;
  if (current) return toWire(terms, offer, total_minor);
  const last = told.get(terms);
  if (last && last.offer === offer && last.total_minor === total_minor) return last.wire;
  const wire = toWire(terms, offer, total_minor);
  told.set(terms, { offer, total_minor, wire });
  return wire;
}

function toWire(
  { refundPolicy, startsAt }: SaleTerms,
  offer: RefundOffer | undefined,
  totalMinor: number,
): WireTerms {
  return {
    refund_policy: refundPolicy,
    sold_with_start: startsAt.toISOString(),
    ...(offer
      ? {
        refund_if_cancelled_now: {
          amount: toMajor(refundOf(totalMinor, offer.percent)),
          percent: offer.percent,
          ...(offer.until ? { until: offer.until.toISOString() } : {}),
          ...(offer.nextPercent === undefined ? {} : { next_percent: offer.nextPercent }),
        },
      }
      : {}),
  };
}
