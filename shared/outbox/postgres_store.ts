import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { MessageKey, OutboxMessage, OutboxStore } from "./store.ts";

/** The `outbox` table of a service's database; `migrations/bookings_db` and `migrations/events_db` define it alike. */
export function postgresOutboxStore(sql: Sql): OutboxStore {
  return {
    lease({ topic, firstLane, now, leaseUntil, limit }) {
      const due = sql`
        SELECT message_id, event_id, due_at FROM outbox
         WHERE delivered_at IS NULL AND topic = ${topic} AND due_at <= ${now}`;
      const byLane = sql`ORDER BY lane_of(event_id), due_at LIMIT ${limit}`;
      // No lock is waited for or skipped before the claim: a message is claimed if it is due as it was read.
      return many(
        sql<OutboxMessage[]>`
          WITH due AS MATERIALIZED (
            SELECT * FROM (
              (${due} AND lane_of(event_id) >= ${firstLane} ${byLane})
              UNION ALL
              (${due} AND lane_of(event_id) < ${firstLane} ${byLane})
              LIMIT ${limit}
            ) AS in_turn
             ORDER BY message_id
          )
          UPDATE outbox o
             SET due_at = ${leaseUntil}, attempts = attempts + 1
            FROM due
           WHERE o.message_id = due.message_id AND o.event_id = due.event_id
             AND o.due_at = due.due_at AND o.delivered_at IS NULL
          RETURNING o.message_id AS "messageId", topic, subject_id AS "subjectId", o.event_id AS "eventId",
                    payload, attempts`,
        (row) => ({ ...row }),
      );
    },
    async complete(input) {
      await deliveredMessages(sql, input);
    },
    async postpone({ messages, leaseUntil, dueAt, error }) {
      await sql`
        UPDATE outbox o SET due_at = ${dueAt}, last_error = ${error}
          FROM ${given(sql, messages)}
           AND o.delivered_at IS NULL AND o.due_at = ${leaseUntil}`;
    },
    async bury({ messages, leaseUntil, error }) {
      await sql`
        UPDATE outbox o SET due_at = 'infinity', last_error = ${error}
          FROM ${given(sql, messages)}
           AND o.delivered_at IS NULL AND o.due_at = ${leaseUntil}`;
    },
    async proceed({ messages, leaseUntil, now }) {
      await sql`
        UPDATE outbox o SET due_at = ${now}, attempts = 0, last_error = NULL
          FROM ${given(sql, messages)}
           AND o.delivered_at IS NULL AND o.due_at = ${leaseUntil}`;
    },
    purge: ({ deliveredBefore, limit }) =>
      deleteOld(
        sql,
        sql`SELECT message_id, event_id FROM outbox WHERE delivered_at < ${deliveredBefore} LIMIT ${limit}`,
      ),
    purgeDead: ({ topics, createdBefore, limit }) =>
      deleteOld(
        sql,
        sql`
          SELECT message_id, event_id FROM outbox
           WHERE delivered_at IS NULL AND topic = ANY (${topics}::text[]) AND due_at = 'infinity'
             AND created_at < ${createdBefore}
           LIMIT ${limit}`,
      ),
  };
}

/**
 * Marks messages as delivered and returns the rows that it marked. A statement that must change something exactly once
 * per delivered message uses it as a CTE.
 */
export function deliveredMessages(
  sql: Sql,
  { messages, now }: { messages: readonly MessageKey[]; now: Date },
) {
  return sql`
    UPDATE outbox o SET delivered_at = ${now}, last_error = NULL
      FROM ${given(sql, messages)} AND o.delivered_at IS NULL
    RETURNING o.message_id, o.event_id, o.subject_id, o.payload`;
}

/** Deletes the messages that a query names. Returns their number. */
function deleteOld(sql: Sql, old: ReturnType<typeof given>): Promise<number> {
  return exactlyOne(
    sql<{ purged: number }[]>`
      WITH old AS MATERIALIZED (${old}), purged AS (
        DELETE FROM outbox o USING old
         WHERE o.message_id = old.message_id AND o.event_id = old.event_id
        RETURNING 1
      )
      SELECT count(*) AS purged FROM purged`,
    ({ purged }) => purged,
  );
}

/** The FROM and the join of an update of these messages, called `o`. */
function given(sql: Sql, messages: readonly MessageKey[]) {
  return sql`
    unnest(
      ${messages.map(({ messageId }) => messageId)}::uuid[],
      ${messages.map(({ eventId }) => eventId)}::uuid[]
    ) AS given (message_id, event_id)
     WHERE o.message_id = given.message_id AND o.event_id = given.event_id`;
}
