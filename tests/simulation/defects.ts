import type { Surroundings } from "./process.ts";
import type { Simulation } from "./simulation.ts";

/**
 * A defect planted in a world's models of stores and services, to see that the invariants find it. It changes no
 * product code; `tests/mutants` does that.
 */
export type Defect = (around: Surroundings, world: Simulation) => void;

/** Defects that would cost seats, money or trust. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  "a commit that does not look at the time again": ({ seats }) => {
    const commit = seats.commit.bind(seats);
    seats.commit = (input) => commit({ ...input, now: new Date(0) });
  },

  "a release that gives its seats back twice": ({ seats }) => {
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const held = input.allocationIds.map((id) => seats.tables.allocation(input.eventId, id))
        .find((row) => row?.state === "held");
      const answer = release(input);
      const inv = seats.tables.inventories.get(input.eventId);
      if (held && inv) {
        seats.tables.inventories.put(inv.event_id, { ...inv, held: inv.held - held.quantity });
      }
      return answer;
    };
  },

  "a hold that ignores the waitlist": ({ seats }) => {
    const { inventories } = seats.tables;
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const inv = inventories.get(input.eventId);
      if (!inv?.waitlist_open || input.source === "waitlist") return hold(input);
      inventories.put(inv.event_id, { ...inv, waitlist_open: false, set_aside: 0 });
      const answer = hold(input);
      const after = inventories.get(inv.event_id)!;
      const setAside = after.capacity - after.held - after.sold;
      inventories.put(inv.event_id, { ...after, waitlist_open: true, set_aside: setAside });
      return answer;
    };
  },

  "a hold that takes over seats of another": ({ seats }) => {
    const hold = seats.hold.bind(seats);
    seats.hold = (input) => {
      const allocationIds = input.items.map(({ allocationId: allocation_id }) => allocation_id);
      if (input.revive) seats.release({ eventId: input.eventId, allocationIds });
      return hold(input);
    };
  },

  "an outbox row outside of its change": ({ store }, { bookings, scheduler }) => {
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

  "a capture that takes the money twice": ({ payments }, { payments: { payments: rows } }) => {
    const capture = payments.capture.bind(payments);
    payments.capture = (input) => {
      const before = rows.get(input.paymentId);
      capture(input);
      if (before?.status !== "captured") return;
      rows.put(before.paymentId, { ...before, capturedMinor: 2 * before.amountMinor });
    };
  },

  "a refund without its id": ({ payments }, { ids }) => {
    const refund = payments.refund.bind(payments);
    payments.refund = (input) => {
      refund(input);
      refund({ ...input, refundId: ids.newId() });
    };
  },

  "a void that keeps what was captured": ({ payments }, { payments: { payments: rows } }) => {
    const voidPayment = payments.void.bind(payments);
    payments.void = (input) => {
      if (rows.get(input.paymentId)?.status !== "captured") voidPayment(input);
    };
  },

  "a confirmation without its owner": ({ store }, { bookings }) => {
    const { startConfirming } = store;
    store.startConfirming = (claims) =>
      startConfirming(claims.map((claim) => {
        const userId = bookings.bookings.get(claim.bookingId)?.userId ?? claim.userId;
        return { ...claim, userId };
      }));
  },

  "a confirmation given up without its void": ({ store }, { bookings }) => {
    const enqueue = bookings.enqueue.bind(bookings);
    const { abandonConfirmation } = store;
    store.abandonConfirmation = (input) => {
      bookings.enqueue = (row, message) => {
        if (message.errand.topic !== "payment.void") enqueue(row, message);
      };
      const answer = abandonConfirmation(input);
      bookings.enqueue = enqueue;
      return answer;
    };
  },

  "a booking that ends and leaves its payment waiting": (_around, { bookings }) => {
    const enqueue = bookings.enqueue.bind(bookings);
    bookings.enqueue = (row, message) => {
      const waits = row.paymentStatus === "requires_action";
      if (!waits || message.errand.topic !== "payment.void") enqueue(row, message);
    };
  },

  "a confirmation that cannot be asked for again": ({ store }) => {
    const { findWithPayment } = store;
    store.findWithPayment = (bookingId) => {
      const found = findWithPayment(bookingId);
      return found && { ...found, payment: undefined };
    };
  },

  "an extension that forgets the seats": ({ seats }) => {
    seats.extend = ({ items }) => ({
      seq: 0,
      results: items.map(({ allocationId }) => ({ allocationId, outcome: "extended" })),
    });
  },

  "an expiry that ends what is being paid": ({ store }, { bookings }) => {
    const { expireDue } = store;
    store.expireDue = (input) => {
      for (const row of bookings.bookings.where(({ status }) => status === "confirming")) {
        if (row.expiresAt > input.due) continue;
        bookings.update(row, { status: "expired", expiredAt: input.now });
        bookings.enqueue(row, { errand: { topic: "seats.release", payload: {} }, now: input.now });
      }
      return expireDue(input);
    };
  },

  "a booking acknowledged before it is stored": ({ store }, { bookings, network }) => {
    const { insertPending } = store;
    store.insertPending = (wanted) => {
      const [first] = insertPending(wanted.slice(0, 1));
      const rest = insertPending(wanted.slice(1));
      if (first && network.chance(20)) bookings.bookings.delete(first.bookingId);
      return [first!, ...rest];
    };
  },

  "a commit that refuses what it could sell": ({ seats }, { network }) => {
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

  "a refusal that does not find the booking of an earlier attempt": ({ store }) => {
    store.findMany = () => [];
  },

  "a sweep that never comes": ({ seats }) => {
    seats.eventsWithExpiredHolds = () => [];
  },

  "a message that is never retried": ({ outboxStore }) => {
    const { postpone } = outboxStore;
    outboxStore.postpone = (input) =>
      postpone({ ...input, dueAt: new Date(input.dueAt.getTime() + 10 ** 12) });
  },

  "a refund that is counted whenever it is delivered": ({ store }, { bookings }) => {
    const { completeRefunds } = store;
    store.completeRefunds = ({ messageIds, now }) => {
      for (const id of messageIds) {
        const row = bookings.outbox.get(id);
        if (!row?.deliveredAt || row.message.topic !== "payment.refund") continue;
        const { payment_id, amount_minor } = row.message.payload;
        const refundedMinor = bookings.payments.get(payment_id)!.refundedMinor + amount_minor;
        bookings.updatePayment(payment_id, { refundedMinor });
      }
      completeRefunds({ messageIds, now });
    };
  },
};
