/** The wire shapes of refunds as organisers see them, and their mapping. */
import { z } from "@hono/zod-openapi";
import { amount, idParam, opaqueText, optionalHeader, optionalText } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import type { PreviewedCancellation } from "./preview_cancellation.ts";
import type { Cancellation } from "./view_cancellation.ts";

const MAX_REASON_CHARS = 500;
const MAX_KEY_CHARS = 255;

export const RefundParams = z.object({
  id: idParam("Invalid event ID"),
  booking_id: idParam("Invalid booking ID format"),
});

/** May come instead of the body's `idempotency_key`. */
export const IdempotencyKeyHeader = optionalHeader("Idempotency-Key", { maxChars: MAX_KEY_CHARS });

export const RefundRequest = z.object({
  /** In major units of the booking's currency. */
  amount: amount("amount"),
  /** The buyer sees it. */
  reason: optionalText("reason", { max: MAX_REASON_CHARS }),
  idempotency_key: opaqueText("idempotency_key", { max: MAX_KEY_CHARS }).optional(),
}).openapi("RefundRequest");

export const RefundedBookingResponse = z.object({
  refund_id: z.guid(),
  booking_id: z.guid(),
  booking_reference: z.string(),
  amount: z.number(),
  currency: z.string(),
  reason: z.string().optional(),
  status: z.enum(["pending", "done"]),
  created_at: z.iso.datetime(),
  done_at: z.iso.datetime().optional().openapi({
    description: "When the payment provider had made it",
  }),
}).openapi("RefundedBooking");

export const CancellationResponse = z.object({
  event_id: z.string(),
  bookings: z.int().openapi({ description: "Cancelled, or still to be" }),
  cancelled: z.int(),
  refunds: z.int().openapi({ description: "Promised so far, those of before included" }),
  refunded: z.int().openapi({ description: "Those of `refunds` that are made" }),
  failed: z.int().openapi({ description: "Refunds that failed so far and are tried again" }),
  refund_amount: z.number(),
  refunded_amount: z.number(),
  currency: z.string(),
  done_at: z.iso.datetime().optional(),
}).openapi("EventCancellation");

export const CancellationPreviewResponse = z.object({
  event_id: z.string(),
  bookings: z.int(),
  tickets: z.int(),
  buyers: z.int(),
  refunds: z.array(z.object({ amount: z.number(), currency: z.string() })).openapi({
    description: "One entry per currency; none where nothing is to be given back",
  }),
  waiting: z.object({ entries: z.int(), tickets: z.int() }),
}).openapi("CancellationPreview");

export function toCancellationPreview(
  { eventId, preview: { refunds, ...counts }, waiting }: PreviewedCancellation,
): z.infer<typeof CancellationPreviewResponse> {
  return {
    event_id: eventId,
    ...counts,
    refunds: refunds.map(({ amountMinor, currency }) => ({
      amount: toMajor(amountMinor, currency),
      currency,
    })),
    waiting,
  };
}

export function toCancellation(
  { event: { eventId, currency }, counted, doneAt }: Cancellation,
): z.infer<typeof CancellationResponse> {
  const { active, cancelled, refunds, refunded, failing } = counted;
  return {
    event_id: eventId,
    bookings: active + cancelled,
    cancelled,
    refunds,
    refunded,
    failed: failing,
    refund_amount: toMajor(counted.refundMinor, currency),
    refunded_amount: toMajor(counted.refundedMinor, currency),
    currency,
    ...(doneAt ? { done_at: doneAt.toISOString() } : {}),
  };
}
