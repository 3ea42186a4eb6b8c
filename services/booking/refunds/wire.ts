import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import { type Refund, REFUND_REASONS } from "./refund_row.ts";

export const RefundBody = z.object({
  refund_id: z.guid(),
  amount: z.number(),
  reason: z.enum(REFUND_REASONS).openapi({
    description: "`cancelled`: by the buyer. `organiser`: a part that the organiser gave back",
  }),
  note: z.string().optional().openapi({ description: "Of the organiser" }),
  status: z.enum(["pending", "done"]),
  created_at: z.iso.datetime(),
  done_at: z.iso.datetime().optional().openapi({
    description: "When the payment provider had made it",
  }),
}).openapi("Refund");

export function toRefundBody(
  { refundId, amountMinor, reason, note, createdAt, doneAt }: Refund,
  currency: string,
): z.infer<typeof RefundBody> {
  return {
    refund_id: refundId,
    amount: toMajor(amountMinor, currency),
    reason,
    ...(note === undefined ? {} : { note }),
    status: doneAt ? "done" : "pending",
    created_at: createdAt.toISOString(),
    ...(doneAt ? { done_at: doneAt.toISOString() } : {}),
  };
}

/** The sum of the refunds that the provider has made. */
export function sumDone(refunds: readonly Refund[]): number {
  return refunds.reduce((sum, { amountMinor, doneAt }) => sum + (doneAt ? amountMinor : 0), 0);
}
