import type { BookingDeps } from "../deps.ts";
import { linesOf, seatsOf } from "../orders/order_lines.ts";
import type { SettledBooking } from "../orders/store.ts";
import type { Allocation, Drift } from "./drift.ts";

export type RepairDeps = Pick<BookingDeps, "bookings" | "seats" | "clock">;

/**
 * `waiting`: the repair is under way, or the booking has changed. `unrepaired`: a person must decide, as either side
 * may be wrong.
 */
export type RepairOutcome = "repaired" | "waiting" | "unrepaired";

/** How long restored seats of a confirmed booking are held until they are sold. */
const RESTORE_HOLD_MS = 60_000;

/** Repairs one contradiction: never money without seats, nor seats without money. Every repair is idempotent. */
export async function repairDrift(
  deps: RepairDeps,
  drift: Drift,
  { settled, allocations }: { settled: SettledBooking; allocations: readonly Allocation[] },
): Promise<RepairOutcome> {
  const { bookings, clock } = deps;
  const { booking: { bookingId, eventId, userId }, startedPaymentId } = settled;
  const now = clock.now();
  switch (drift) {
    case "seats_not_released":
    case "offer_not_lowered":
      return repairedIf(await bookings.requeueRelease({ bookingId, eventId, now }));
    case "seats_not_sold":
      return await restoreSeats(deps, settled, allocations);
    case "reservation_without_seats":
    case "seats_without_money":
      return repairedIf(await bookings.expireIfPending({ bookingId, eventId, userId, now }));
    case "refund_missing":
      return repairedIf(await bookings.requeueRefund({ bookingId, eventId, now }));
    case "payment_abandoned":
      return repairedIf(
        startedPaymentId !== undefined &&
          await bookings.voidStartedPayment({ paymentId: startedPaymentId, eventId, now }),
      );
    case "quantity_differs":
    case "money_missing":
    case "money_without_seats":
      return "unrepaired";
  }
}

function repairedIf(done: unknown): RepairOutcome {
  return done ? "repaired" : "waiting";
}

/** Sells a paid booking its seats again, if there are any left; they were released or never sold. */
async function restoreSeats(
  { seats, clock }: RepairDeps,
  { booking }: SettledBooking,
  allocations: readonly Allocation[],
): Promise<RepairOutcome> {
  const { eventId, userId } = booking;
  const lines = linesOf(booking);
  for (const [n, { allocationId, state }] of allocations.entries()) {
    const line = lines[n];
    if (!line || state === "held" || state === "sold") continue;
    await seats.holdAgain({
      eventId,
      allocationId,
      quantity: line.quantity,
      // A booking without stored lines has the default type.
      ticketTypeId: booking.lines && line.ticketTypeId,
      buyerId: userId,
      unitPriceMinor: line.unitPriceMinor,
      expiresAt: new Date(clock.now().getTime() + RESTORE_HOLD_MS),
    });
  }
  return await seats.commit(seatsOf(booking)) ? "repaired" : "unrepaired";
}
