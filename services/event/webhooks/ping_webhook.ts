import type { Organiser } from "../organisations/organiser.ts";
import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { insertPing } from "./facts_sql.ts";
import { findActiveWebhook } from "./find_active_webhook.ts";
import { recordWebhookChange } from "./record_webhook_change.ts";
import { PING } from "./topics.ts";

/**
 * Sends a test message, once. While one is pending, no other is made.
 *
 * @returns the id of the delivery
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin; `WEBHOOK_PAUSED`
 */
export async function pingWebhook(
  { sql, clock, webhooks }: { sql: Pool; clock: Clock; webhooks: { nudge(): void } },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<string> {
  const webhook = await findActiveWebhook({ sql }, { admin, webhookId });
  const now = clock.now();
  const data = { webhook_id: webhookId };
  const ping = { id: newId(), topic: PING, eventId: webhookId, happenedAt: now, data } as const;
  const deliveryId = await transaction(sql, async (tx) => {
    await recordWebhookChange(tx, { by: admin, action: "webhook.pinged", webhook, now });
    return await insertPing(tx, { ping, now });
  });
  webhooks.nudge();
  return deliveryId;
}
