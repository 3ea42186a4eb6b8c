import { MAX_PROCESSING_MS } from "../../services/booking/payments/look_again.ts";
import { bookingIdOfLine, lineIdsOf, seatsOf } from "../../services/booking/orders/order_lines.ts";
import { allocationsOf } from "./booking_invariants.ts";
import { keptMinorOf } from "./payment_invariants.ts";
import type { OutboxRow } from "./model/tables.ts";
import type { Simulation } from "./simulation.ts";
import { assertHolds } from "./violation.ts";
import { checkEverybodyServed, checkNobodyWaits, letEverybodyLeave } from "./waitlist_quiet.ts";

/** Rounds that together exceed a hold, the largest skew, a sweep's grace and two reconciliations. */
const ROUNDS = 14;
const ROUND_MS = 90_000;

/**
 * Stops injecting faults, starts all processes and workers, advances time, and checks that no work remains.
 *
 * @throws {Violation}
 */
export async function runUntilQuiet(world: Simulation): Promise<void> {
  const { network, hosts, scheduler } = world;
  network.calm = true;
  for (const host of hosts) if (!host.isUp) host.start();
  await world.settle();
  await checkEverybodyServed(world);
  await passRounds(world);
  if (world.payments.payments.where(({ status }) => status === "processing").length > 0) {
    scheduler.nowMs += MAX_PROCESSING_MS;
    await passRounds(world);
  }
  assertNothingLeft(world);
}

async function passRounds(world: Simulation): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    letEverybodyLeave(world);
    world.scheduler.nowMs += ROUND_MS;
    await world.settle();
    if (round > 0 && isSettled(world)) break;
  }
}

/** A fact about a booking causes mails, which no sale waits for; nothing in the simulation sends them. */
function isFact({ message }: OutboxRow): boolean {
  return message.topic.startsWith("booking.");
}

/** Whether nothing is under way but payments whose provider is silent. */
function isSettled({ bookings, seats, payments, cancelledEvents }: Simulation): boolean {
  if (cancelledEvents.size > 0) return false;
  if (seats.tables.types.where(({ waitlist_open }) => waitlist_open).length > 0) return false;
  if (bookings.queues.where(({ isOpen }) => isOpen).length > 0) return false;
  for (const { status } of bookings.bookings.rows()) {
    if (status === "pending" || status === "confirming") return false;
  }
  for (const row of bookings.outbox.rows()) {
    const { topic, payload } = row.message;
    const isSilent = topic === "payment.look" &&
      payments.payments.get(payload.payment_id)?.status === "processing";
    if (!row.deliveredAt && !isFact(row) && !isSilent) return false;
  }
  for (const { state } of seats.tables.allocations.rows()) if (state === "held") return false;
  return true;
}

function assertNothingLeft(world: Simulation): void {
  const { bookings, seats, payments, cancelledEvents } = world;
  assertHolds(cancelledEvents.size === 0, "a cancelled event has bookings left", [
    ...cancelledEvents,
  ]);
  for (const row of bookings.outbox.rows()) {
    assertHolds(row.deliveredAt !== undefined || isFact(row), "a message is stuck", row);
  }
  for (const allocation of seats.tables.allocations.rows()) {
    assertHolds(allocation.state !== "held", "a hold never ended", allocation);
    if (allocation.state !== "sold") continue;
    const booking = bookings.bookings.get(bookingIdOfLine(allocation.allocation_id));
    assertHolds(
      booking?.status === "confirmed" &&
        lineIdsOf(seatsOf(booking)).includes(allocation.allocation_id),
      "sold seats have no confirmed booking",
      allocation,
      booking,
    );
  }
  for (const booking of bookings.bookings.rows()) {
    assertHolds(
      booking.status !== "pending" && booking.status !== "confirming",
      "a booking is stuck",
      booking,
    );
    if (booking.status === "confirmed") {
      for (const { line, allocation } of allocationsOf(seats, booking)) {
        const sold = allocation?.state === "sold" && allocation.quantity === line.quantity;
        assertHolds(sold, "a confirmed booking has no seats", booking, allocation);
      }
      const event = seats.tables.events.get(booking.eventId);
      assertHolds(
        event?.status !== "cancelled",
        "a cancelled event has a confirmed booking",
        booking,
      );
    }
    const keptMinor = keptMinorOf(world, booking.bookingId);
    const paid = booking.confirmedAt !== undefined;
    const owedMinor = paid ? booking.totalMinor - (booking.refundMinor ?? 0) : 0;
    assertHolds(
      keptMinor === owedMinor,
      `the provider keeps a wrong amount: ${keptMinor}`,
      booking,
    );
  }
  for (const payment of payments.payments.rows()) {
    const open = payment.status === "authorised" || payment.status === "waiting" ||
      payment.status === "processing";
    assertHolds(!open, "a payment was neither captured nor voided", payment);
  }
  for (const payment of bookings.payments.rows()) {
    const open = payment.status === "started" || payment.status === "requires_action" ||
      payment.status === "processing";
    assertHolds(!open, "a payment was started but never settled", payment);
    if (payment.status !== "refunded") continue;
    const returnedMinor = payments.payments.get(payment.paymentId)?.returnedMinor;
    assertHolds(payment.refundedMinor === returnedMinor, "refunds do not add up", payment);
  }
  for (const refund of bookings.refunds.rows()) {
    assertHolds(refund.doneAt !== undefined, "a refund was promised and never made", refund);
  }
  checkNobodyWaits(world);
  world.invariants.recount();
}
