import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";

/** The key of a delivery. */
export interface DeliveryKey {
  /** The fact's id; the same on every attempt. */
  deliveryId: string;
  webhookId: string;
  eventId: string;
}

/** A delivery that this process is to send, and its webhook. */
export interface LeasedDelivery extends DeliveryKey {
  topic: string;
  body: string;
  /** Including this one. */
  attempts: number;
  url: string;
  /** Encrypted. */
  secret: Uint8Array;
  /** Encrypted; signs, too, until then. */
  previousSecret: Uint8Array | null;
  previousSecretUntil: Date | null;
}

/** What became of an attempt. */
export interface Attempt extends DeliveryKey {
  /** Those of the lease, by which it is known that nobody has taken the delivery over. */
  attempts: number;
  status: "pending" | "delivered" | "failed";
  /** When to try again; for what is not pending, now. */
  dueAt: Date;
  /** Whether the endpoint said that it is gone for good. */
  isGone: boolean;
  answerStatus: number | null;
  answerStart: string | null;
  error: string | null;
  durationMs: number;
}

/** A delivery as its log shows it. */
export interface DeliveryRecord {
  deliveryId: string;
  eventId: string;
  topic: string;
  status: Attempt["status"];
  attempts: number;
  dueAt: Date;
  attemptedAt: Date | null;
  answerStatus: number | null;
  answerStart: string | null;
  lastError: string | null;
  durationMs: number | null;
  createdAt: Date;
}

/** A webhook that the platform has paused. */
export interface PausedWebhook {
  webhookId: string;
  because: "gone" | "failing";
}

/**
 * Leases due deliveries, some of each webhook, those first that wait longest; busy and paused webhooks are left alone.
 * They are not due again before `leaseUntil`. Any number of processes may call it at once: a delivery is leased if it is
 * due as it was read.
 *
 * The first query hops over an index from webhook to webhook, so that it costs as much as webhooks have work, not as much
 * as they have of it.
 */
export function leaseDeliveries(
  sql: Sql,
  { busy, now, leaseUntil, webhooks, ofEach }: {
    busy: readonly string[];
    now: Date;
    leaseUntil: Date;
    webhooks: number;
    ofEach: number;
  },
): Promise<LeasedDelivery[]> {
  return many(
    sql<LeasedDelivery[]>`
    WITH RECURSIVE waiting AS (
      (SELECT webhook_id FROM webhook_deliveries WHERE status = 'pending' ORDER BY webhook_id LIMIT 1)
      UNION ALL
      SELECT (
        SELECT d.webhook_id FROM webhook_deliveries d
         WHERE d.status = 'pending' AND d.webhook_id > before.webhook_id
         ORDER BY d.webhook_id LIMIT 1)
        FROM waiting before WHERE before.webhook_id IS NOT NULL
    ), turn AS MATERIALIZED (
      SELECT w.webhook_id
        FROM waiting
        JOIN webhooks w USING (webhook_id)
       CROSS JOIN LATERAL (
         SELECT d.due_at FROM webhook_deliveries d
          WHERE d.webhook_id = w.webhook_id AND d.status = 'pending'
          ORDER BY d.due_at LIMIT 1
       ) AS first
       WHERE w.status = 'active' AND w.webhook_id <> ALL (${[...busy]}::uuid[])
         AND first.due_at <= ${now}
       ORDER BY first.due_at LIMIT ${webhooks}
    ), due AS MATERIALIZED (
      SELECT d.* FROM turn
       CROSS JOIN LATERAL (
         SELECT d.delivery_id, d.webhook_id, d.event_id, d.due_at FROM webhook_deliveries d
          WHERE d.webhook_id = turn.webhook_id AND d.status = 'pending' AND d.due_at <= ${now}
          ORDER BY d.due_at LIMIT ${ofEach}
       ) AS d
       ORDER BY d.delivery_id, d.webhook_id
    ), leased AS (
      UPDATE webhook_deliveries d
         SET due_at = ${leaseUntil}, attempts = d.attempts + 1
        FROM due
       WHERE d.delivery_id = due.delivery_id AND d.webhook_id = due.webhook_id
         AND d.event_id = due.event_id AND d.due_at = due.due_at AND d.status = 'pending'
      RETURNING d.delivery_id, d.webhook_id, d.event_id, d.topic, d.body, d.attempts, d.created_at
    )
    SELECT l.delivery_id AS "deliveryId", l.webhook_id AS "webhookId", l.event_id AS "eventId", l.topic,
           l.body, l.attempts, w.url, w.secret, w.previous_secret AS "previousSecret",
           w.previous_secret_until AS "previousSecretUntil"
      FROM leased l
      JOIN webhooks w USING (webhook_id)
     ORDER BY l.created_at, l.delivery_id`,
    (row) => row,
  );
}

/**
 * Records attempts, and what they say of their webhooks: a delivery ends a time of failures; one that is gone, or that has
 * failed for too long, is paused. A failure of a delivery that another process has taken over since is ignored.
 *
 * @param failingBefore a webhook that has failed since then is paused
 * @returns the webhooks that were paused
 */
