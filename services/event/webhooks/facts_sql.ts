import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { organisationOf, organisationOfWebhook } from "../organisations/scope_sql.ts";
import { bodyOf, type Fact } from "./fact.ts";

/**
 * Writes a delivery of each fact for each webhook of the event's organisation that has its topic, paused ones included. A fact
 * that was written before is left as it is.
 *
 * @returns the number of deliveries written
 */
export function insertDeliveries(
  sql: Sql,
  { facts, now }: { facts: readonly Fact[]; now: Date },
): Promise<number> {
  return exactlyOne(
    sql<{ written: number }[]>`
    WITH written AS (
      INSERT INTO webhook_deliveries
             (delivery_id, webhook_id, event_id, topic, body, status, due_at, created_at)
      SELECT f.id, w.webhook_id, f.event_id, f.topic, f.body, 'pending', ${now}, ${now}
        FROM unnest(
               ${facts.map(({ id }) => id)}::uuid[],
               ${facts.map(({ eventId }) => eventId)}::uuid[],
               ${facts.map(({ topic }) => topic)}::text[],
               ${facts.map(bodyOf)}::text[]
             ) AS f (id, event_id, topic, body)
        JOIN events e ON e.event_id = f.event_id
        JOIN webhooks w ON ${organisationOfWebhook(sql)} = ${
      organisationOf(sql)
    } AND f.topic = ANY (w.topics)
      ON CONFLICT DO NOTHING
      RETURNING 1
    )
    SELECT count(*) AS written FROM written`,
    ({ written }) => written,
  );
}

/** The topics that webhooks of its organisation want of an event. */
export interface WantedTopics {
  eventId: string;
  topics: string[];
}

/** What webhooks want of events; events of which they want nothing are left out. */
export function findWantedTopics(sql: Sql, eventIds: readonly string[]): Promise<WantedTopics[]> {
  return many(
    sql<WantedTopics[]>`
    SELECT e.event_id AS "eventId", array_agg(DISTINCT t.topic) AS topics
      FROM unnest(${[...eventIds]}::uuid[]) AS wanted (event_id)
      JOIN events e USING (event_id)
      JOIN webhooks w ON ${organisationOfWebhook(sql)} = ${organisationOf(sql)}
     CROSS JOIN LATERAL unnest(w.topics) AS t (topic)
     GROUP BY e.event_id`,
    (row) => row,
  );
}

/** Writes a test message for a webhook, unless one is pending; returns the id of the pending one. */
export function insertPing(
  sql: Sql,
  { ping, now }: { ping: Fact; now: Date },
): Promise<string> {
  const { id, eventId: webhookId, topic } = ping;
  return exactlyOne(
    sql<{ id: string }[]>`
    WITH pending AS (
      SELECT delivery_id FROM webhook_deliveries
       WHERE webhook_id = ${webhookId} AND status = 'pending' AND topic = ${topic}
       LIMIT 1
    ), written AS (
      INSERT INTO webhook_deliveries
             (delivery_id, webhook_id, event_id, topic, body, status, due_at, created_at)
      SELECT ${id}::uuid, ${webhookId}::uuid, ${webhookId}::uuid, ${topic}::text, ${
      bodyOf(ping)
    }::text,
             'pending', ${now}::timestamptz, ${now}::timestamptz
       WHERE NOT EXISTS (SELECT FROM pending)
      RETURNING delivery_id
    )
    SELECT delivery_id AS id FROM pending UNION ALL SELECT delivery_id FROM written`,
    (row) => row.id,
  );
}
