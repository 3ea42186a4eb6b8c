import type { SeatModel } from "../models/seats/seat_model.ts";
import { type BookingStatus, isWaiting } from "../../services/booking/orders/booking.ts";
import type { ModelAllocation } from "../models/seats/tables.ts";
import { ticketsOf } from "../models/seats/transfer.ts";
import type { OrderLine } from "../../services/booking/orders/booking.ts";
import { holdOf, lineIdOf } from "../../services/booking/orders/order_lines.ts";
import { PAYMENT_WINDOW_MS } from "../../services/booking/holds/hold_limits.ts";
import type { BookingRow, BookingTables, OutboxContent, OutboxRow } from "./model/tables.ts";
import { ACTION_TOKEN } from "../../services/booking/payments/mock.ts";
import type { PaymentModel } from "./payment_model.ts";
import {
  checkAwaited,
  checkEndedLate,
  checkProcessing,
  checkRefunds,
  checkRevived,
} from "./payment_invariants.ts";
import { assertHolds } from "./violation.ts";

/** State that the checks examine. */
export interface Observed {
  bookings: BookingTables;
  seats: SeatModel;
  payments: PaymentModel;
  /** Maximum lifetime of a hold with its extension. */
  maxHoldMs: number;
  /** Whether all clocks show the true time. */
  clocksAgree: boolean;
  /** Time by the clock of the event-service process that acted last. */
  eventNowMs: () => number;
  /** Number of lines of the order that a booking is or will be. */
  linesOf: (bookingId: string) => number;
}

/** A row before and after a change; `undefined` if it did not exist. */
export type Change<Row> = readonly [
  before: Readonly<Row> | undefined,
  after: Readonly<Row> | undefined,
];

const TRANSITIONS: Readonly<Record<BookingStatus | "none", readonly BookingStatus[]>> = {
  none: ["pending"],
  pending: ["confirming", "cancelled", "expired"],
  confirming: ["confirmed", "pending", "expired"],
  confirmed: ["cancelled"],
  cancelled: [],
  // Its money came late.
  expired: ["confirming"],
};

/**
 * Checks that a booking makes only legal transitions, each with its required side effects.
 *
 * @param outbox changes of the outbox in the same step
 */
export function checkBooking(
  observed: Observed,
  outbox: readonly Change<OutboxRow>[],
  [before, after]: Change<BookingRow>,
): void {
  assertHolds(after !== undefined, "a booking was deleted", before);
  const from = before?.status ?? "none";
  const { status } = after;
  const legal = status === from || TRANSITIONS[from].includes(status);
  assertHolds(legal, `a booking went from ${from} to ${status}`, before, after);
  if (!before) return;
  const isQueued = (topic: OutboxContent["topic"]) =>
    outbox.some(([old, row]) =>
      !old && row?.message.subjectId === after.bookingId && row.message.topic === topic
    );
  checkAwaited(observed, after);
  checkRefunds(observed, [before, after]);
  if (status === from) {
    checkEndedLate(observed, [before, after], isQueued("payment.void"));
    checkShrunk(outbox, [before, after]);
    return checkExtended(observed, [before, after]);
  }
  for (const field of ["userId", "eventId", "reference", "quantity", "totalMinor"] as const) {
    assertHolds(before[field] === after[field], `a booking's ${field} changed`, before, after);
  }
  if (from === "expired") checkRevived(observed, [before, after]);
  else if (after.paymentStatus === "processing") checkProcessing(observed, [before, after]);
  else {
    assertHolds(+before.expiresAt === +after.expiresAt, "the end of a hold changed", before, after);
  }
  if (status === "confirming") {
    assertHolds(after.confirmingAt! < after.expiresAt, "an expired hold was confirmed", after);
  }
  if (status === "confirmed") checkConfirmed(observed, after);
  const topics = requiredTopics(observed, before, after);
  for (const topic of topics) {
    const what = `a booking became ${status} without ${topic} in the outbox`;
    assertHolds(isQueued(topic), what, before, after);
  }
  if (status === "cancelled" || status === "expired") {
    const token = observed.bookings.payments.get(after.paymentId ?? "")?.token;
    if (from === "confirming" && topics.includes("payment.void") && token !== ACTION_TOKEN) {
      checkAbandoned(observed, after);
    }
  }
}

