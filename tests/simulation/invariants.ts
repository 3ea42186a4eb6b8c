import {
  freeSeats,
  HELD_OF_EVENT,
  type ModelAllocation,
  type ModelInventory,
} from "../models/seats/tables.ts";
import { limitOf, takenBy } from "../models/seats/limits.ts";
import { openBundles, setAsideTargets } from "../models/seats/set_aside.ts";
import { drawsOf, ticketsOf } from "../models/seats/transfer.ts";
import {
  bookingIdOfLine,
  lineIdsOf,
  MAX_HOLDS,
  seatsOf,
} from "../../services/booking/orders/order_lines.ts";
import type { Watcher } from "@evently/shared/testing";
import { type Change, checkBooking, checkOutbox, type Observed } from "./booking_invariants.ts";
import type { BookingRow, OutboxRow } from "./model/tables.ts";
import { checkPayment } from "./payment_invariants.ts";
import type { ModelPayment } from "./payment_model.ts";
import { assertHolds } from "./violation.ts";

/**
 * Legal transitions of an allocation; a released one may be removed, to be held again, and one of the waitlist may shrink
 * before and after its sale.
 */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  none: ["held"],
  held: ["held", "sold", "released"],
  sold: ["sold", "released"],
  released: ["none"],
};

/** What an allocation keeps, whatever becomes of its type. */
const FIXED = ["source", "type", "buyer_id", "unit_price_minor", "pools", "units"] as const;

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
  readonly #payments: Change<ModelPayment>[] = [];
  readonly #all = [
    this.#allocations,
    this.#inventories,
    this.#bookings,
    this.#outbox,
    this.#payments,
  ];
  /** Held and sold seats by pool, summed from changes of allocations. */
  readonly #sums = new Map<string, { held: number; sold: number }>();
  /** What buyers have, by event, buyer and type, summed from changes of allocations. */
  readonly #taken = new Map<string, number>();

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
    for (const eventId of touched) this.#checkEvent(eventId);
    for (const [before, after] of this.#allocations) {
      if (after) this.#checkBuyer(after);
      this.#checkOrder((after ?? before)!);
    }
    for (const changes of this.#all) changes.length = 0;
  }

  /**
   * Recounts all seats of all events.
   *
   * @throws {Violation}
   */
  recount(): void {
    const { tables } = this.#observed.seats;
    this.#sums.clear();
    this.#taken.clear();
    for (const row of tables.allocations.rows()) this.#count(row, 1);
    for (const row of tables.allocations.rows()) this.#checkBuyer(row);
    for (const { event_id } of tables.events.rows()) this.#checkEvent(event_id);
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
    if (before && after) {
      for (const field of FIXED) {
        const isSame = `${before[field]}` === `${after[field]}`;
        assertHolds(isSame, `an allocation's ${field} changed`, before, after);
      }
    }
    const booking = this.#bookingOf(row);
    if (before && after) checkQuantity([before, after], booking);
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
    if (to === "sold" && from !== "sold") {
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
    const { tables } = this.#observed.seats;
    if (row.source === "public") this.#checkPassedOver(row);
    assertHolds(
      this.#event(row)?.status === "published",
      "seats of an unpublished event were held",
      row,
    );
    const type = tables.type(row.event_id, row.type);
    assertHolds(type?.status === "active", "a type that is not on sale was held", row, type);
    const { min_per_order, max_per_order, price_minor } = type;
    const maximum = max_per_order ?? this.#event(row)!.max_tickets_per_booking;
    assertHolds(
      min_per_order <= row.quantity && row.quantity <= maximum,
      "a line is out of the bounds of its type",
      row,
      type,
    );
    const price = price_minor ?? this.#event(row)?.unit_price_minor;
    // A booking whose seats are held anew keeps its price.
    const isBooked = this.#bookingOf(row)?.lines?.some(({ unitPriceMinor }) => {
      return unitPriceMinor === row.unit_price_minor;
    });
    assertHolds(
      row.unit_price_minor === price || isBooked === true,
      "a line has another price than its type",
      row,
    );
    for (const counted of [row.type, HELD_OF_EVENT]) {
      const limit = limitOf(tables, row.event_id, counted);
      const taken = this.#taken.get(`${row.event_id} ${row.buyer_id} ${counted}`) ?? 0;
      assertHolds(limit === null || taken <= limit, "a buyer got more than the limit", row, {
        type: counted,
        limit,
        taken,
      });
    }
  }

  /** Checks that a public hold took no seats which a type that people wait for could use. */
  #checkPassedOver(row: ModelAllocation): void {
    const { tables } = this.#observed.seats;
    const pools = tables.inventoriesOf(row.event_id);
    const types = tables.typesOf(row.event_id);
    const taken = new Map(drawsOf(row).map(([pool, units]) => [pool, row.quantity * units]));
    const before = pools.map((pool) => ({
      ...pool,
      held: pool.held - (taken.get(pool.pool) ?? 0),
    }));
    assertHolds(
      sameNumbers(openBundles({ pools, types }), openBundles({ pools: before, types })),
      "the public got seats that people wait for",
      row,
    );
  }

  /** Checks all pools of an event, and that its chain of entries ends with one of the house. */
  #checkEvent(eventId: string): void {
    const pools = this.#observed.seats.tables.inventoriesOf(eventId);
    const house = pools[0]!;
    const types = this.#observed.seats.tables.typesOf(eventId);
    const targets = setAsideTargets({ pools, types });
    assertHolds(
      house.waitlist_open === types.some(({ waitlist_open }) => waitlist_open),
      "the house does not know whether a list is open",
      house,
    );
    for (const row of pools) {
      this.#checkInventory(row);
      assertHolds(
        row.set_aside === targets.get(row.pool),
        "seats are set aside wrongly",
        row,
        targets,
      );
      assertHolds(row.seq <= house.seq, "the house did not end an operation", row, house);
    }
    const beyond = this.#observed.seats.tables.ledger.get(`${eventId} ${house.seq + 1}`);
    assertHolds(!beyond, "the ledger has entries behind the house's", house, beyond);
  }

  #checkInventory(row: ModelInventory): void {
    const { event_id, pool, held, sold, set_aside, seq } = row;
    const free = freeSeats(row);
    assertHolds(free >= 0 && held >= 0 && sold >= 0 && set_aside >= 0, "oversold", row);
    const sums = this.#sums.get(`${event_id} ${pool}`) ?? { held: 0, sold: 0 };
    assertHolds(sums.held === held && sums.sold === sold, "allocations do not add up", row, sums);
    const entry = this.#observed.seats.tables.ledger.get(`${event_id} ${seq}`);
    const agrees = entry?.pool === pool && entry.available === free && entry.held === held &&
      entry.sold === sold && entry.setAside === set_aside;
    assertHolds(agrees, "the ledger's last entry is not the inventory", row, entry);
  }

  /** Checks that the counters of an allocation's buyer are what the buyer has, where a limit asks for them. */
  #checkBuyer({ event_id, buyer_id, type }: ModelAllocation): void {
    if (buyer_id === null) return;
    const { tables } = this.#observed.seats;
    for (const limited of [type, HELD_OF_EVENT]) {
      if (limitOf(tables, event_id, limited) === null) continue;
      const counted = takenBy(tables, { eventId: event_id, buyerId: buyer_id, type: limited });
      const taken = this.#taken.get(`${event_id} ${buyer_id} ${limited}`) ?? 0;
      assertHolds(counted === taken, "a buyer's tickets are counted wrongly", buyer_id, {
        type: limited,
        counted,
        taken,
      });
    }
  }

  /** Checks that all lines of a hold are in one state: none is held, sold or released without the others. */
  #checkOrder({ event_id, allocation_id }: ModelAllocation): void {
    const bookingId = bookingIdOfLine(allocation_id);
    const order = { bookingId, lines: this.#observed.linesOf(bookingId) };
    const lines = Array.from({ length: MAX_HOLDS }, (_, hold) => lineIdsOf({ ...order, hold }))
      .find((ids) => ids.includes(allocation_id))!
      .map((id) => this.#observed.seats.tables.allocation(event_id, id));
    const states = new Set(lines.map((row) => row?.state ?? "none"));
    assertHolds(states.size === 1, "the lines of an order are in different states", ...lines);
  }

  #count(row: ModelAllocation | undefined, sign: 1 | -1): void {
    if (!row || row.state === "released") return;
    const { event_id, buyer_id, type, state, quantity } = row;
    for (const [pool, units] of drawsOf(row)) {
      const key = `${event_id} ${pool}`;
      const sums = this.#sums.get(key) ?? { held: 0, sold: 0 };
      this.#sums.set(key, { ...sums, [state]: sums[state] + sign * quantity * units });
    }
    const counted = [[type, quantity], [HELD_OF_EVENT, state === "held" ? ticketsOf(row) : 0]];
    for (const [of, taken] of counted) {
      const key = `${event_id} ${buyer_id} ${of}`;
      this.#taken.set(key, (this.#taken.get(key) ?? 0) + sign * taken!);
    }
  }

  #event({ event_id }: ModelAllocation) {
    return this.#observed.seats.tables.events.get(event_id);
  }

  /** The booking whose latest hold has these seats. */
  #bookingOf({ allocation_id, event_id }: ModelAllocation): BookingRow | undefined {
    const booking = this.#observed.bookings.bookings.get(bookingIdOfLine(allocation_id));
    if (booking?.eventId !== event_id) return undefined;
    return lineIdsOf(seatsOf(booking)).includes(allocation_id) ? booking : undefined;
  }
}

/** Checks that an allocation only shrinks, and never below what its booking still has. */
function checkQuantity(
  [before, after]: readonly [ModelAllocation, ModelAllocation],
  booking: BookingRow | undefined,
): void {
  if (before.quantity === after.quantity) return;
  const [line] = booking?.lines ?? (booking ? [booking] : []);
  assertHolds(
    after.quantity < before.quantity && after.quantity >= (line?.quantity ?? 1),
    "an allocation has other seats than its booking",
    before,
    after,
    booking,
  );
}

/** Collects changes of a table. */
export function into<Row>(changes: Change<Row>[]): Watcher<Readonly<Row>> {
  return (before, after) => void changes.push([before, after]);
}

function sameNumbers(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): boolean {
  return a.size === b.size && [...a].every(([key, number]) => b.get(key) === number);
}
