import type { Sql } from "@evently/shared/postgres";

/**
 * Why money was given back. cancelled: by the buyer. organiser: a part, while the booking may go on. repair: found to be
 * owed by the reconciliation.
 */
export const REFUND_REASONS = [
  "cancelled",
  "event_cancelled",
  "organiser",
  "late_payment",
  "repair",
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** A refund, promised or made. Its id is the provider's idempotency key. */
export interface Refund {
  refundId: string;
  bookingId: string;
  amountMinor: number;
  reason: RefundReason;
  /** Of the organiser, for the buyer. */
  note: string | undefined;
  createdAt: Date;
  /** When the provider had made it. */
  doneAt: Date | undefined;
}

/** A row of `refunds`, as {@link refundColumns} selects it. */
export interface RefundRow {
  refund_id: string;
  booking_id: string;
  amount_minor: number;
  reason: RefundReason;
  note: string | null;
  created_at: Date;
  done_at: Date | null;
}

/** The columns of a refund `r`. */
export function refundColumns(sql: Sql) {
  return sql`
    r.refund_id, r.booking_id, r.amount_minor, r.reason, r.note, r.created_at, r.done_at`;
}

export function toRefund(row: RefundRow): Refund {
  return {
    refundId: row.refund_id,
    bookingId: row.booking_id,
    amountMinor: row.amount_minor,
    reason: row.reason,
    note: row.note ?? undefined,
    createdAt: row.created_at,
    doneAt: row.done_at ?? undefined,
  };
}
