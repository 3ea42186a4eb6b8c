import type { AllocationState } from "@evently/event";
import type { SettledBooking } from "../orders/store.ts";

/** An allocation as the event service knows it. */
export type Allocation = AllocationState;

/** How a booking, its seats and its money can contradict each other; what is done about each is in `repair_drift.ts`. */
export type Drift =
  /** It ended, and has its seats still. */
  | "seats_not_released"
  /** It is confirmed, and its seats are not sold. */
  | "seats_not_sold"
  /** It is pending, and has no seats. */
  | "reservation_without_seats"
  /** It is pending, and its seats are sold. */
  | "seats_without_money"
  /** It has another number of seats than it says. */
  | "quantity_differs"
  /** It was cancelled, and less was given back than is owed. */
  | "refund_missing"
  /** A payment was begun, and nobody drives it. */
  | "payment_abandoned"
  /** It is confirmed, and no money was taken. */
  | "money_missing"
  /** It expired, and money was taken. */
  | "money_without_seats";

/** What contradicts what, of a booking that nobody is changing. */
export function findDrifts(settled: SettledBooking, allocation: Allocation): Drift[] {
  const seats = seatDrift(settled, allocation);
  return [...(seats ? [seats] : []), ...moneyDrifts(settled)];
}

function seatDrift(
  { booking }: SettledBooking,
  { state, quantity }: Allocation,
): Drift | undefined {
  const open = state === "held" || state === "sold";
  switch (booking.status) {
    case "cancelled":
    case "expired":
      return open ? "seats_not_released" : undefined;
    case "confirmed":
      if (state !== "sold") return "seats_not_sold";
      break;
    case "pending":
      if (!open) return "reservation_without_seats";
      if (state === "sold") return "seats_without_money";
      break;
    case "confirming":
      return undefined;
  }
  return quantity === booking.quantity ? undefined : "quantity_differs";
}

function moneyDrifts(
  { booking: { status }, captured, refundMissing, startedPaymentId }: SettledBooking,
): Drift[] {
  const drifts: Drift[] = [];
  if (status === "cancelled" && refundMissing) drifts.push("refund_missing");
  if (startedPaymentId !== undefined) drifts.push("payment_abandoned");
  if (status === "confirmed" && !captured) drifts.push("money_missing");
  if (status === "expired" && captured) drifts.push("money_without_seats");
  return drifts;
}
