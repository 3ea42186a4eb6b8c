import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import type { Organiser } from "../organisations/organiser.ts";
import { findEditableWebhook } from "./find_managed_webhook.ts";
import type { WebhookRecord } from "./webhooks_sql.ts";

/**
 * The webhook, if something can be sent to it.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this organiser; `FORBIDDEN`: they only read;
 * `WEBHOOK_PAUSED`
 */
export async function findActiveWebhook(
  { sql }: { sql: Sql },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<WebhookRecord> {
  const webhook = await findEditableWebhook({ sql }, { admin, webhookId });
  if (webhook.status === "paused") throw new DomainError("WEBHOOK_PAUSED");
  return webhook;
}
