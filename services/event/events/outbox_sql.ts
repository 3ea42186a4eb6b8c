import { many, type Sql, type Tx } from "@evently/shared/postgres";

/** A cancelled event whose bookings the booking service must hear of. */
export interface CancelBookingsMessage {
  outbox_id: string;
  event_id: string;
  /** How often it was tried since it last got on, this time included. */
  attempts: number;
}

/** Written in the transaction that cancels the event. */
export async function enqueueCancelBookings(
  tx: Tx,
  { outboxId, eventId, now }: { outboxId: string; eventId: string; now: Date },
): Promise<void> {
  await tx`
    INSERT INTO outbox (outbox_id, event_id, kind, created_at, due_at)
    VALUES (${outboxId}, ${eventId}, 'cancel_bookings', ${now}, ${now})`;
}

/** Takes what is due for itself until `leaseUntil`; what another process has taken is left out. */
export function leaseOutbox(
  sql: Sql,
  { now, leaseUntil, limit }: { now: Date; leaseUntil: Date; limit: number },
): Promise<CancelBookingsMessage[]> {
  return many(
    sql<CancelBookingsMessage[]>`
    UPDATE outbox
       SET due_at = ${leaseUntil}, attempts = attempts + 1
     WHERE outbox_id IN (
       SELECT outbox_id FROM outbox
        WHERE delivered_at IS NULL AND due_at <= ${now}
        ORDER BY due_at
        LIMIT ${limit}
          FOR UPDATE SKIP LOCKED)
    RETURNING outbox_id, event_id, attempts`,
    (row) => row,
  );
}

export async function completeOutbox(
  sql: Sql,
  { outboxId, now }: { outboxId: string; now: Date },
): Promise<void> {
  await sql`
    UPDATE outbox SET delivered_at = ${now}, last_error = NULL
     WHERE outbox_id = ${outboxId} AND delivered_at IS NULL`;
}

/** It got on, and there is more to do: due again at once, with all its attempts. */
export async function continueOutbox(
  sql: Sql,
  { outboxId, now }: { outboxId: string; now: Date },
): Promise<void> {
  await sql`
    UPDATE outbox SET due_at = ${now}, attempts = 0, last_error = NULL
     WHERE outbox_id = ${outboxId} AND delivered_at IS NULL`;
}

export async function postponeOutbox(
  sql: Sql,
  { outboxId, dueAt, error }: { outboxId: string; dueAt: Date; error: string },
): Promise<void> {
  await sql`
    UPDATE outbox SET due_at = ${dueAt}, last_error = ${error}
     WHERE outbox_id = ${outboxId} AND delivered_at IS NULL`;
}
