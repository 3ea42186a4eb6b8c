import type { SeatModel } from "../models/seats/seat_model.ts";
import type { BookingStatus } from "../../services/booking/orders/booking.ts";
import { PAYMENT_WINDOW_MS } from "../../services/booking/holds/hold_limits.ts";
import type { BookingRow, BookingTables, OutboxRow } from "./model/tables.ts";
import { ACTION_TOKEN, type PaymentModel, type ProviderPayment } from "./payment_model.ts";
import { must } from "./violation.ts";

/** What the checks look at. */
export interface Observed {
  bookings: BookingTables;
  seats: SeatModel;
  payments: PaymentModel;
  /** How long after its reservation a hold ends at the latest. */
  maxHoldMs: number;
  /** Whether every clock shows the true time. */
  clocksAgree: boolean;
  /** By the clock of the event service that acted last. */
  eventNowMs: () => number;
}

/** A row as it was and as it is. */
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
  expired: [],
};

/**
 * A booking changes along its arrows, each with all that belongs to it.
 *
 * @param outbox what the same step wrote there
 */
export function checkBooking(
  observed: Observed,
  outbox: readonly Change<OutboxRow>[],
  [before, after]: Change<BookingRow>,
): void {
  must(after !== undefined, "a booking was deleted", before);
  const from = before?.status ?? "none";
  const { status } = after;
  const legal = status === from || TRANSITIONS[from].includes(status);
  must(legal, `a booking went from ${from} to ${status}`, before, after);
  if (!before) return;
  if (status === from) return checkExtended(observed, [before, after]);
  for (const field of ["userId", "eventId", "reference", "quantity", "totalMinor"] as const) {
    must(before[field] === after[field], `a booking's ${field} changed`, before, after);
  }
  must(+before.expiresAt === +after.expiresAt, "a booking's hold changed", before, after);
  if (status === "confirming") {
    must(after.confirmingAt! < after.expiresAt, "an expired hold was confirmed", after);
  }
  if (status === "confirmed") checkConfirmed(observed, after);
  if (status === "cancelled" || status === "expired") {
    const wanted = errandsOf(observed, before, after);
    for (const topic of wanted) {
      const queued = outbox.some(([old, row]) =>
        !old && row?.message.subjectId === after.bookingId && row.message.topic === topic
      );
      must(queued, `a booking ended without a ${topic} in its outbox`, before, after);
    }
    const token = observed.bookings.payments.get(after.paymentId ?? "")?.token;
    if (from === "confirming" && wanted.includes("payment.void") && token !== ACTION_TOKEN) {
      checkGivenUp(observed, after);
    }
  }
}

/** A hold is extended once, before it ends, up to its cap and the event's end, and its seats outlast it. */
function checkExtended(
  { seats, maxHoldMs }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
): void {
  if (+before.expiresAt === +after.expiresAt) return;
  const { status, bookedAt, expiresAt, extendedAt } = after;
  must(status === "pending" && !before.extendedAt, "extended wrongly", before, after);
  const inTime = extendedAt && extendedAt < before.expiresAt && before.expiresAt < expiresAt;
  must(inTime === true, "an ended hold was extended", before, after);
  const windowMs = +bookedAt + maxHoldMs - +expiresAt;
  must(windowMs >= PAYMENT_WINDOW_MS, "a hold was extended over its cap", before, after);
  const event = seats.tables.events.get(after.eventId);
  must(
    event !== undefined && expiresAt <= event.end_at,
    "a hold was extended past its event",
    after,
    event,
  );
  const allocation = seats.tables.allocation(after.eventId, after.bookingId);
  if (allocation?.state !== "held") return;
  must(allocation.expires_at_ms >= +expiresAt, "its seats were not extended", after, allocation);
}

/** Never seats without money, nor money without seats. */
function checkConfirmed({ seats, payments }: Observed, booking: BookingRow): void {
  const allocation = seats.tables.allocation(booking.eventId, booking.bookingId);
  must(allocation?.state === "sold", "confirmed without seats", booking, allocation);
  must(allocation.quantity === booking.quantity, "confirmed with other seats", booking, allocation);
  const payment = payments.payments.get(booking.paymentId!);
  const capturedMinor = payment?.capturedMinor ?? 0;
  must(capturedMinor === booking.totalMinor, "confirmed unpaid", booking, payment);
  must(booking.totalMinor > 0 || !payment, "a provider heard of what is free", booking, payment);
}

/** What must follow elsewhere when a booking ends. */
function errandsOf({ bookings }: Observed, before: BookingRow, after: BookingRow): string[] {
  const errands = ["seats.release"];
  const payment = bookings.payments.get(after.paymentId ?? "");
  const isOpen = before.status === "confirming"
    ? payment?.status !== "declined"
    : before.paymentStatus === "requires_action";
  if (isOpen && after.totalMinor > 0) errands.push("payment.void");
  if ((after.refundMinor ?? 0) > 0) errands.push("payment.refund");
  return errands;
}

/** Where all clocks agree, nobody gives up seats that are still to be had. */
function checkGivenUp({ seats, clocksAgree }: Observed, booking: BookingRow): void {
  const allocation = seats.tables.allocation(booking.eventId, booking.bookingId);
  const event = seats.tables.events.get(booking.eventId);
  const sells = event?.status === "published" && event.end_at > booking.expiredAt!;
  if (!clocksAgree || !sells || !allocation) return;
  const lives = allocation.state === "held" && allocation.expires_at_ms > +booking.expiredAt!;
  must(allocation.state !== "sold" && !lives, "live seats were given up", booking, allocation);
}

/** What is marked as delivered has had its effect. */
export function checkOutbox({ payments }: Observed, before?: OutboxRow, after?: OutboxRow): void {
  if (!after) return must(before?.deliveredAt !== undefined, "an errand was forgotten", before);
  if (!after.deliveredAt) return must(!before?.deliveredAt, "an errand came back", before, after);
  must(!before?.deliveredAt, "an errand was delivered twice", before, after);
  const { message } = after;
  if (message.topic === "payment.refund") {
    const refunded = payments.refunds.get(message.messageId);
    must(refunded === message.payload.amount_minor, "a refund was not made", after, refunded);
  }
  if (message.topic === "payment.void") {
    const payment = payments.payments.get(message.payload.payment_id);
    const kept = payment && payment.status !== "declined" && payment.status !== "void";
    must(!kept, "a payment was not voided", after, payment);
  }
}

/** Of one booking no more is kept than it costs, and no more goes back than was taken. */
export function checkPayment(observed: Observed, payment: ProviderPayment): void {
  const { bookings } = observed;
  must(payment.returnedMinor <= payment.capturedMinor, "more went back than came", payment);
  must(payment.capturedMinor <= payment.amountMinor, "more was taken than ordered", payment);
  const order = bookings.payments.get(payment.paymentId);
  const booking = order && bookings.bookings.get(order.bookingId);
  if (!booking) return;
  const keptMinor = keptOf(observed, booking.bookingId);
  must(keptMinor <= booking.totalMinor, "more money is kept than the price", booking, payment);
}

/** How much of a booking's money the provider has, in minor units. */
export function keptOf(
  { bookings, payments }: Pick<Observed, "bookings" | "payments">,
  bookingId: string,
): number {
  return bookings.paymentsOf(bookingId)
    .map(({ paymentId }) => payments.payments.get(paymentId))
    .reduce((sum, p) => sum + (p ? p.capturedMinor - p.returnedMinor : 0), 0);
}
