import { bookingIdOfLine } from "../../services/booking/orders/order_lines.ts";
import { HOUSE, type ModelBuyer } from "../models/seats/tables.ts";
import { settleSetAside } from "../models/seats/waitlists.ts";
import { releaseOf } from "./model/tables.ts";
import { PAYMENT_DEFECTS } from "./payment_defects.ts";
import type { SharedParts } from "./process.ts";
import type { Simulation } from "./simulation.ts";
import { WAITLIST_DEFECTS } from "./waitlist_defects.ts";

/**
 * Plants a defect in a world's models of stores and services, to check that the invariants find it. Defects in
 * product code are planted by `tests/mutants`.
 */
export type Defect = (shared: SharedParts, world: Simulation) => void;

/** Defects that would cost seats, money or trust. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  "commit ignores that the hold has ended": ({ seats }) => {
    const commit = seats.commit.bind(seats);
    seats.commit = (input) => commit({ ...input, now: new Date(0) });
  },

  "release frees its seats twice": ({ seats }) => {
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const held = input.allocationIds.map((id) => seats.tables.allocation(input.eventId, id))
        .find((row) => row?.state === "held");
      const answer = release(input);
      const inv = seats.tables.house(input.eventId);
      if (held && inv) {
        seats.tables.putInventory({ ...inv, held: inv.held - held.quantity });
      }
      return answer;
    };
  },

  "a public hold ignores the waitlist": ({ seats }) => {
    const { tables } = seats;
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const house = tables.house(input.eventId);
      if (!house?.waitlist_open || input.source === "waitlist") return hold(input);
      for (const row of tables.inventoriesOf(input.eventId)) {
        tables.putInventory({ ...row, set_aside: 0 });
      }
      const answer = hold(input);
      settleSetAside(tables, input.eventId);
      return answer;
    };
  },

  "an order is held without its last line": ({ seats }) => {
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const answer = hold(input);
      const last = answer.results.findLast(({ outcome, allocationId }) => {
        return outcome === "held" && bookingIdOfLine(allocationId) !== allocationId;
      });
      if (last) seats.release({ eventId: input.eventId, allocationIds: [last.allocationId] });
      return answer;
    };
  },

  "an order is sold without its last line": ({ seats }) => {
    const commit = seats.commit.bind(seats);
    seats.commit = (input) => {
      const isFurther = (id: string) => bookingIdOfLine(id) !== id;
      const allocationIds = input.allocationIds.filter((id) => !isFurther(id));
      const answer = commit({ ...input, allocationIds, orders: undefined });
      const outcomes = new Map(answer.results.map((result) => [result.allocationId, result]));
      const results = input.allocationIds.map((allocationId) => {
        const { outcome } = outcomes.get(bookingIdOfLine(allocationId)) ?? answer.results[0]!;
        return { allocationId, outcome };
      });
      return { ...answer, results };
    };
  },

  "a limit a buyer is checked by what was counted before the lock": ({ seats }) => {
    const { tables } = seats;
    const hold = seats.hold.bind(seats);
    let stale = new Map<string, ModelBuyer>();
    seats.hold = (input) => {
      const current = [...tables.buyers.rows()];
      for (const row of current) {
        const { event_id, buyer_id, type } = row;
        const key = `${event_id} ${buyer_id} ${type}`;
        tables.buyers.put(key, { ...row, taken: stale.get(key)?.taken ?? 0 });
      }
      const answer = hold(input);
      for (const row of current) {
        const { event_id, buyer_id, type } = row;
        const key = `${event_id} ${buyer_id} ${type}`;
        const taken = tables.buyers.get(key)!.taken - (stale.get(key)?.taken ?? 0) + row.taken;
        tables.buyers.put(key, { ...row, taken });
      }
      stale = new Map(current.map((row) => {
        return [`${row.event_id} ${row.buyer_id} ${row.type}`, row];
      }));
      return answer;
    };
  },

  "a release does not give back to its buyer": ({ seats }) => {
    const { buyers } = seats.tables;
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const before = [...buyers.rows()];
      const answer = release(input);
      for (const row of before) {
        buyers.put(`${row.event_id} ${row.buyer_id} ${row.type}`, row);
      }
      return answer;
    };
  },

  "a paused type is sold": ({ seats }) => {
    const setType = seats.setType.bind(seats);
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const paused = seats.tables.typesOf(input.eventId)
        .filter(({ status }) => status === "paused");
      for (const type of paused) setType({ ...type, status: "active" });
      const answer = hold(input);
      for (const type of paused) setType(type);
      return answer;
    };
  },

  "a price that changes is the price of what was held": ({ seats }) => {
    const setType = seats.setType.bind(seats);
    seats.setType = (settings) => {
      setType(settings);
      const { event_id, type, price_minor: price } = settings;
      if (price === undefined || price === null) return;
      const held = seats.tables.allocations.where((row) => {
        return row.event_id === event_id && row.type === type && row.state === "held";
      });
      for (const row of held) seats.tables.putAllocation({ ...row, unit_price_minor: price });
    };
  },

  "release forgets the further pools": ({ seats }) => {
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const before = seats.tables.inventoriesOf(input.eventId);
      const answer = release(input);
      for (const row of before) if (row.pool !== HOUSE) seats.tables.putInventory(row);
      return answer;
    };
  },

  "release frees what the type takes now": ({ seats }) => {
    const { tables } = seats;
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      for (const allocationId of input.allocationIds) {
        const row = tables.allocation(input.eventId, allocationId);
        const type = row && tables.type(row.event_id, row.type);
        if (!type || row.state === "released") continue;
        tables.putAllocation({ ...row, pools: type.pools, units: type.units });
      }
      return release(input);
    };
  },

  "a release sets nothing aside": ({ seats }) => {
    const { tables } = seats;
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const house = tables.house(input.eventId);
      if (!house?.waitlist_open) return release(input);
      tables.putInventory({ ...house, waitlist_open: false });
      const answer = release(input);
      tables.putInventory({ ...tables.house(input.eventId)!, waitlist_open: true });
      return answer;
    };
  },

  "a renewed hold first releases its allocations": ({ seats }) => {
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const allocationIds = input.items.map(({ allocationId }) => allocationId);
      if (input.revive) seats.release({ eventId: input.eventId, allocationIds });
      return hold(input);
    };
  },

  "cancellation writes the outbox in a later step": ({ store }, { bookings, scheduler }) => {
    const enqueue = bookings.enqueue.bind(bookings);
    const { cancelFrom } = store;
    store.cancelFrom = (input) => {
      bookings.enqueue = (...row) =>
        scheduler.add({ label: "writes the outbox", run: () => enqueue(...row) }, 1);
      const answer = cancelFrom(input);
      bookings.enqueue = enqueue;
      return answer;
    };
  },

  "a repeated capture charges again": ({ payments }, { payments: { payments: rows } }) => {
    const capture = payments.capture.bind(payments);
    payments.capture = (input) => {
      const before = rows.get(input.paymentId);
      capture(input);
      if (before?.status !== "captured") return;
      rows.put(before.paymentId, { ...before, capturedMinor: 2 * before.amountMinor });
    };
  },

  "refund ignores its idempotency key": ({ payments }, { ids }) => {
    const refund = payments.refund.bind(payments);
    payments.refund = (input) => {
      refund(input);
      refund({ ...input, refundId: ids.newId() });
    };
  },

  "void does not return captured money": ({ payments }, { payments: { payments: rows } }) => {
    const voidPayment = payments.void.bind(payments);
    payments.void = (input) => {
      if (rows.get(input.paymentId)?.status !== "captured") voidPayment(input);
    };
  },

  "confirmation has no owner filter": ({ store }, { bookings }) => {
    const { startConfirming } = store;
    store.startConfirming = (claims) =>
      startConfirming(claims.map((claim) => {
        const userId = bookings.bookings.get(claim.bookingId)?.userId ?? claim.userId;
        return { ...claim, userId };
      }));
  },

  "an abandoned confirmation does not void its payment": ({ store }, { bookings }) => {
    const enqueue = bookings.enqueue.bind(bookings);
    const { abandonConfirmation } = store;
    store.abandonConfirmation = (input) => {
      bookings.enqueue = (row, message) => {
        if (message.content.topic !== "payment.void") enqueue(row, message);
      };
      const answer = abandonConfirmation(input);
      bookings.enqueue = enqueue;
      return answer;
    };
  },

  "a booking ends without voiding its waiting payment": (_shared, { bookings }) => {
    const enqueue = bookings.enqueue.bind(bookings);
    bookings.enqueue = (row, message) => {
      const waits = row.paymentStatus === "requires_action";
      if (!waits || message.content.topic !== "payment.void") enqueue(row, message);
    };
  },

  "a repeated confirmation does not find its payment": ({ store }) => {
    const { findWithPayment } = store;
    store.findWithPayment = (bookingId) => {
      const found = findWithPayment(bookingId);
      return found && { ...found, payment: undefined };
    };
  },

  "extension does not extend the seats": ({ seats }) => {
    seats.extend = ({ items }) => ({
      seq: 0,
      results: items.map(({ allocationId }) => ({ allocationId, outcome: "extended" })),
    });
  },

  "expiry ends bookings that are being confirmed": ({ store }, { bookings }) => {
    const { expireDue } = store;
    store.expireDue = (input) => {
      for (const row of bookings.bookings.where(({ status }) => status === "confirming")) {
        if (row.expiresAt > input.due) continue;
        bookings.update(row, { status: "expired", expiredAt: input.now });
        bookings.enqueue(row, { content: releaseOf(row), now: input.now });
      }
      return expireDue(input);
    };
  },

  "an acknowledged booking is not stored": ({ store }, { bookings, network }) => {
    const { insertPending } = store;
    store.insertPending = (wanted) => {
      const [first] = insertPending(wanted.slice(0, 1));
      const rest = insertPending(wanted.slice(1));
      if (first && network.chance(20)) bookings.bookings.delete(first.bookingId);
      return [first!, ...rest];
    };
  },

  "commit refuses live holds": ({ seats }, { network }) => {
    const commit = seats.commit.bind(seats);
    seats.commit = (input) => {
      if (!network.chance(50)) return commit(input);
      const counted = commit({ ...input, allocationIds: [] });
      const refused = { outcome: "refused" as const };
      return {
        ...counted,
        results: input.allocationIds.map((allocationId) => ({
          allocationId,
          ...refused,
        })),
      };
    };
  },

  "a refused retry does not find its earlier booking": ({ store }) => {
    store.findMany = () => [];
  },

  "the sweep never runs": ({ seats }) => {
    seats.eventsWithExpiredHolds = () => [];
  },

  "a failed message is never retried": ({ outboxStore }) => {
    const { postpone } = outboxStore;
    outboxStore.postpone = (input) =>
      postpone({ ...input, dueAt: new Date(input.dueAt.getTime() + 10 ** 12) });
  },

  "every delivery of a refund is counted": ({ store }, { bookings }) => {
    const { completeRefunds } = store;
    store.completeRefunds = ({ messages, now }) => {
      for (const { messageId } of messages) {
        const row = bookings.outbox.get(messageId);
        if (!row?.deliveredAt || row.message.topic !== "payment.refund") continue;
        const { payment_id, amount_minor } = row.message.payload;
        const refundedMinor = bookings.payments.get(payment_id)!.refundedMinor + amount_minor;
        bookings.updatePayment(payment_id, { refundedMinor });
      }
      completeRefunds({ messages, now });
    };
  },

  ...PAYMENT_DEFECTS,
  ...WAITLIST_DEFECTS,
};
