import { z } from "@hono/zod-openapi";
import { REFUND_REASONS } from "../refunds/refund_row.ts";

const OfferMail = {
  user_id: z.uuid(),
  offer_id: z.uuid(),
  quantity: z.int().positive(),
};

/**
 * The stored payload of a mail to send. The subject of the message is a booking, or the waitlist's entry for mails of
 * offers. All else is read when the mail is sent, so that it says what is so then.
 */
export const MailPayload = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("booking_confirmed") }),
  z.object({ kind: z.literal("booking_cancelled") }),
  z.object({ kind: z.literal("event_cancelled") }),
  z.object({ kind: z.literal("payment_action") }),
  z.object({ kind: z.literal("payment_returned") }),
  z.object({
    kind: z.literal("booking_refunded"),
    amount_minor: z.int().positive(),
    currency: z.string(),
  }),
  z.object({
    kind: z.literal("event_moved"),
    /** The event as it was before. */
    start_before: z.iso.datetime(),
    /** As it became: a later change has mails of its own. */
    start_after: z.iso.datetime(),
    timezone_before: z.string(),
    venue_before: z.string(),
    address_before: z.string(),
  }),
  z.object({ kind: z.literal("waitlist_offer"), ...OfferMail }),
  z.object({ kind: z.literal("offer_lapsed"), ...OfferMail }),
]);

export type MailPayload = z.infer<typeof MailPayload>;
export type OfferMailPayload = Extract<MailPayload, { offer_id: string }>;
export type BookingMailPayload = Exclude<MailPayload, OfferMailPayload>;

/** The stored payload of `booking.cancelled`. */
export const CancelledPayload = z.object({ by: z.enum(["buyer", "event"]) });

/** The stored payload of `booking.refunded`. */
export const RefundedPayload = z.object({
  refund_id: z.uuid(),
  amount_minor: z.int().positive(),
  currency: z.string(),
  reason: z.enum(REFUND_REASONS),
  done_at: z.iso.datetime({ offset: true }),
});

/** Facts of bookings; the subject is the booking. */
export interface BookingFactTopics {
  /** Paid, with its ticket. */
  "booking.confirmed": undefined;
  /** A paid booking was cancelled. */
  "booking.cancelled": z.infer<typeof CancelledPayload>;
  /** The payment waits for its buyer. */
  "booking.requires_action": undefined;
  /** A payment that came after the hold's end was given back. */
  "booking.payment_returned": undefined;
  /** A refund was made. */
  "booking.refunded": z.infer<typeof RefundedPayload>;
}
