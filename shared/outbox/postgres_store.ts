import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { OutboxMessage, OutboxStore } from "./store.ts";

interface MessageRow extends Omit<OutboxMessage, "eventId"> {
  eventId: string | null;
}

/** The `outbox` table of a service's database; `migrations/bookings_db` and `migrations/events_db` define it alike. */
export function postgresOutboxStore(sql: Sql): OutboxStore {
  return {
    lease: ({ topic, now, leaseUntil, limit }) =>
      many(
        sql<MessageRow[]>`
          WITH due AS MATERIALIZED (
            SELECT message_id FROM outbox
             WHERE delivered_at IS NULL AND topic = ${topic} AND due_at <= ${now}
             ORDER BY due_at
             LIMIT ${limit}
               FOR UPDATE SKIP LOCKED
          )
          UPDATE outbox o
             SET due_at = ${leaseUntil}, attempts = attempts + 1
            FROM due
           WHERE o.message_id = due.message_id
          RETURNING o.message_id AS "messageId", topic, subject_id AS "subjectId", event_id AS "eventId",
                    payload, attempts`,
        (row) => ({ ...row, eventId: row.eventId ?? undefined }),
      ),
    async complete(input) {
      await deliveredMessages(sql, input);
    },
    async postpone({ messageIds, leaseUntil, dueAt, error }) {
      await sql`
        UPDATE outbox SET due_at = ${dueAt}, last_error = ${error}
         WHERE message_id = ANY (${[...messageIds]}::uuid[])
           AND delivered_at IS NULL AND due_at = ${leaseUntil}`;
    },
    async proceed({ messageIds, leaseUntil, now }) {
      await sql`
        UPDATE outbox SET due_at = ${now}, attempts = 0, last_error = NULL
         WHERE message_id = ANY (${[...messageIds]}::uuid[])
           AND delivered_at IS NULL AND due_at = ${leaseUntil}`;
    },
    purge: ({ deliveredBefore, limit }) =>
      exactlyOne(
        sql<{ purged: number }[]>`
          WITH old AS MATERIALIZED (
            SELECT message_id FROM outbox WHERE delivered_at < ${deliveredBefore} LIMIT ${limit}
          ), purged AS (
            DELETE FROM outbox o USING old WHERE o.message_id = old.message_id
            RETURNING 1
          )
          SELECT count(*) AS purged FROM purged`,
        ({ purged }) => purged,
      ),
  };
}

/**
 * Marks messages as delivered and returns the rows that it marked. A statement that must change something exactly once
 * per delivered message uses it as a CTE.
 */
export function deliveredMessages(
  sql: Sql,
  { messageIds, now }: { messageIds: readonly string[]; now: Date },
) {
  return sql`
    UPDATE outbox SET delivered_at = ${now}, last_error = NULL
     WHERE message_id = ANY (${[...messageIds]}::uuid[]) AND delivered_at IS NULL
    RETURNING message_id, subject_id, payload`;
}
