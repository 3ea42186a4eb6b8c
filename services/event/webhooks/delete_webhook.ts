import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { deleteWebhookRow } from "./webhooks_sql.ts";

/**
 * Deletes a webhook. What it has not been sent yet never will be.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin
 */
export async function deleteWebhook(
  { sql }: { sql: Sql },
  { admin, webhookId }: { admin: AdminIdentity; webhookId: string },
): Promise<void> {
  const deleted = await deleteWebhookRow(sql, { webhookId, owner: editableOwner(admin) });
  if (!deleted) throw new DomainError("WEBHOOK_NOT_FOUND");
}
