import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { BookingStore, OutboxMessage } from "../orders/store.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

interface OutboxRow {
  outbox_id: string;
  booking_id: string;
  event_id: string;
  kind: OutboxMessage["kind"];
  payload: Record<string, unknown>;
  attempts: number;
}

export function leaseOutbox(
  sql: Sql,
  { now, leaseUntil, limit }: Input<"leaseOutbox">,
): Promise<OutboxMessage[]> {
  return many(
    sql<OutboxRow[]>`
      UPDATE outbox
         SET due_at = ${leaseUntil}, attempts = attempts + 1
       WHERE outbox_id IN (
         SELECT outbox_id FROM outbox
          WHERE delivered_at IS NULL AND due_at <= ${now}
          ORDER BY due_at
          LIMIT ${limit}
            FOR UPDATE SKIP LOCKED
       )
      RETURNING outbox_id, booking_id, event_id, kind, payload, attempts`,
    toMessage,
  );
}

function toMessage({ outbox_id, booking_id, event_id, kind, payload, attempts }: OutboxRow) {
  const common = { outboxId: outbox_id, bookingId: booking_id, eventId: event_id, attempts };
  switch (kind) {
    case "release_seats":
      return { ...common, kind };
    case "void_payment":
      return { ...common, kind, paymentId: String(payload.payment_id) };
    case "refund_payment":
      return {
        ...common,
        kind,
        paymentId: String(payload.payment_id),
        transactionId: String(payload.transaction_id),
        amount_minor: Number(payload.amount_minor),
        currency: String(payload.currency),
      };
  }
}

export async function completeOutbox(
  sql: Sql,
  { outboxIds, now }: Input<"completeOutbox">,
): Promise<void> {
  await sql`
    WITH done AS (
      UPDATE outbox
         SET delivered_at = ${now}
       WHERE outbox_id = ANY (${[...outboxIds]}::uuid[]) AND delivered_at IS NULL
      RETURNING kind, payload
    )
    UPDATE payments p
       SET status = 'refunded', refunded_minor = (done.payload ->> 'amount_minor')::bigint
      FROM done
     WHERE done.kind = 'refund_payment' AND p.payment_id = (done.payload ->> 'payment_id')::uuid`;
}

export async function postponeOutbox(
  sql: Sql,
  { outboxIds, error, dueAt }: Input<"postponeOutbox">,
): Promise<void> {
  await sql`
    UPDATE outbox SET due_at = ${dueAt}, last_error = ${error}
     WHERE outbox_id = ANY (${[...outboxIds]}::uuid[]) AND delivered_at IS NULL`;
}

export function purgeOutbox(
  sql: Sql,
  { deliveredBefore, limit }: Input<"purgeOutbox">,
): Promise<number> {
  return exactlyOne(
    sql<{ purged: number }[]>`
      WITH purged AS (
        DELETE FROM outbox
         WHERE outbox_id IN (
           SELECT outbox_id FROM outbox WHERE delivered_at < ${deliveredBefore} LIMIT ${limit}
         )
        RETURNING 1
      )
      SELECT count(*) AS purged FROM purged`,
    ({ purged }) => purged,
  );
}
