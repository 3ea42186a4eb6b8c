import { deriveId } from "@evently/shared/ids";
import { laneOf, LANES } from "@evently/shared/lanes";
import type { MessageKey, OutboxMessage, OutboxStore } from "@evently/shared/outbox";
import type { Random } from "@evently/shared/testing";
import type {
  BookingStatus,
  NewBooking,
  OrderLine,
  PublicStatus,
} from "../../../services/booking/orders/booking.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import type { PaymentStore } from "../../../services/booking/payments/payment_store.ts";
import { at, TERMS } from "./fixtures.ts";

/** Few of each, so that operations collide. */
const USERS = ids("user", 3);
const EVENTS = ids("event", 2);
const EVERYTHING = 10_000;
const HOLD_MS = 800;
/** After this time operations use new bookings, as an ended booking never changes again. */
const GENERATION_MS = 1_600;
const BOOKINGS = 4;
/** The hold of a booking that late money revives: longer than any other. */
export const REVIVED_HOLD_MS = 10_000;
const PART_MINOR = 40;
const LEASE_MS = 50;
const LINES: readonly OrderLine[] = [
  { ticketTypeId: EVENTS[1]!, name: "Standard", quantity: 1, gives: 1, unitPriceMinor: 101 },
  { ticketTypeId: USERS[0]!, name: "Family", quantity: 2, gives: 4, unitPriceMinor: 333 },
];
/** Operations that bookings need to progress; they are drawn more often. */
const FREQUENT = [
  "lease",
  "insertPending",
  "startConfirming",
  "requireAction",
  "awaitProvider",
  "pay",
  "payLate",
  "extendHold",
  "completeConfirmations",
  "cancelFrom",
  "promiseRefund",
].flatMap((name) => Array<string>(8).fill(name));

/** The stores of bookings and payments, their outbox, and the messages leased from it. */
export interface Stores {
  store: BookingStore;
  paymentStore: PaymentStore;
  outbox: OutboxStore;
  leased: LeasedMessages;
}

/** One call on a store; stores with equal state must return equal answers. */
export interface Operation {
  name: string;
  apply: (stores: Stores) => Promise<unknown>;
}

/** Maps message names (topic, subject, payment) to the ids of one store, as ids differ between stores. */
export class LeasedMessages {
  /** End of the latest lease. */
  leaseUntil = at(0);
  readonly #keys = new Map<string, MessageKey>();

  /** Records leased messages; returns them without ids, sorted by name. */
  note(messages: OutboxMessage[], leaseUntil: Date): unknown[] {
    this.leaseUntil = leaseUntil;
    for (const message of messages) this.#keys.set(nameOf(message), message);
    return messages.toSorted((a, b) => nameOf(a) < nameOf(b) ? -1 : 1)
      .map(({ messageId: _, ...message }) => message);
  }

