import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction } from "@evently/shared/postgres";
import { editable, type Organiser } from "../organisations/organiser.ts";
import { findEditableWebhook } from "./find_managed_webhook.ts";
import { recordWebhookChange } from "./record_webhook_change.ts";
import type { WebhookWithSecret } from "./create_webhook.ts";
import type { SecretBox } from "./secret_box.ts";
import { newSigningKey, secretText } from "./signature.ts";
import { replaceSecret } from "./webhooks_sql.ts";

/** How long the previous secret signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;

/**
 * Gives a webhook a new secret. The previous one signs, too, for a day, so that its receiver can change over; one before
 * that no longer does.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin
 */
export async function rotateSecret(
  { sql, clock, secrets }: { sql: Pool; clock: Clock; secrets: Pick<SecretBox, "seal"> },
  { admin, webhookId }: { admin: Organiser; webhookId: string },
): Promise<WebhookWithSecret> {
  const key = newSigningKey();
  const now = clock.now();
  await findEditableWebhook({ sql }, { admin, webhookId });
  const webhook = await transaction(sql, async (tx) => {
    const rotated = await replaceSecret(tx, {
      webhookId,
      organisations: editable(admin),
      secret: secrets.seal(webhookId, key),
      previousUntil: new Date(now.getTime() + OVERLAP_MS),
      now,
    });
    if (!rotated) throw new DomainError("WEBHOOK_NOT_FOUND");
    const action = "webhook.secret_rotated";
    await recordWebhookChange(tx, { by: admin, action, webhook: rotated, now });
    return rotated;
  });
  return { webhook, secret: secretText(key) };
}
