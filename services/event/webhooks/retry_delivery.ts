import type { Organiser } from "../organisations/organiser.ts";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction } from "@evently/shared/postgres";
import { type DeliveryRecord, makeDue } from "./deliveries_sql.ts";
import { recordWebhookChange } from "./record_webhook_change.ts";
import { findActiveWebhook } from "./find_active_webhook.ts";

/**
 * Sends a delivery again now, also one that has been delivered. After its last attempt it is tried once more.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin; `WEBHOOK_PAUSED`; `DELIVERY_NOT_FOUND`
 */
export async function retryDelivery(
  { sql, clock, webhooks }: { sql: Pool; clock: Clock; webhooks: { nudge(): void } },
  { admin, webhookId, deliveryId }: {
    admin: Organiser;
    webhookId: string;
    deliveryId: string;
  },
): Promise<DeliveryRecord> {
  const webhook = await findActiveWebhook({ sql }, { admin, webhookId });
  const now = clock.now();
  const delivery = await transaction(sql, async (tx) => {
    const due = await makeDue(tx, { webhookId, deliveryId, now });
    if (!due) throw new DomainError("DELIVERY_NOT_FOUND");
    await recordWebhookChange(tx, { by: admin, action: "webhook.delivery_retried", webhook, now });
    return due;
  });
  webhooks.nudge();
  return delivery;
}