  /** Names of all messages leased so far. */
  names(): string[] {
    return [...this.#keys.keys()].sort();
  }

  find(names: readonly string[]): MessageKey[] {
    return names.flatMap((name) => this.#keys.get(name) ?? []);
  }
}

/** Returns a random operation; `nowMs` must be later than in any before. */
export function randomOperation(
  random: Random,
  { nowMs, payments, leased }: {
    nowMs: number;
    /** Payment ids of earlier operations, by booking. */
    payments: Map<string, string>;
    /** Names of messages leased by earlier operations. */
    leased: readonly string[];
  },
): Operation {
  const now = at(nowMs);
  const bookingIds = ids(`booking of ${Math.floor(nowMs / GENERATION_MS)}`, BOOKINGS);
  const bookingId = random.pick(bookingIds);
  const index = bookingIds.indexOf(bookingId);
  const owner = USERS[index % USERS.length]!;
  const userId = random.below(8) === 0 ? random.pick(USERS) : owner;
  const eventOf = (id: string) => EVENTS[bookingIds.indexOf(id) % EVENTS.length]!;
  /** Sometimes the wrong one. */
  const eventId = random.below(8) === 0 ? random.pick(EVENTS) : eventOf(bookingId);
  const key = { bookingId, eventId };
  const keys = [bookingId, ...bookingIds].map((id) => ({ bookingId: id, eventId: eventOf(id) }));
  const lane = laneOf(eventId);
  const fresh = deriveId(bookingId, String(nowMs));
  /** A batch of bookings, in which this booking may occur twice. */
  const several = [bookingId, ...bookingIds.filter(() => random.below(3) === 0)];
  const paymentId = payments.get(bookingId) ?? fresh;
  const transactionId = random.below(2) === 0 ? undefined : `txn_${paymentId}`;
  const [limit, page, firstLane] = [1 + random.below(5), 1 + random.below(3), random.below(LANES)];
  const after = random.below(2) === 0 ? undefined : random.pick(keys);
  const extendByMs = random.pick([100, HOLD_MS, 2 * HOLD_MS]);
  const percent = random.pick([0, 33.3, 50, 100]);
  const status = random.pick<BookingStatus>(["pending", "confirmed", "confirmed"]);
  const listed = random.pick<PublicStatus | undefined>([
    undefined,
    "pending",
    "confirmed",
    "cancelled",
    "expired",
  ]);
  const topic = random.pick(["seats.release", "payment.refund", "payment.void", "payment.look"]);
  const some = leased.filter(() => random.below(3) === 0);
  const refunds = some.filter((name) => name.startsWith("payment.refund"));
  const voids = some.filter((name) => name.startsWith("payment.void"));
  const others = some.filter((name) => !refunds.includes(name) && !voids.includes(name));
  const booking: NewBooking = {
    bookingId,
    userId: owner,
    eventId: eventOf(bookingId),
    quantity: 1 + random.below(3),
    unitPriceMinor: index === 0 ? 0 : 101,
    currency: "INR",
    lines: index === 1 ? LINES : undefined,
    terms: TERMS,
    bookedAt: now,
    expiresAt: at(nowMs + HOLD_MS + index),
  };
  const leaseOf = (messages: LeasedMessages) => {
    const { leaseUntil } = messages;
    return { messages: messages.find(some), leaseUntil };
  };
  const operations: Record<string, Operation["apply"]> = {
    insertPending: ({ store }) => store.insertPending([booking, { ...booking, quantity: 9 }]),
    startConfirming: async ({ store }) => {
      const started = await store.startConfirming(several.map((id, i) => {
        const paymentId = deriveId(fresh, String(i));
        const payment = { paymentId, provider: "mock", method: "card", token: "tok_visa" };
        const known = random.below(2) === 0 ? eventOf(id) : undefined;
        return { bookingId: id, eventId: known, userId, now, payment };
      }));
      for (const { booking, order } of started.filter((one) => one !== undefined)) {
        payments.set(booking.bookingId, order.paymentId);
      }
      return started;
    },
    completeConfirmations: ({ store }) =>
      store.completeConfirmations(several.map((id) => {
        const payment = payments.get(id) ?? fresh;
        const [transactionId, ticketCode] = [`txn_${payment}`, `ticket_${id}`];
        return {
          bookingId: id,
          eventId: eventOf(id),
          paymentId: payment,
          transactionId,
          ticketCode,
          hold: page - 1,
          now,
        };
      })),
    findWithPayment: ({ store }) => store.findWithPayment(bookingId),
    requireAction: ({ store }) => store.requireAction({ ...key, paymentId, transactionId, now }),
    resumeConfirming: ({ store }) => store.resumeConfirming({ ...key, userId, paymentId, now }),
    replacePayment: async ({ store }) => {
      const by = { paymentId: fresh, provider: "mock", method: "card", token: "tok_other" };
      const replaced = await store.replacePayment({ ...key, userId, paymentId, by, now });
      if (replaced) payments.set(bookingId, fresh);
      return replaced;
    },
    awaitProvider: ({ paymentStore }) => {
      const [expiresAt, lookAt] = [at(nowMs + extendByMs), at(nowMs + LEASE_MS)];
      return paymentStore.awaitProvider({
        ...key,
        paymentId,
        transactionId,
        expiresAt,
        lookAt,
        now,
      });
    },
    queueLook: ({ paymentStore }) =>
      paymentStore.queueLook({ messageId: deriveId(bookingId, `webhook ${page}`), paymentId, now }),
    revive: ({ paymentStore }) =>
      paymentStore.revive({ ...key, paymentId, expiresAt: at(nowMs + REVIVED_HOLD_MS), now }),
    // All steps of a payment: by themselves they hardly ever follow each other.
    pay: async ({ store }) => {
      const payment = { paymentId: fresh, provider: "mock", method: "card", token: "tok_visa" };
      const paid = { bookingId, eventId: eventOf(bookingId), paymentId: fresh, now };
      const [started] = await store.startConfirming([{ ...paid, userId: owner, payment }]);
      if (started) payments.set(bookingId, fresh);
      if (page === 1) return [started, await store.requireAction(paid)];
      const [transactionId, ticketCode] = [`txn_${fresh}`, `ticket_${bookingId}`];
      return [started, await store.completeConfirmations([{ ...paid, transactionId, ticketCode }])];
    },
    // All steps of money that comes after the hold.
    payLate: async ({ store, paymentStore, outbox }) => {
      const payment = { paymentId: fresh, provider: "mock", method: "upi", token: "tok_late" };
      const paid = { bookingId, eventId: eventOf(bookingId), paymentId: fresh, now };
      const [started] = await store.startConfirming([{ ...paid, userId: owner, payment }]);
      if (started) payments.set(bookingId, fresh);
      const waiting = await paymentStore.awaitProvider({ ...paid, expiresAt: now, lookAt: now });
      const [due, leaseUntil] = [at(nowMs + 2 * HOLD_MS), at(nowMs + LEASE_MS)];
      const ended = await store.expireDue({ lane: laneOf(paid.eventId), due, now, limit });
      const lease = { topic: "seats.release", firstLane, now, leaseUntil, limit: EVERYTHING };
      if (limit > 1) await outbox.complete({ messages: await outbox.lease(lease), now });
      const revived = await paymentStore.revive({
        ...paid,
        expiresAt: at(nowMs + REVIVED_HOLD_MS),
      });
      const lost = page < 3 && await store.abandonConfirmation(paid);
      return [started, waiting, ended, revived, lost];
    },
    endLate: ({ paymentStore }) =>
      paymentStore.endLate({ ...key, paymentId, outcome: page > 1 ? "declined" : "voided", now }),
    queueVoid: ({ paymentStore }) => paymentStore.queueVoid({ paymentId, eventId, now }),
    findPayment: ({ paymentStore }) =>
      paymentStore.find({ paymentId, eventId: page > 1 ? eventId : undefined }),
    listPayments: ({ paymentStore }) => {
      const last = after && { paymentId, eventId: after.eventId };
      const startedBefore = at(nowMs - 100);
      return paymentStore.list({
        provider: "mock",
        after: last,
        startedBefore,
        unnamedSince: at(nowMs - 300),
        limit,
      });
    },
    handOnConfirmations: ({ store }) =>
      store.handOnConfirmations(several.map((id) => ({
        bookingId: id,
        eventId: eventOf(id),
        paymentId: payments.get(id) ?? fresh,
      }))),
    extendHold: ({ store }) =>
      store.extendHold({ ...key, userId, expiresAt: at(nowMs + extendByMs), now }),
    declinePayment: ({ store }) => store.declinePayment({ ...key, paymentId, transactionId, now }),
    abandonConfirmation: ({ store }) => store.abandonConfirmation({ ...key, paymentId, now }),
    leaseStuckConfirmations: async ({ store }) => {
      const input = { firstLane, before: at(nowMs - 200), now, limit: EVERYTHING };
      return (await store.leaseStuckConfirmations(input)).sort(byText);
    },
    cancelFrom: ({ store }) =>
      store.cancelFrom({ ...key, userId, status, refundPercent: percent, now }),
    cancelForEvent: ({ store }) => store.cancelForEvent({ eventId, now, limit: EVERYTHING }),
    expireIfPending: ({ store }) => store.expireIfPending({ ...key, userId, now }),
    expireDue: ({ store }) => store.expireDue({ lane, due: now, now, limit }),
    listSettled: ({ store }) => store.listSettled({ after, changedBefore: at(nowMs - 100), limit }),
    requeueRelease: ({ store }) => store.requeueRelease({ ...key, now }),
    // One refund of a part a booking, of an amount that no cancellation leaves, so that messages have names of their own.
    promiseRefund: async ({ store }) => {
      const answers: unknown[] = [];
      for (const part of [key, ...keys]) {
        const refundId = deriveId(part.bookingId, "refund");
        const refund = { ...part, refundId, amountMinor: PART_MINOR, note: undefined, now };
        answers.push(await store.promiseRefund(refund).catch(() => "promised before"));
      }
      return answers;
    },
    refundsOf: async ({ store }) =>
      (await store.refundsOf(keys)).map(({ refundId: _, ...refund }) => refund).sort(byText),
    refundsOfEvent: async ({ store }) => {
      // The model keeps no errors of deliveries.
      const { failing: _, ...counts } = await store.refundsOfEvent({ eventId, now });
      return counts;
    },
    requeueRefund: ({ store }) => store.requeueRefund({ ...key, now }),
    voidStartedPayment: ({ store }) => store.voidStartedPayment({ paymentId, eventId, now }),
    lease: async ({ outbox, leased }) => {
      const leaseUntil = at(nowMs + LEASE_MS);
      const input = { topic, firstLane, now, leaseUntil, limit: EVERYTHING };
      return leased.note(await outbox.lease(input), input.leaseUntil);
    },
    complete: ({ outbox, leased }) => outbox.complete({ messages: leased.find(others), now }),
    completeVoids: ({ paymentStore, leased }) =>
      paymentStore.completeVoids({ messages: leased.find(voids), now }),
    completeRefunds: ({ store, leased }) =>
      store.completeRefunds({ messages: leased.find(refunds), now }),
    postpone: ({ outbox, leased }) =>
      outbox.postpone({ ...leaseOf(leased), error: "no", dueAt: at(nowMs + 90) }),
    proceed: ({ outbox, leased }) => outbox.proceed({ ...leaseOf(leased), now }),
    purge: ({ outbox }) => outbox.purge({ deliveredBefore: at(nowMs - 500), limit: EVERYTHING }),
    purgeDead: ({ outbox }) =>
      outbox.purgeDead({
        topics: ["seats.release", "payment.refund"],
        createdBefore: at(nowMs - 500),
        limit: EVERYTHING,
      }),
    find: ({ store }) => store.find(bookingId),
    findMany: async ({ store }) => (await store.findMany([key, ...keys])).sort(byText),
    findOpenHolds: ({ store }) =>
      store.findOpenHolds(EVENTS.map((eventId) => ({ userId, eventId })), now),
    findByTicket: ({ store }) => store.findByTicket(`ticket_${bookingId}`),
    listByUser: ({ store }) => store.listByUser({ userId, status: listed, now, page, limit }),
    listPending: ({ store }) => store.listPending({ after, now, limit }),
    activity: ({ store }) => store.activity({ since: at(nowMs - 700), limit }),
    takings: ({ store }) => store.takings({ eventId }),
  };
  const name = random.pick([...Object.keys(operations), ...FREQUENT]);
  return { name, apply: operations[name]! };
}

function nameOf(message: OutboxMessage): string {
  const { payment_id = "", amount_minor = "" } = message.payload as {
    payment_id?: string;
    amount_minor?: number;
  };
  // Several looks can be of one payment; their ids are given, not drawn.
  const id = message.topic === "payment.look" ? message.messageId : "";
  return `${message.topic} ${message.subjectId} ${payment_id} ${amount_minor} ${id}`;
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function ids(kind: string, count: number): string[] {
  const namespace = "00000000-0000-4000-8000-000000000000";
  return Array.from({ length: count }, (_, i) => deriveId(namespace, kind, String(i)));
}
