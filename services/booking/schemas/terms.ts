import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import type { Booking } from "../booking.ts";
import { refundOf, refundOffer } from "../refund.ts";
import type { CurrentTerms } from "../terms.ts";

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

/** @param current the event as it is now, where that is known */
export function toTerms(
  { terms, total_minor, status }: Pick<Booking, "terms" | "total_minor" | "status">,
  { current, now }: { current?: CurrentTerms | undefined; now: Date },
): z.infer<typeof Terms> {
  const isActive = status !== "cancelled" && status !== "expired";
  const offer = isActive ? refundOffer({ kept: terms, current }, now) : undefined;
  return {
    refund_policy: terms.refundPolicy,
    sold_with_start: terms.startsAt.toISOString(),
    ...(offer
      ? {
        refund_if_cancelled_now: {
          amount: toMajor(refundOf(total_minor, offer.percent)),
          percent: offer.percent,
          ...(offer.until ? { until: offer.until.toISOString() } : {}),
          ...(offer.nextPercent === undefined ? {} : { next_percent: offer.nextPercent }),
        },
      }
      : {}),
  };
}
