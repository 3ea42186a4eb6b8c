import { laneOf, lanesFrom } from "@evently/shared/lanes";
import type { MessageKey, OutboxStore } from "@evently/shared/outbox";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import type { Synchronous } from "./booking_model.ts";
import type { BookingTables, OutboxRow } from "./tables.ts";

/** The end of time, as `infinity` is in the database. */
const NEVER = new Date(8.64e15);

/** Outbox table in memory; it mirrors each statement of `postgresOutboxStore`. */
export function outboxModel(tables: BookingTables): Synchronous<OutboxStore> {
  return {
    lease({ topic, firstLane, now, leaseUntil, limit }) {
      const turns = lanesFrom(firstLane);
      const turnOf = ({ message }: OutboxRow) => turns.indexOf(laneOf(message.eventId));
      const due = tables.outbox
        .where(({ message, deliveredAt, dueAt }) =>
          message.topic === topic && !deliveredAt && dueAt <= now
        )
        .sort((a, b) => turnOf(a) - turnOf(b) || a.dueAt.getTime() - b.dueAt.getTime())
        .slice(0, limit);
      return due.map((row) => {
        const message = { ...row.message, attempts: row.message.attempts + 1 };
        tables.outbox.put(message.messageId, { ...row, message, dueAt: leaseUntil });
        return message;
      });
    },
    complete({ messages, now }) {
      markDelivered(tables, { messages, now });
    },
    postpone({ messages, leaseUntil, dueAt }) {
      for (const row of leased(tables, messages, leaseUntil)) {
        tables.outbox.put(row.message.messageId, { ...row, dueAt });
      }
    },
    bury({ messages, leaseUntil }) {
      for (const row of leased(tables, messages, leaseUntil)) {
        tables.outbox.put(row.message.messageId, { ...row, dueAt: NEVER });
      }
    },
    proceed({ messages, leaseUntil, now }) {
      for (const row of leased(tables, messages, leaseUntil)) {
        const message = { ...row.message, attempts: 0 };
        tables.outbox.put(message.messageId, { ...row, message, dueAt: now });
      }
    },
    purge({ deliveredBefore, limit }) {
      const old = tables.outbox
        .where(({ deliveredAt }) => deliveredAt !== undefined && deliveredAt < deliveredBefore)
        .slice(0, limit);
      for (const { message } of old) tables.outbox.delete(message.messageId);
      return old.length;
    },
    purgeDead({ topics, createdBefore, limit }) {
      const dead = tables.outbox
        .where(({ message, createdAt, dueAt, deliveredAt }) =>
          topics.includes(message.topic) && !deliveredAt && +dueAt === +NEVER &&
          createdAt < createdBefore
        )
        .slice(0, limit);
      for (const { message } of dead) tables.outbox.delete(message.messageId);
      return dead.length;
    },
  };
}

export function completeRefunds(
  tables: BookingTables,
  input: Parameters<BookingStore["completeRefunds"]>[0],
): void {
  for (const { message } of markDelivered(tables, input)) {
    if (message.topic !== "payment.refund") continue;
    const { payment_id, amount_minor } = message.payload;
    completeRefund(tables, message, input.now);
    const refundedMinor = tables.payments.get(payment_id)!.refundedMinor + amount_minor;
    tables.updatePayment(payment_id, { status: "refunded", refundedMinor });
  }
}

/** Marks the refund of a message that was delivered as done, if it is one, and tells of it. */
export function completeRefund(
  tables: BookingTables,
  { messageId, topic, payload: about }: OutboxRow["message"],
  now: Date,
): void {
  const refund = tables.refunds.get(messageId);
  if (!refund || (topic !== "payment.refund" && topic !== "payment.void")) return;
  tables.refunds.put(messageId, { ...refund, doneAt: now });
  const { bookingId, eventId, amountMinor, reason } = refund;
  const { currency } = about;
  const payload = {
    refund_id: messageId,
    amount_minor: amountMinor,
    currency,
    reason,
    done_at: now.toISOString(),
  };
  const content = { topic: "booking.refunded", payload } as const;
  tables.enqueueFor({ subjectId: bookingId, eventId }, { content, now });
}

/** Marks messages as delivered and returns those that were not delivered before. */
export function markDelivered(
  tables: BookingTables,
  { messages, now }: { messages: readonly MessageKey[]; now: Date },
): OutboxRow[] {
  const rows = undelivered(tables, messages);
  for (const row of rows) {
    tables.outbox.put(row.message.messageId, { ...row, deliveredAt: now });
  }
  return rows;
}

function leased(
  tables: BookingTables,
  messages: readonly MessageKey[],
  leaseUntil: Date,
): OutboxRow[] {
  return undelivered(tables, messages).filter(({ dueAt }) => +dueAt === +leaseUntil);
}

function undelivered(tables: BookingTables, messages: readonly MessageKey[]): OutboxRow[] {
  return messages.flatMap(({ messageId, eventId }) => {
    const row = tables.outbox.get(messageId);
    return row?.message.eventId === eventId && !row.deliveredAt ? [row] : [];
  });
}
