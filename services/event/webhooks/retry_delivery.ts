import type { AdminIdentity } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { type DeliveryRecord, makeDue } from "./deliveries_sql.ts";
import { findActiveWebhook } from "./find_active_webhook.ts";

/**
 * Sends a delivery again now, also one that has been delivered. After its last attempt it is tried once more.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin; `WEBHOOK_PAUSED`; `DELIVERY_NOT_FOUND`
 */
export async function retryDelivery(
  { sql, clock, webhooks }: { sql: Sql; clock: Clock; webhooks: { nudge(): void } },
  { admin, webhookId, deliveryId }: {
    admin: AdminIdentity;
    webhookId: string;
    deliveryId: string;
  },
): Promise<DeliveryRecord> {
  await findActiveWebhook({ sql }, { admin, webhookId });
  const delivery = await makeDue(sql, { webhookId, deliveryId, now: clock.now() });
  if (!delivery) throw new DomainError("DELIVERY_NOT_FOUND");
  webhooks.nudge();
  return delivery;
}
