import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { assertEditable, type Organiser, readable } from "../organisations/organiser.ts";
import { findWebhook, type WebhookRecord } from "./webhooks_sql.ts";

/**
 * The webhook.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook that this admin may see
 */
export async function findManagedWebhook(
  { sql }: { sql: Sql },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<WebhookRecord> {
  const webhook = await findWebhook(sql, { webhookId, organisations: readable(admin) });
  if (!webhook) throw new DomainError("WEBHOOK_NOT_FOUND");
  return webhook;
}

/**
 * The webhook, if the organiser may change it.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook that they may see; `FORBIDDEN`: they only read
 */
export async function findEditableWebhook(
  deps: { sql: Sql },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<WebhookRecord> {
  const webhook = await findManagedWebhook(deps, { admin, webhookId });
  assertEditable(admin, webhook.organisationId, new DomainError("WEBHOOK_NOT_FOUND"));
  return webhook;
}
