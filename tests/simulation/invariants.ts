import type { ModelAllocation, ModelInventory } from "../models/seats/tables.ts";
import type { Watcher } from "@evently/shared/testing";
import {
  type Change,
  checkBooking,
  checkOutbox,
  checkPayment,
  type Observed,
} from "./booking_invariants.ts";
import type { BookingRow, OutboxRow } from "./model/tables.ts";
import type { ProviderPayment } from "./payment_model.ts";
import { assertHolds } from "./violation.ts";

/** Legal transitions of an allocation; a released one may be removed, to be held again. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  none: ["held"],
  held: ["held", "sold", "released"],
  sold: ["released"],
  released: ["none"],
};

/**
 * Invariants that must hold after every step. They do not trust the models: they watch row changes and keep their
 * own sums. Full recounts are made periodically and at the end.
 */
export class Invariants {
  readonly #observed: Observed;
  readonly #allocations: Change<ModelAllocation>[] = [];
  readonly #inventories: Change<ModelInventory>[] = [];
  readonly #bookings: Change<BookingRow>[] = [];
  readonly #outbox: Change<OutboxRow>[] = [];
  readonly #payments: Change<ProviderPayment>[] = [];
  readonly #all = [
    this.#allocations,
    this.#inventories,
    this.#bookings,
    this.#outbox,
    this.#payments,
  ];
  /** Held and sold seats by event, summed from changes of allocations. */
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
   * Checks the changes of the last step.
   *
   * @throws {Violation}
   */
  check(): void {
    if (this.#all.every((changes) => changes.length === 0)) return;
    for (const [before, after] of this.#allocations) this.#checkAllocation(before, after);
    for (const [before, after] of this.#bookings) {
      checkBooking(this.#observed, this.#outbox, [before, after]);
    }
    for (const [before, after] of this.#outbox) checkOutbox(this.#observed, before, after);
    for (const [, after] of this.#payments) if (after) checkPayment(this.#observed, after);
    const touched = new Set(
      [...this.#allocations, ...this.#inventories].map(([before, after]) =>
        (after ?? before)!.event_id
      ),
    );
    for (const [before, after] of this.#inventories) {
      assertHolds(!before || !after || after.seq >= before.seq, "seq decreased", before, after);
    }
    for (const eventId of touched) this.#checkInventory(eventId);
    for (const changes of this.#all) changes.length = 0;
  }

  /**
   * Recounts all seats of all events.
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
    assertHolds(
      TRANSITIONS[from]!.includes(to),
      `an allocation went from ${from} to ${to}`,
      before,
      after,
    );
    const booking = this.#bookingOf(row);
    const isOver = row.expires_at_ms <= this.#observed.eventNowMs();
    if (from === "none") this.#checkHeld(row);
    if (from === "held" && to === "held") {
      assertHolds(
        after!.expires_at_ms >= before!.expires_at_ms,
        "a hold was shortened",
        before,
        after,
      );
    }
    if (to === "sold") {
      assertHolds(!isOver, "seats were sold after their hold had ended", before, after);
      assertHolds(
        this.#event(row)?.status === "published",
        "seats of an unpublished event were sold",
        row,
      );
      assertHolds(booking !== undefined, "seats without a booking were sold", row);
    }
    if (to === "released" && booking) {
      const ended = booking.status === "cancelled" || booking.status === "expired";
      assertHolds(
        ended || from === "held" && isOver,
        "a live booking lost its seats",
        before,
        booking,
      );
    }
  }

  #checkHeld(row: ModelAllocation): void {
    const inventory = this.#observed.seats.tables.inventories.get(row.event_id);
    assertHolds(
      row.source === "waitlist" || inventory?.waitlist_open === false,
      "the public got seats while the waitlist was open",
      row,
    );
    assertHolds(
      this.#event(row)?.status === "published",
      "seats of an unpublished event were held",
      row,
    );
  }

  #checkInventory(eventId: string): void {
    const inv = this.#observed.seats.tables.inventories.get(eventId)!;
    const { capacity, held, sold, set_aside, waitlist_open, seq } = inv;
    const free = capacity - held - sold - set_aside;
    assertHolds(free >= 0 && held >= 0 && sold >= 0 && set_aside >= 0, "oversold", inv);
    assertHolds(
      waitlist_open ? free === 0 : set_aside === 0,
      "free seats do not match the state of the waitlist",
      inv,
    );
    const sums = this.#sums.get(eventId) ?? { held: 0, sold: 0 };
    assertHolds(sums.held === held && sums.sold === sold, "allocations do not add up", inv, sums);
    const entry = this.#observed.seats.tables.ledger.get(`${eventId} ${seq}`);
    const agrees = entry?.available === free && entry.held === held && entry.sold === sold &&
      entry.setAside === set_aside;
    assertHolds(agrees, "the ledger's last entry is not the inventory", inv, entry);
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
