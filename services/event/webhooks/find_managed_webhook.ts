import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { readableOwner } from "../accounts/admin_scope.ts";
import { findWebhook, type WebhookRecord } from "./webhooks_sql.ts";

/**
 * The webhook.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook that this admin may see
 */
export async function findManagedWebhook(
  { sql }: { sql: Sql },
  { admin, webhookId }: { admin: AdminIdentity; webhookId: string },
): Promise<WebhookRecord> {
  const webhook = await findWebhook(sql, { webhookId, owner: readableOwner(admin) });
  if (!webhook) throw new DomainError("WEBHOOK_NOT_FOUND");
  return webhook;
}
