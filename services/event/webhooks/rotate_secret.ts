import type { AdminIdentity } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
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
  { sql, clock, secrets }: { sql: Sql; clock: Clock; secrets: Pick<SecretBox, "seal"> },
  { admin, webhookId }: { admin: AdminIdentity; webhookId: string },
): Promise<WebhookWithSecret> {
  const key = newSigningKey();
  const now = clock.now();
  const webhook = await replaceSecret(sql, {
    webhookId,
    owner: editableOwner(admin),
    secret: secrets.seal(webhookId, key),
    previousUntil: new Date(now.getTime() + OVERLAP_MS),
    now,
  });
  if (!webhook) throw new DomainError("WEBHOOK_NOT_FOUND");
  return { webhook, secret: secretText(key) };
}