/** Checks that only an open offer of the waitlist shrinks, and gives back the rest of its seats. */
function checkShrunk(
  outbox: readonly Change<OutboxRow>[],
  [before, after]: readonly [BookingRow, BookingRow],
): void {
  const isSame = before.quantity === after.quantity && before.totalMinor === after.totalMinor;
  if (isSame) return;
  const isOffer = after.entryId !== undefined && after.status === "pending";
  const isLess = after.quantity < before.quantity && after.totalMinor <= before.totalMinor;
  assertHolds(isOffer && isLess, "a booking changed what it is for", before, after);
  const kept = linesOf(after)[0]?.quantity;
  const releases = outbox.some(([old, row]) => {
    if (old || row?.message.subjectId !== after.bookingId) return false;
    return row.message.topic === "seats.release" && row.message.payload.keep === kept;
  });
  assertHolds(releases, "an offer shrank and kept its seats", before, after);
}

/** Checks that a hold is extended once, in time, within its limits, and that its seats are extended too. */
function checkExtended(
  { seats, maxHoldMs }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
): void {
  if (+before.expiresAt === +after.expiresAt) return;
  const { status, bookedAt, expiresAt, extendedAt } = after;
  assertHolds(
    status === "pending" && !before.extendedAt,
    "a hold was extended twice or in the wrong state",
    before,
    after,
  );
  const inTime = extendedAt && extendedAt < before.expiresAt && before.expiresAt < expiresAt;
  assertHolds(inTime === true, "an ended hold was extended", before, after);
  const windowMs = +bookedAt + maxHoldMs - +expiresAt;
  assertHolds(
    windowMs >= PAYMENT_WINDOW_MS,
    "a hold was extended beyond its maximum",
    before,
    after,
  );
  const event = seats.tables.events.get(after.eventId);
  assertHolds(
    event !== undefined && expiresAt <= event.end_at,
    "a hold was extended past the end of its event",
    after,
    event,
  );
  for (const { allocation } of allocationsOf(seats, after)) {
    if (allocation?.state !== "held") continue;
    assertHolds(
      allocation.expires_at_ms >= +expiresAt,
      "the seats of an extended hold were not extended",
      after,
      allocation,
    );
  }
}

/** Checks that a confirmed booking has its seats and exactly its payment. */
function checkConfirmed({ seats, payments }: Observed, booking: BookingRow): void {
  for (const { line, allocation } of allocationsOf(seats, booking)) {
    assertHolds(
      allocation?.state === "sold",
      "a booking was confirmed without seats",
      booking,
      allocation,
    );
    // The rest of an offer that was taken in part may not be released yet.
    const isQuantity = booking.entryId === undefined
      ? allocation.quantity === line.quantity
      : allocation.quantity >= line.quantity;
    const isPrice = allocation.unit_price_minor === line.unitPriceMinor;
    const isAsBooked = isQuantity && isPrice &&
      ticketsOf(allocation) === allocation.quantity * line.gives;
    assertHolds(
      isAsBooked,
      "a booking was confirmed with other seats or another price than it was booked with",
      booking,
      allocation,
    );
  }
  const payment = payments.payments.get(booking.paymentId!);
  const capturedMinor = payment?.capturedMinor ?? 0;
  assertHolds(
    capturedMinor === booking.totalMinor,
    "a booking was confirmed unpaid",
    booking,
    payment,
  );
  assertHolds(
    booking.totalMinor > 0 || !payment,
    "a free booking has a payment at the provider",
    booking,
    payment,
  );
}

