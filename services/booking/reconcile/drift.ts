import type { AllocationState } from "@evently/event";
import { linesOf } from "../orders/order_lines.ts";
import type { SettledBooking } from "../orders/store.ts";

/** An allocation in the event service. */
export type Allocation = AllocationState;

/** How a booking, its seats and its money can contradict each other. `repair_drift.ts` has the repairs. */
export const DRIFTS = [
  /** The booking ended, and still has its seats. */
  "seats_not_released",
  /** The booking is confirmed, and its seats are not sold. */
  "seats_not_sold",
  /** The booking is pending, and has no seats. */
  "reservation_without_seats",
  /** The booking is pending, and its seats are sold. */
  "seats_without_money",
  /** Fewer were taken of an offer, and it still has the seats of all. */
  "offer_not_lowered",
  /** A line and its allocation differ in their quantity. */
  "quantity_differs",
  /** The booking was cancelled, and less was refunded than is owed. */
  "refund_missing",
  /** A payment was started, and no confirmation drives it. */
  "payment_abandoned",
  /** The booking is confirmed, and no money was taken. */
  "money_missing",
  /** The booking expired, and money was taken. */
  "money_without_seats",
] as const;
export type Drift = typeof DRIFTS[number];

/** Seats are sold, and no booking has them: found from their side, and never repaired. */
export const BOOKING_MISSING = "booking_missing";

/** Log message for a contradiction that reconciliation must not repair by itself; the simulation fails at it. */
export const NEEDS_DECISION = "reconciliation: needs a decision";

/**
 * Finds the contradictions of a booking that is not being changed.
 *
 * @param allocations those of its lines, in their order
 */
export function findDrifts(
  settled: SettledBooking,
  allocations: readonly Allocation[],
): Drift[] {
  const seats = seatDrift(settled, allocations);
  return [...(seats ? [seats] : []), ...moneyDrifts(settled)];
}

function seatDrift(
  { booking, isOffer }: SettledBooking,
  allocations: readonly Allocation[],
): Drift | undefined {
  switch (booking.status) {
    case "cancelled":
    case "expired":
      return allocations.some(isOpen) ? "seats_not_released" : undefined;
    case "confirmed":
      if (allocations.some(({ state }) => state !== "sold")) return "seats_not_sold";
      break;
    case "pending":
      if (!allocations.every(isOpen)) return "reservation_without_seats";
      if (allocations.some(({ state }) => state === "sold")) return "seats_without_money";
      break;
    case "confirming":
      return undefined;
  }
  const lines = linesOf(booking);
  if (allocations.every(({ quantity }, n) => quantity === lines[n]?.quantity)) return undefined;
  const hasMore = allocations.every(({ quantity }, n) =>
    quantity > (lines[n]?.quantity ?? Infinity)
  );
  return isOffer && hasMore ? "offer_not_lowered" : "quantity_differs";
}

function isOpen({ state }: Allocation): boolean {
  return state === "held" || state === "sold";
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