export function recordAttempts(
  sql: Sql,
  { attempts, now, failingBefore }: {
    attempts: readonly Attempt[];
    now: Date;
    failingBefore: Date;
  },
): Promise<PausedWebhook[]> {
  return many(
    sql<PausedWebhook[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(
        ${attempts.map(({ deliveryId }) => deliveryId)}::uuid[],
        ${attempts.map(({ webhookId }) => webhookId)}::uuid[],
        ${attempts.map(({ eventId }) => eventId)}::uuid[],
        ${attempts.map(({ attempts }) => attempts)}::integer[],
        ${attempts.map(({ status }) => status)}::text[],
        ${attempts.map(({ dueAt }) => dueAt.toISOString())}::timestamptz[],
        ${attempts.map(({ isGone }) => String(isGone))}::boolean[],
        ${attempts.map(({ answerStatus }) => answerStatus)}::integer[],
        ${attempts.map(({ answerStart }) => answerStart)}::text[],
        ${attempts.map(({ error }) => error)}::text[],
        ${attempts.map(({ durationMs }) => durationMs)}::integer[]
      ) AS g (delivery_id, webhook_id, event_id, attempts, status, due_at, is_gone, answer_status,
              answer_start, error, duration_ms)
       ORDER BY delivery_id, webhook_id
    ), recorded AS (
      UPDATE webhook_deliveries d
         SET status = g.status, due_at = g.due_at, attempted_at = ${now}, answer_status = g.answer_status,
             answer_start = g.answer_start, last_error = g.error, duration_ms = g.duration_ms
        FROM given g
       WHERE d.delivery_id = g.delivery_id AND d.webhook_id = g.webhook_id AND d.event_id = g.event_id
         AND d.status = 'pending' AND (g.status = 'delivered' OR d.attempts = g.attempts)
      RETURNING 1
    ), told AS (
      SELECT webhook_id, bool_or(status = 'delivered') AS took, bool_or(is_gone) AS is_gone
        FROM given GROUP BY webhook_id
    ), judged AS MATERIALIZED (
      SELECT w.webhook_id, t.took,
             CASE
               WHEN w.status = 'paused' THEN NULL
               WHEN t.is_gone THEN 'gone'
               WHEN NOT t.took AND w.failing_since <= ${failingBefore} THEN 'failing'
             END AS because
        FROM webhooks w
        JOIN told t USING (webhook_id)
       WHERE NOT t.took OR t.is_gone OR w.failing_since IS NOT NULL
       ORDER BY w.webhook_id
         FOR UPDATE OF w
    ), changed AS (
      UPDATE webhooks w
         SET failing_since = CASE WHEN NOT j.took THEN coalesce(w.failing_since, ${now}) END,
             status = CASE WHEN j.because IS NULL THEN w.status ELSE 'paused' END,
             paused_at = CASE WHEN j.because IS NULL THEN w.paused_at ELSE ${now} END,
             paused_because = coalesce(j.because, w.paused_because)
        FROM judged j
       WHERE w.webhook_id = j.webhook_id
      RETURNING w.webhook_id, j.because
    )
    SELECT webhook_id AS "webhookId", because FROM changed WHERE because IS NOT NULL`,
    (row) => row,
  );
}

/** A page of the log of a webhook, the newest first, and the number of deliveries on all pages. */
export async function listDeliveryRows(
  sql: Sql,
  { webhookId, offset, limit }: { webhookId: string; offset: number; limit: number },
): Promise<{ deliveries: DeliveryRecord[]; total: number }> {
  const [deliveries, total] = await Promise.all([
    many(
      sql<DeliveryRecord[]>`
      SELECT ${deliveryColumns(sql)} FROM webhook_deliveries
       WHERE webhook_id = ${webhookId}
       ORDER BY created_at DESC, delivery_id LIMIT ${limit} OFFSET ${offset}`,
      (row) => row,
    ),
    exactlyOne(
      sql<{ total: number }[]>`
      SELECT count(*) AS total FROM webhook_deliveries WHERE webhook_id = ${webhookId}`,
      (row) => row.total,
    ),
  ]);
  return { deliveries, total };
}

/** Makes a delivery due now, whatever became of it before; `undefined` if the webhook has none such. */
export function makeDue(
  sql: Sql,
  { webhookId, deliveryId, now }: { webhookId: string; deliveryId: string; now: Date },
): Promise<DeliveryRecord | undefined> {
  return one(
    sql<DeliveryRecord[]>`
    UPDATE webhook_deliveries SET status = 'pending', due_at = ${now}
     WHERE delivery_id = ${deliveryId} AND webhook_id = ${webhookId}
    RETURNING ${deliveryColumns(sql)}`,
    (row) => row,
  );
}

/** Deletes deliveries that were written before then, sent or not. Returns the number deleted. */
export function purgeDeliveries(
  sql: Sql,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  return exactlyOne(
    sql<{ purged: number }[]>`
    WITH old AS MATERIALIZED (
      SELECT delivery_id, webhook_id, event_id FROM webhook_deliveries
       WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit}
    ), purged AS (
      DELETE FROM webhook_deliveries d USING old
       WHERE d.delivery_id = old.delivery_id AND d.webhook_id = old.webhook_id
         AND d.event_id = old.event_id
      RETURNING 1
    )
    SELECT count(*) AS purged FROM purged`,
    ({ purged }) => purged,
  );
}

function deliveryColumns(sql: Sql) {
  return sql`
    delivery_id AS "deliveryId", event_id AS "eventId", topic, status, attempts, due_at AS "dueAt",
    attempted_at AS "attemptedAt", answer_status AS "answerStatus", answer_start AS "answerStart",
    last_error AS "lastError", duration_ms AS "durationMs", created_at AS "createdAt"`;
}
