import type { Findings } from "../findings.ts";
import type { Journal, Purchase } from "../load/journal.ts";
import type { Databases } from "./databases.ts";

const PAGE = 5_000;

/** A booking and its captured payment. */
interface Row {
  booking_id: string;
  user_id: string;
  event_id: string;
  quantity: number;
  reference: string;
  total_minor: number;
  status: string;
  expires_at: Date;
  refund_minor: number | null;
  transaction_id: string | null;
  paid_minor: number | null;
  /** Number of captured payments. */
  captures: number;
}

/**
 * Checks that each acknowledged reservation, payment and cancellation is stored as acknowledged. Two reservations of a
 * user can meet one offer of the waitlist: cancelling one cancels the other, and one of fewer tickets makes the other as
 * small. Who leaves the list gives the offer back.
 */
export async function checkAcknowledged(
  { bookings }: Databases,
  { purchases, waits }: Pick<Journal, "purchases" | "waits">,
  findings: Findings,
): Promise<void> {
  const idsOf = (which: (purchase: Purchase) => boolean) =>
    new Set(purchases.filter(which).map(({ reserved }) => reserved?.reservation_id));
  const confirmed = idsOf(({ confirmSent }) => confirmSent);
  const cancelled = idsOf(({ cancelSent }) => cancelSent);
  const left = new Set(
    waits.filter(({ leaveSentMs }) => leaveSentMs).map(({ userId, eventId }) => userId + eventId),
  );
  const asked = new Set(
    purchases.map(({ userId, eventId, quantity, reserved }) =>
      `${reserved?.reservation_id ?? userId + eventId} ${quantity}`
    ),
  );
  const acknowledged = purchases.filter(({ reserved }) => reserved);
  for (let begin = 0; begin < acknowledged.length; begin += PAGE) {
    const page = acknowledged.slice(begin, begin + PAGE);
    const ids = page.map(({ reserved }) => reserved!.reservation_id);
    const rows = await bookings<Row[]>`
      SELECT b.booking_id, b.user_id, b.event_id, b.quantity, b.reference, b.total_minor, b.status,
             b.expires_at, b.refund_minor, p.transaction_id, p.amount_minor AS paid_minor,
             (SELECT count(*) FROM payments c
               WHERE c.booking_id = b.booking_id AND c.event_id = b.event_id AND c.status IN ('captured', 'refunded')) AS captures
        FROM bookings b
        LEFT JOIN payments p
          ON p.payment_id = b.payment_id AND p.event_id = b.event_id AND p.status IN ('captured', 'refunded')
       WHERE b.booking_id = ANY (${ids}::uuid[])`;
    const byId = new Map(rows.map((row) => [row.booking_id, row]));
    for (const purchase of page) {
      const row = byId.get(purchase.reserved!.reservation_id);
      for (
        const what of row
          ? differences(purchase, { row, confirmed, cancelled, left, asked })
          : ["an acknowledged reservation is lost"]
      ) {
        findings.add(what, `${JSON.stringify(purchase)} is ${JSON.stringify(row)}`);
      }
    }
  }
}

function differences(
  purchase: Purchase,
  { row, ...others }: {
    row: Row;
    /** Ids of bookings that their buyers asked to confirm and to cancel. */
    confirmed: ReadonlySet<string | undefined>;
    cancelled: ReadonlySet<string | undefined>;
    /** Users and events whose waitlist they left. */
    left: ReadonlySet<string>;
    /** How many tickets a booking was asked for with; without an answer, by user and event. */
    asked: ReadonlySet<string>;
  },
): string[] {
  const { reserved, confirmed, cancelled } = purchase;
  const confirmSent = others.confirmed.has(row.booking_id);
  const cancelSent = others.cancelled.has(row.booking_id);
  const found: string[] = [];
  const same = row.user_id === purchase.userId && row.event_id === purchase.eventId &&
    row.reference === reserved!.booking_reference && isQuantityKept() &&
    row.expires_at.getTime() === Date.parse(reserved!.expires_at);
  function isQuantityKept(): boolean {
    if (row.quantity === purchase.quantity) {
      return row.total_minor === toMinor(reserved!.total_amount);
    }
    return row.quantity < purchase.quantity &&
      [row.booking_id, row.user_id + row.event_id]
        .some((by) => others.asked.has(`${by} ${row.quantity}`));
  }
  if (!same) found.push("a reservation differs from its acknowledgement");
  if (confirmed) {
    const kept = row.status === "confirmed" || (cancelSent && row.status === "cancelled");
    if (!kept) found.push("an acknowledged confirmation is lost");
    if (row.captures !== 1) found.push("a confirmed booking was not paid exactly once");
    if (row.transaction_id !== confirmed.transaction_id) {
      found.push("a different payment is recorded");
    }
    if (row.paid_minor !== toMinor(confirmed.amount)) found.push("a different amount was paid");
  }
  if (cancelled) {
    if (row.status !== "cancelled") found.push("an acknowledged cancellation is lost");
    if (row.refund_minor !== toMinor(cancelled.refund_amount)) {
      found.push("a different refund is recorded");
    }
  }
  if (!confirmSent && row.captures > 0) found.push("a booking was paid without a request");
  const mayBeCancelled = cancelSent || others.left.has(purchase.userId + purchase.eventId);
  if (!mayBeCancelled && row.status === "cancelled") {
    found.push("a booking was cancelled without a request");
  }
  return found;
}

function toMinor(amount: number): number {
  return Math.round(amount * 100);
}