/** Returns the lines of a booking, each with its allocation. */
export function allocationsOf(
  { tables }: SeatModel,
  booking: BookingRow,
): { line: Line; allocation: ModelAllocation | undefined }[] {
  const { bookingId, eventId } = booking;
  return linesOf(booking).map((line, n) => {
    return { line, allocation: tables.allocation(eventId, lineIdOf(bookingId, n, line.hold)) };
  });
}

type Line = Omit<OrderLine, "name" | "ticketTypeId">;

function linesOf({ quantity, unitPriceMinor, lines }: BookingRow): readonly Line[] {
  return lines ?? [{ quantity, gives: 1, unitPriceMinor }];
}

/** Returns the outbox topics that a booking must enqueue when its status changes. */
function requiredTopics(
  { bookings }: Observed,
  before: BookingRow,
  after: BookingRow,
): OutboxContent["topic"][] {
  const { status, paymentStatus, totalMinor, refundMinor = 0 } = after;
  if (status === "confirmed") return ["booking.confirmed"];
  if (status === "pending" && paymentStatus === "requires_action") {
    return ["booking.requires_action"];
  }
  if (status !== "cancelled" && status !== "expired") return [];
  const topics: OutboxContent["topic"][] = ["seats.release"];
  const payment = bookings.payments.get(after.paymentId ?? "");
  // Its money may come yet.
  const goesOn = status === "expired" && payment?.status === "processing";
  const isOpen = before.status === "confirming"
    ? payment?.status !== "declined"
    : isWaiting(before);
  if (isOpen && !goesOn && totalMinor > 0) topics.push("payment.void");
  // Late money goes back by a void.
  const isRefunded = status === "cancelled" && refundMinor > (before.refundMinor ?? 0);
  if (isRefunded) topics.push("payment.refund");
  if (before.confirmedAt) topics.push("booking.cancelled");
  if (status === "expired" && paymentStatus === "refunded") topics.push("booking.payment_returned");
  return topics;
}

/**
 * Checks that no confirmation with live seats is abandoned while all clocks agree. A request that holds seats anew for late
 * money may arrive after another driver has found none.
 */
function checkAbandoned({ seats, clocksAgree }: Observed, booking: BookingRow): void {
  if (holdOf(booking) > 0) return;
  const allocation = allocationsOf(seats, booking)[0]?.allocation;
  const event = seats.tables.events.get(booking.eventId);
  const sells = event?.status === "published" && event.end_at > booking.expiredAt!;
  if (!clocksAgree || !sells || !allocation) return;
  const lives = allocation.state === "held" && allocation.expires_at_ms > +booking.expiredAt!;
  assertHolds(
    allocation.state !== "sold" && !lives,
    "a confirmation with live seats was abandoned",
    booking,
    allocation,
  );
}

/** Checks that a message marked as delivered has had its effect. */
export function checkOutbox(observed: Observed, before?: OutboxRow, after?: OutboxRow): void {
  const { bookings, payments } = observed;
  if (!after) {
    return assertHolds(
      before?.deliveredAt !== undefined,
      "an undelivered message was deleted",
      before,
    );
  }
  if (!after.deliveredAt) {
    return assertHolds(
      !before?.deliveredAt,
      "a delivered message became undelivered",
      before,
      after,
    );
  }
  assertHolds(!before?.deliveredAt, "a message was delivered twice", before, after);
  const { message } = after;
  if (message.topic === "payment.look") {
    const booking = bookings.bookings.get(message.subjectId);
    if (booking) checkAwaited(observed, booking);
  }
  if (message.topic === "payment.refund") {
    const refunded = payments.refunds.get(message.messageId);
    assertHolds(
      refunded === message.payload.amount_minor,
      "a refund was not made",
      after,
      refunded,
    );
  }
  if (message.topic === "payment.void") {
    const payment = payments.payments.get(message.payload.payment_id);
    const kept = payment && payment.status !== "declined" && payment.status !== "void";
    assertHolds(!kept, "a payment was not voided", after, payment);
  }
}
