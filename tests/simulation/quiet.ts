import { keptOf } from "./booking_invariants.ts";
import type { Simulation } from "./simulation.ts";
import { must } from "./violation.ts";

/** Rounds of a minute and a half: longer than a hold, the largest skew, a sweep's grace and two reconciliations. */
const ROUNDS = 14;
const ROUND_MS = 90_000;

/**
 * Nothing goes wrong any more, every process and worker runs, time passes. Then nothing may be left over.
 *
 * @throws {Violation}
 */
export async function becomeQuiet(world: Simulation): Promise<void> {
  const { network, hosts, scheduler } = world;
  network.calm = true;
  for (const host of hosts) if (!host.isUp) host.start();
  await world.settle();
  for (let round = 0; round < ROUNDS; round++) {
    scheduler.nowMs += ROUND_MS;
    await world.settle();
    if (round > 0 && isSettled(world)) break;
  }
  assertNothingLeft(world);
}

function isSettled({ bookings, seats, cancelledEvents }: Simulation): boolean {
  if (cancelledEvents.size > 0) return false;
  for (const { status } of bookings.bookings.rows()) {
    if (status === "pending" || status === "confirming") return false;
  }
  for (const { deliveredAt } of bookings.outbox.rows()) if (!deliveredAt) return false;
  for (const { state } of seats.tables.allocations.rows()) if (state === "held") return false;
  return true;
}

function assertNothingLeft(world: Simulation): void {
  const { bookings, seats, payments, cancelledEvents } = world;
  must(cancelledEvents.size === 0, "a cancelled event has bookings left", [...cancelledEvents]);
  for (const row of bookings.outbox.rows()) {
    must(row.deliveredAt !== undefined, "an errand is stuck", row);
  }
  for (const allocation of seats.tables.allocations.rows()) {
    must(allocation.state !== "held", "seats are held for ever", allocation);
    if (allocation.state !== "sold") continue;
    const booking = bookings.bookings.get(allocation.allocation_id);
    must(booking?.status === "confirmed", "seats are sold to nobody", allocation, booking);
  }
  for (const booking of bookings.bookings.rows()) {
    must(booking.status !== "pending" && booking.status !== "confirming", "stuck", booking);
    if (booking.status === "confirmed") {
      const allocation = seats.tables.allocation(booking.eventId, booking.bookingId);
      const sold = allocation?.state === "sold" && allocation.quantity === booking.quantity;
      must(sold, "a confirmed booking has no seats", booking, allocation);
      const event = seats.tables.events.get(booking.eventId);
      must(event?.status !== "cancelled", "a cancelled event has a confirmed booking", booking);
    }
    const keptMinor = keptOf(world, booking.bookingId);
    const paid = booking.confirmedAt !== undefined;
    const owedMinor = paid ? booking.totalMinor - (booking.refundMinor ?? 0) : 0;
    must(keptMinor === owedMinor, `money is wrong: ${keptMinor} is kept`, booking);
  }
  for (const payment of payments.payments.rows()) {
    const open = payment.status === "authorised" || payment.status === "waiting";
    must(!open, "money stays reserved", payment);
  }
  for (const payment of bookings.payments.rows()) {
    const open = payment.status === "started" || payment.status === "requires_action";
    must(!open, "a payment was begun and never ended", payment);
    if (payment.status !== "refunded") continue;
    const returnedMinor = payments.payments.get(payment.paymentId)?.returnedMinor;
    must(payment.refundedMinor === returnedMinor, "refunds do not add up", payment);
  }
  world.invariants.recount();
}
