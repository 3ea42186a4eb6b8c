import type { ModelAllocation, ModelInventory, SeatModel } from "@evently/event/testing";
import type { Watcher } from "@evently/shared/testing";
import type { BookingStatus } from "../booking.ts";
import type { BookingRow, BookingTables, OutboxRow } from "./model/tables.ts";
import type { PaymentModel, ProviderPayment } from "./payment_model.ts";
import { must } from "./violation.ts";

/** What the checks look at. */
export interface Observed {
  bookings: BookingTables;
  seats: SeatModel;
  payments: PaymentModel;
  /** By the clock of the event service that acted last. */
  eventNow_ms: () => number;
}

type Change<Row> = readonly [before: Readonly<Row> | undefined, after: Readonly<Row> | undefined];

const TRANSITIONS: Readonly<Record<BookingStatus | "none", readonly BookingStatus[]>> = {
  none: ["pending"],
  pending: ["confirming", "cancelled", "expired"],
  confirming: ["confirmed", "pending", "expired"],
  confirmed: ["cancelled"],
  cancelled: [],
  expired: [],
};

/** What an allocation's state may become; it is removed only to be held again. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
  none: ["held"],
  held: ["held", "sold", "released"],
  sold: ["released"],
  released: ["none"],
};

/**
 * What must hold after every step. The models are not trusted: it goes by the changes of their rows, and keeps
 * its own sums. Whole recounts are made now and then, and at the end.
 */
export class Invariants {
  readonly #observed: Observed;
  readonly #allocations: Change<ModelAllocation>[] = [];
  readonly #inventories: Change<ModelInventory>[] = [];
  readonly #bookings: Change<BookingRow>[] = [];
  readonly #outbox: Change<OutboxRow>[] = [];
  readonly #payments: Change<ProviderPayment>[] = [];
  /** Seats by event, as the changes of allocations add up. */
  readonly #sums = new Map<string, { held: number; sold: number }>();

