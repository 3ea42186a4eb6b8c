import type { BookingStore, OutboxMessage } from "../../../services/booking/orders/store.ts";
import type { BookingTables, OutboxRow } from "./tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function leaseOutbox(
  tables: BookingTables,
  { now, leaseUntil, limit }: Input<"leaseOutbox">,
): OutboxMessage[] {
  const due = tables.outbox.where(({ deliveredAt, dueAt }) => !deliveredAt && dueAt <= now)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).slice(0, limit);
  return due.map((row) => {
    const message = { ...row.message, attempts: row.message.attempts + 1 };
    tables.outbox.put(message.outboxId, { ...row, message, dueAt: leaseUntil });
    return message;
  });
}

export function completeOutbox(
  tables: BookingTables,
  { outboxIds, now }: Input<"completeOutbox">,
): void {
  for (const row of waiting(tables, outboxIds)) {
    tables.outbox.put(row.message.outboxId, { ...row, deliveredAt: now });
    if (row.message.kind !== "refund_payment") continue;
    const { paymentId, amount_minor } = row.message;
    tables.updatePayment(paymentId, { status: "refunded", refunded_minor: amount_minor });
  }
}

export function postponeOutbox(
  tables: BookingTables,
  { outboxIds, dueAt }: Input<"postponeOutbox">,
): void {
  for (const row of waiting(tables, outboxIds)) {
    tables.outbox.put(row.message.outboxId, { ...row, dueAt });
  }
}

export function purgeOutbox(
  tables: BookingTables,
  { deliveredBefore, limit }: Input<"purgeOutbox">,
): number {
  const old = tables.outbox
    .where(({ deliveredAt }) => deliveredAt !== undefined && deliveredAt < deliveredBefore)
    .slice(0, limit);
  for (const { message } of old) tables.outbox.delete(message.outboxId);
  return old.length;
}

function waiting(tables: BookingTables, outboxIds: readonly string[]): OutboxRow[] {
  return outboxIds.flatMap((id) => tables.outbox.get(id) ?? [])
    .filter(({ deliveredAt }) => !deliveredAt);
}
