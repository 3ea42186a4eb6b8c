import { deriveId } from "@evently/shared/ids";
import type { OutboxMessage, OutboxStore } from "@evently/shared/outbox";
import type { Random } from "@evently/shared/testing";
import type { BookingStatus, NewBooking } from "../../../services/booking/orders/booking.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { at, TERMS } from "./fixtures.ts";

/** So few of each that operations meet. */
const USERS = ids("user", 3);
const EVENTS = ids("event", 2);
const EVERYTHING = 10_000;
const HOLD_MS = 800;
/** Bookings live once, so there are new ones after this. */
const GENERATION_MS = 1_600;
const BOOKINGS = 4;
const LEASE_MS = 50;
/** What bookings need to get on. */
const OFTEN = [
  "lease",
  "insertPending",
  "startConfirming",
  "requireAction",
  "extendHold",
  "completeConfirmations",
  "cancelFrom",
].flatMap((name) => [name, name, name, name, name]);

/** A booking store, the outbox beside it, and the messages that were leased of it. */
export interface Stores {
  store: BookingStore;
  outbox: OutboxStore;
  leased: LeasedMessages;
}

/** One call, made of a store; what it answers is the same of any two stores that are alike. */
export interface Operation {
  name: string;
  apply: (stores: Stores) => Promise<unknown>;
}

/** Message ids are the store's own; a history speaks of them by what they are for. */
export class LeasedMessages {
  /** When the latest lease ends. */
  leaseUntil = at(0);
  readonly #ids = new Map<string, string>();

  /** The messages without their ids, in an order of their own. */
  note(messages: OutboxMessage[], leaseUntil: Date): unknown[] {
    this.leaseUntil = leaseUntil;
    for (const message of messages) this.#ids.set(nameOf(message), message.messageId);
    return messages.map(({ messageId: _, ...message }) => message).sort(byText);
  }

