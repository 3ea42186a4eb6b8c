import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Organisations } from "../organisations/organiser.ts";
import { isOf } from "../organisations/scope_sql.ts";
import type { Topic } from "./topics.ts";

/** A webhook: where facts about the events of an organisation are posted. */
export interface WebhookRecord {
  webhookId: string;
  /** Who made it. */
  ownerId: string;
  organisationId: string;
  url: string;
  topics: Topic[];
  description: string | null;
  status: "active" | "paused";
  pausedAt: Date | null;
  /** Why the platform paused it: it answered 410, or took nothing for days. `null`: its owner paused it. */
  pausedBecause: "gone" | "failing" | null;
  /** The first failed attempt since the last delivery. */
  failingSince: Date | null;
  /** Until then the previous secret signs, too. */
  previousSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A webhook, if it is of one of the organisations. */
export interface WebhookScope {
  webhookId: string;
  organisations: Organisations;
}

/** The columns that an organiser sets. */
export type WebhookColumns = Pick<WebhookRecord, "url" | "topics" | "description" | "status">;

/** The number of webhooks of organisations. */
export function countWebhooks(sql: Sql, organisations: Organisations): Promise<number> {
  return exactlyOne(
    sql<{ total: number }[]>`SELECT count(*) AS total FROM webhooks WHERE ${
      isOf(sql, ownOrganisation(sql), organisations)
    }`,
    ({ total }) => total,
  );
}

export function insertWebhook(
  sql: Sql,
  { webhookId, ownerId, organisationId, columns, secret, now }: {
    webhookId: string;
    ownerId: string;
    organisationId: string;
    columns: WebhookColumns;
    secret: Uint8Array;
    now: Date;
  },
): Promise<WebhookRecord> {
  const row = {
    ...columns,
    webhook_id: webhookId,
    owner_id: ownerId,
    organisation_id: organisationId,
    paused_at: columns.status === "paused" ? now : null,
    secret,
    created_at: now,
    updated_at: now,
  };
  return exactlyOne(
    sql<WebhookRecord[]>`INSERT INTO webhooks ${sql(row)} RETURNING ${webhookColumns(sql)}`,
    (webhook) => webhook,
  );
}

/** The webhook, if it is in scope. */
export function findWebhook(
  sql: Sql,
  { webhookId, organisations }: WebhookScope,
): Promise<WebhookRecord | undefined> {
  return one(
    sql<WebhookRecord[]>`
    SELECT ${webhookColumns(sql)} FROM webhooks
     WHERE webhook_id = ${webhookId} AND ${isOf(sql, ownOrganisation(sql), organisations)}`,
    (webhook) => webhook,
  );
}

/** Webhooks of organisations, the newest first. */
export function listWebhookRows(
  sql: Sql,
  { organisations, offset, limit }: { organisations: Organisations; offset: number; limit: number },
): Promise<WebhookRecord[]> {
  return many(
    sql<WebhookRecord[]>`
    SELECT ${webhookColumns(sql)} FROM webhooks
     WHERE ${isOf(sql, ownOrganisation(sql), organisations)}
     ORDER BY created_at DESC, webhook_id LIMIT ${limit} OFFSET ${offset}`,
    (webhook) => webhook,
  );
}

/** Changes a webhook; `undefined` if there is none in scope. Its owner's word on the status ends a pause of the platform. */
export function updateWebhookRow(
  sql: Sql,
  { webhookId, organisations, columns, now }: WebhookScope & { columns: WebhookColumns; now: Date },
): Promise<WebhookRecord | undefined> {
  const { url, topics, description, status } = columns;
  return one(
    sql<WebhookRecord[]>`
    UPDATE webhooks
       SET url = ${url}, topics = ${topics}, description = ${description}, status = ${status},
           paused_at = CASE WHEN ${status}::text = 'paused' THEN coalesce(paused_at, ${now}) END,
           paused_because = CASE WHEN ${status}::text = 'paused' THEN paused_because END,
           failing_since = CASE WHEN ${status}::text = status AND ${url}::text = url THEN failing_since END,
           updated_at = ${now}
     WHERE webhook_id = ${webhookId} AND ${isOf(sql, ownOrganisation(sql), organisations)}
    RETURNING ${webhookColumns(sql)}`,
    (webhook) => webhook,
  );
}

/** Replaces the secret; the one before signs, too, until then. `undefined` if there is no such webhook in scope. */
export function replaceSecret(
  sql: Sql,
  { webhookId, organisations, secret, previousUntil, now }: WebhookScope & {
    secret: Uint8Array;
    previousUntil: Date;
    now: Date;
  },
): Promise<WebhookRecord | undefined> {
  return one(
    sql<WebhookRecord[]>`
    UPDATE webhooks
       SET secret = ${secret}, previous_secret = secret, previous_secret_until = ${previousUntil},
           updated_at = ${now}
     WHERE webhook_id = ${webhookId} AND ${isOf(sql, ownOrganisation(sql), organisations)}
    RETURNING ${webhookColumns(sql)}`,
    (webhook) => webhook,
  );
}

/** Returns whether there was such a webhook in scope. Its deliveries are purged in time. */
export async function deleteWebhookRow(
  sql: Sql,
  { webhookId, organisations }: WebhookScope,
): Promise<boolean> {
  const { count } = await sql`
    DELETE FROM webhooks WHERE webhook_id = ${webhookId} AND ${
    isOf(sql, ownOrganisation(sql), organisations)
  }`;
  return count > 0;
}

function webhookColumns(sql: Sql) {
  return sql`
    webhook_id AS "webhookId", owner_id AS "ownerId", ${
    ownOrganisation(sql)
  } AS "organisationId", url, topics, description, status,
    paused_at AS "pausedAt", paused_because AS "pausedBecause", failing_since AS "failingSince",
    previous_secret_until AS "previousSecretUntil", created_at AS "createdAt",
    updated_at AS "updatedAt"`;
}

function ownOrganisation(sql: Sql) {
  return sql`coalesce(organisation_id, owner_id)`;
}