  constructor(observed: Observed) {
    this.#observed = observed;
    const { bookings, seats, payments } = observed;
    seats.tables.allocations.watch(into(this.#allocations));
    seats.tables.inventories.watch(into(this.#inventories));
    bookings.bookings.watch(into(this.#bookings));
    bookings.outbox.watch(into(this.#outbox));
    payments.payments.watch(into(this.#payments));
  }

  /**
   * Looks at what the last step changed.
   *
   * @throws {Violation}
   */
  check(): void {
    for (const [before, after] of this.#allocations) this.#checkAllocation(before, after);
    for (const [before, after] of this.#bookings) this.#checkBooking(before, after);
    for (const [before, after] of this.#outbox) this.#checkOutbox(before, after);
    for (const [, after] of this.#payments) if (after) this.#checkPayment(after);
    const touched = new Set(
      [...this.#allocations, ...this.#inventories].map(([before, after]) =>
        (after ?? before)!.event_id
      ),
    );
    for (const [before, after] of this.#inventories) {
      must(!before || !after || after.seq >= before.seq, "seq goes back", before, after);
    }
    for (const eventId of touched) this.#checkInventory(eventId);
    const all = [
      this.#allocations,
      this.#inventories,
      this.#bookings,
      this.#outbox,
      this.#payments,
    ];
    for (const changes of all) changes.length = 0;
  }

  /**
   * Counts every seat of every event anew.
   *
   * @throws {Violation}
   */
  recount(): void {
    this.#sums.clear();
    for (const row of this.#observed.seats.tables.allocations.rows()) this.#count(row, 1);
    for (const { event_id } of this.#observed.seats.tables.inventories.rows()) {
      this.#checkInventory(event_id);
    }
  }

  #checkAllocation(before?: ModelAllocation, after?: ModelAllocation): void {
    const row = (after ?? before)!;
    this.#count(before, -1);
    this.#count(after, 1);
    const from = before?.state ?? "none";
    const to = after?.state ?? "none";
    must(MOVES[from]!.includes(to), `an allocation went from ${from} to ${to}`, before, after);
    const booking = this.#bookingOf(row);
    const isOver = row.expires_at_ms <= this.#observed.eventNow_ms();
    if (from === "none") this.#checkHeld(row);
    if (from === "held" && to === "held") {
      must(after!.expires_at_ms >= before!.expires_at_ms, "a hold was made shorter", before, after);
    }
    if (to === "sold") {
      must(!isOver, "seats were sold after their hold had ended", before, after);
      must(
        this.#event(row)?.status === "published",
        "seats of an unpublished event were sold",
        row,
      );
      must(booking !== undefined, "seats were sold that no booking has", row);
    }
    if (to === "released" && booking) {
      const ended = booking.status === "cancelled" || booking.status === "expired";
      must(ended || from === "held" && isOver, "a live booking lost its seats", before, booking);
    }
  }

  #checkHeld(row: ModelAllocation): void {
    const inventory = this.#observed.seats.tables.inventories.get(row.event_id);
    must(
      row.source === "waitlist" || inventory?.waitlist_open === false,
      "the public got seats while the waitlist was open",
      row,
    );
    must(this.#event(row)?.status === "published", "seats of an unpublished event were held", row);
  }

  #checkBooking(before?: BookingRow, after?: BookingRow): void {
    must(after !== undefined, "a booking was deleted", before);
    const from = before?.status ?? "none";
    const { status } = after;
    must(
      status === from || TRANSITIONS[from].includes(status),
      `a booking went from ${from} to ${status}`,
      before,
      after,
    );
    if (!before || status === from) return;
    for (const field of ["userId", "eventId", "reference", "quantity", "total_minor"] as const) {
      must(before[field] === after[field], `a booking's ${field} changed`, before, after);
    }
    must(+before.expiresAt === +after.expiresAt, "a booking's hold changed", before, after);
    if (status === "confirming") {
      must(after.confirmingAt! < after.expiresAt, "an expired hold was confirmed", after);
    }
    if (status === "confirmed") this.#checkConfirmed(after);
    if (status === "cancelled" || status === "expired") this.#checkEnded(before, after);
  }

  /** Never seats without money, nor money without seats. */
  #checkConfirmed(booking: BookingRow): void {
    const { seats, payments } = this.#observed;
    const allocation = seats.tables.allocation(booking.eventId, booking.bookingId);
    must(allocation?.state === "sold", "confirmed without seats", booking, allocation);
    must(
      allocation.quantity === booking.quantity,
      "confirmed with other seats",
      booking,
      allocation,
    );
    const payment = payments.payments.get(booking.paymentId!);
    must(payment?.captured_minor === booking.total_minor, "confirmed unpaid", booking, payment);
  }

  /** What must follow elsewhere is in the outbox, by the same change. */
  #checkEnded(before: BookingRow, after: BookingRow): void {
    const wanted = ["release_seats"];
    if (before.status === "confirming") {
      const payment = this.#observed.bookings.payments.get(after.paymentId!);
      if (payment?.status !== "declined") wanted.push("void_payment");
    }
    if ((after.refund_minor ?? 0) > 0) wanted.push("refund_payment");
    for (const kind of wanted) {
      const queued = this.#outbox.some(([old, row]) =>
        !old && row?.message.bookingId === after.bookingId && row.message.kind === kind
      );
      must(queued, `a booking ended without a ${kind} in its outbox`, before, after);
    }
  }

  /** What is marked as delivered has had its effect. */
  #checkOutbox(before?: OutboxRow, after?: OutboxRow): void {
    if (!after) return must(before?.deliveredAt !== undefined, "an errand was forgotten", before);
    if (!after.deliveredAt) return must(!before?.deliveredAt, "an errand came back", before, after);
    must(!before?.deliveredAt, "an errand was delivered twice", before, after);
    const { message } = after;
    const { payments } = this.#observed;
    if (message.kind === "refund_payment") {
      const refunded = payments.refunds.get(message.outboxId);
      must(refunded === message.amount_minor, "a refund was not made", after, refunded);
    }
    if (message.kind === "void_payment") {
      const payment = payments.payments.get(message.paymentId);
      const kept = payment && payment.status !== "declined" && payment.status !== "void";
      must(!kept, "a payment was not voided", after, payment);
    }
  }

  /** Of one booking no more is kept than it costs, and no more goes back than was taken. */
  #checkPayment(payment: ProviderPayment): void {
    const { bookings, payments } = this.#observed;
    must(payment.returned_minor <= payment.captured_minor, "more went back than came", payment);
    must(payment.captured_minor <= payment.amount_minor, "more was taken than ordered", payment);
    const order = bookings.payments.get(payment.paymentId);
    const booking = order && bookings.bookings.get(order.bookingId);
    if (!booking) return;
    const kept_minor = bookings.paymentsOf(booking.bookingId)
      .map(({ paymentId }) => payments.payments.get(paymentId))
      .reduce((sum, p) => sum + (p ? p.captured_minor - p.returned_minor : 0), 0);
    must(kept_minor <= booking.total_minor, "more money is kept than the price", booking, payment);
  }

  #checkInventory(eventId: string): void {
    const inv = this.#observed.seats.tables.inventories.get(eventId)!;
    const { capacity, held, sold, set_aside, waitlist_open, seq } = inv;
    const free = capacity - held - sold - set_aside;
    must(free >= 0 && held >= 0 && sold >= 0 && set_aside >= 0, "oversold", inv);
    must(waitlist_open ? free === 0 : set_aside === 0, "seats are on the wrong side", inv);
    const sums = this.#sums.get(eventId) ?? { held: 0, sold: 0 };
    must(sums.held === held && sums.sold === sold, "allocations do not add up", inv, sums);
    const entry = this.#observed.seats.tables.ledger.get(`${eventId} ${seq}`);
    const agrees = entry?.available === free && entry.held === held && entry.sold === sold &&
      entry.set_aside === set_aside;
    must(agrees, "the ledger's last entry is not the inventory", inv, entry);
  }

  #count(row: ModelAllocation | undefined, sign: 1 | -1): void {
    if (!row || row.state === "released") return;
    const sums = this.#sums.get(row.event_id) ?? { held: 0, sold: 0 };
    sums[row.state] += sign * row.quantity;
    this.#sums.set(row.event_id, sums);
  }

  #event({ event_id }: ModelAllocation) {
    return this.#observed.seats.tables.events.get(event_id);
  }

  #bookingOf({ allocation_id, event_id }: ModelAllocation): BookingRow | undefined {
    const booking = this.#observed.bookings.bookings.get(allocation_id);
    return booking?.eventId === event_id ? booking : undefined;
  }
}

function into<Row>(changes: Change<Row>[]): Watcher<Readonly<Row>> {
  return (before, after) => void changes.push([before, after]);
}