  /** The names of all that were ever leased. */
  names(): string[] {
    return [...this.#ids.keys()].sort();
  }

  find(names: readonly string[]): string[] {
    return names.flatMap((name) => this.#ids.get(name) ?? []);
  }
}

/** A random operation at a moment later than any before. */
export function randomOperation(
  random: Random,
  { nowMs, payments, leased }: {
    nowMs: number;
    /** Of earlier operations, by booking. */
    payments: Map<string, string>;
    /** Messages of earlier operations. */
    leased: readonly string[];
  },
): Operation {
  const now = at(nowMs);
  const living = ids(`booking of ${Math.floor(nowMs / GENERATION_MS)}`, BOOKINGS);
  const bookingId = random.pick(living);
  const place = living.indexOf(bookingId);
  const owner = USERS[place % USERS.length]!;
  const userId = random.below(8) === 0 ? random.pick(USERS) : owner;
  const eventId = EVENTS[place % EVENTS.length]!;
  const fresh = deriveId(bookingId, String(nowMs));
  /** Some that a change of several may meet, the booking again among them. */
  const several = [bookingId, ...living.filter(() => random.below(3) === 0)];
  const paymentId = payments.get(bookingId) ?? fresh;
  const [limit, page] = [1 + random.below(5), 1 + random.below(3)];
  const after = random.below(2) === 0 ? undefined : random.pick(living);
  const extendByMs = random.pick([100, HOLD_MS, 2 * HOLD_MS]);
  const percent = random.pick([0, 33.3, 50, 100]);
  const status = random.pick<BookingStatus>(["pending", "confirmed", "confirmed"]);
  const topic = random.pick(["seats.release", "payment.refund", "payment.void"]);
  const some = leased.filter(() => random.below(3) === 0);
  const refunds = some.filter((name) => name.startsWith("payment.refund"));
  const others = some.filter((name) => !refunds.includes(name));
  const booking: NewBooking = {
    bookingId,
    userId: owner,
    eventId,
    quantity: 1 + random.below(3),
    unitPriceMinor: place === 0 ? 0 : 101,
    currency: "INR",
    terms: TERMS,
    bookedAt: now,
    expiresAt: at(nowMs + HOLD_MS + place),
  };
  const held = (messages: LeasedMessages) => {
    const { leaseUntil } = messages;
    return { messageIds: messages.find(some), leaseUntil };
  };
  const operations: Record<string, Operation["apply"]> = {
    insertPending: ({ store }) => store.insertPending([booking, { ...booking, quantity: 9 }]),
    startConfirming: async ({ store }) => {
      const started = await store.startConfirming(several.map((id, i) => {
        const paymentId = deriveId(fresh, String(i));
        const payment = { paymentId, provider: "mock", method: "card", token: "tok_visa" };
        return { bookingId: id, userId, now, payment };
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
        return { bookingId: id, paymentId: payment, transactionId, ticketCode, now };
      })),
    findWithPayment: ({ store }) => store.findWithPayment(bookingId),
    requireAction: ({ store }) => store.requireAction({ bookingId, paymentId, now }),
    resumeConfirming: ({ store }) => store.resumeConfirming({ bookingId, userId, paymentId, now }),
    dropPayment: ({ store }) => store.dropPayment({ bookingId, userId, paymentId, now }),
    handOnConfirmations: ({ store }) =>
      store.handOnConfirmations(several.map((id) => ({
        bookingId: id,
        paymentId: payments.get(id) ?? fresh,
      }))),
    extendHold: ({ store }) =>
      store.extendHold({ bookingId, userId, expiresAt: at(nowMs + extendByMs), now }),
    declinePayment: ({ store }) => store.declinePayment({ bookingId, paymentId, now }),
    abandonConfirmation: ({ store }) => store.abandonConfirmation({ bookingId, paymentId, now }),
    leaseStuckConfirmations: async ({ store }) => {
      const input = { before: at(nowMs - 200), now, limit: EVERYTHING };
      return (await store.leaseStuckConfirmations(input)).sort(byText);
    },
    cancelFrom: ({ store }) =>
      store.cancelFrom({ bookingId, userId, status, refundPercent: percent, now }),
    cancelForEvent: ({ store }) => store.cancelForEvent({ eventId, now, limit: EVERYTHING }),
    expireIfPending: ({ store }) => store.expireIfPending({ bookingId, userId, now }),
    expireDue: ({ store }) => store.expireDue({ due: now, now, limit }),
    listSettled: ({ store }) => store.listSettled({ after, changedBefore: at(nowMs - 100), limit }),
    requeueRelease: ({ store }) => store.requeueRelease({ bookingId, now }),
    requeueRefund: ({ store }) => store.requeueRefund({ bookingId, now }),
    voidStartedPayment: ({ store }) => store.voidStartedPayment({ paymentId, now }),
    lease: async ({ outbox, leased }) => {
      const input = { topic, now, leaseUntil: at(nowMs + LEASE_MS), limit: EVERYTHING };
      return leased.note(await outbox.lease(input), input.leaseUntil);
    },
    complete: ({ outbox, leased }) => outbox.complete({ messageIds: leased.find(others), now }),
    completeRefunds: ({ store, leased }) =>
      store.completeRefunds({ messageIds: leased.find(refunds), now }),
    postpone: ({ outbox, leased }) =>
      outbox.postpone({ ...held(leased), error: "no", dueAt: at(nowMs + 90) }),
    proceed: ({ outbox, leased }) => outbox.proceed({ ...held(leased), now }),
    purge: ({ outbox }) => outbox.purge({ deliveredBefore: at(nowMs - 500), limit: EVERYTHING }),
    find: ({ store }) => store.find(bookingId),
    findMany: async ({ store }) => (await store.findMany([bookingId, ...living])).sort(byText),
    findOpenHolds: ({ store }) =>
      store.findOpenHolds(EVENTS.map((eventId) => ({ userId, eventId })), now),
    findByTicket: ({ store }) => store.findByTicket(`ticket_${bookingId}`),
    listByUser: ({ store }) => store.listByUser({ userId, page, limit }),
    listPending: ({ store }) => store.listPending({ after, now, limit }),
    activity: ({ store }) => store.activity({ since: at(nowMs - 700), limit }),
    takings: ({ store }) => store.takings({ eventId }),
  };
  const name = random.pick([...Object.keys(operations), ...OFTEN]);
  return { name, apply: operations[name]! };
}

function nameOf(message: OutboxMessage): string {
  const { payment_id = "" } = message.payload as { payment_id?: string };
  return `${message.topic} ${message.subjectId} ${payment_id}`;
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function ids(kind: string, count: number): string[] {
  const namespace = "00000000-0000-4000-8000-000000000000";
  return Array.from({ length: count }, (_, i) => deriveId(namespace, kind, String(i)));
}
