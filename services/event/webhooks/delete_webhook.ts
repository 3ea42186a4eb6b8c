import type { Clock } from "@evently/shared/clock";
import { findEditableWebhook } from "./find_managed_webhook.ts";
import { recordWebhookChange } from "./record_webhook_change.ts";
import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction } from "@evently/shared/postgres";
import { editable, type Organiser } from "../organisations/organiser.ts";
import { deleteWebhookRow } from "./webhooks_sql.ts";

/**
 * Deletes a webhook. What it has not been sent yet never will be.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin
 */
export async function deleteWebhook(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<void> {
  const webhook = await findEditableWebhook({ sql }, { admin, webhookId });
  await transaction(sql, async (tx) => {
    const deleted = await deleteWebhookRow(tx, { webhookId, organisations: editable(admin) });
    if (!deleted) throw new DomainError("WEBHOOK_NOT_FOUND");
    await recordWebhookChange(tx, {
      by: admin,
      action: "webhook.deleted",
      webhook,
      now: clock.now(),
    });
  });
}
