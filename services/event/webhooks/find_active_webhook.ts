import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { findWebhook, type WebhookRecord } from "./webhooks_sql.ts";

/**
 * The webhook, if something can be sent to it.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin; `WEBHOOK_PAUSED`
 */
export async function findActiveWebhook(
  { sql }: { sql: Sql },
  { admin, webhookId }: { admin: AdminIdentity; webhookId: string },
): Promise<WebhookRecord> {
  const webhook = await findWebhook(sql, { webhookId, owner: editableOwner(admin) });
  if (!webhook) throw new DomainError("WEBHOOK_NOT_FOUND");
  if (webhook.status === "paused") throw new DomainError("WEBHOOK_PAUSED");
  return webhook;
}
