import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction } from "@evently/shared/postgres";
import { editable, type Organiser } from "../organisations/organiser.ts";
import { changesOf, isEmpty } from "../events/values.ts";
import { findEditableWebhook } from "./find_managed_webhook.ts";
import { recordWebhookChange } from "./record_webhook_change.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { assertEndpoint } from "./assert_endpoint.ts";
import type { ResolveDeps } from "./resolve_endpoint.ts";
import { updateWebhookRow, type WebhookColumns, type WebhookRecord } from "./webhooks_sql.ts";

export interface UpdateWebhookDeps extends ResolveDeps {
  sql: Pool;
  clock: Clock;
  /** Told of a webhook that may have become active. */
  webhooks: { nudge(): void };
}

/**
 * Changes a webhook, as far as the requested values differ from the stored ones. What waits for a paused one is sent when
 * it becomes active again.
 *
 * @throws {DomainError} `WEBHOOK_NOT_FOUND`: no such webhook of this admin; `VALIDATION_FAILED`: its new address must not
 * be posted to
 */
export async function updateWebhook(
  deps: UpdateWebhookDeps,
  { admin, webhookId, requested }: {
    admin: Organiser;
    webhookId: string;
    requested: { [Key in keyof WebhookColumns]?: WebhookColumns[Key] | undefined };
  },
): Promise<WebhookRecord> {
  const scope = { webhookId, organisations: editable(admin) };
  const stored = await findEditableWebhook(deps, { admin, webhookId });
  const changes = changesOf<WebhookColumns>(requested, stored);
  if (isEmpty(changes)) return stored;
  if (changes.url !== undefined) await assertEndpoint(deps, changes.url);
  const { url, topics, description, status } = { ...stored, ...changes };
  const columns = { url, topics, description, status };
  const now = deps.clock.now();
  const updated = await transaction(deps.sql, async (tx) => {
    const webhook = await updateWebhookRow(tx, { ...scope, columns, now });
    if (!webhook) throw new DomainError("WEBHOOK_NOT_FOUND");
    const fields = changedFields(changes, stored);
    await recordWebhookChange(tx, { by: admin, action: "webhook.updated", webhook, fields, now });
    return webhook;
  });
  deps.webhooks.nudge();
  return updated;
}
