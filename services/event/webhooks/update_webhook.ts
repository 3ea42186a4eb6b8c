import type { AdminIdentity } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { changesOf, isEmpty } from "../events/values.ts";
import { assertEndpoint } from "./assert_endpoint.ts";
import type { ResolveDeps } from "./resolve_endpoint.ts";
import {
  findWebhook,
  updateWebhookRow,
  type WebhookColumns,
  type WebhookRecord,
} from "./webhooks_sql.ts";

export interface UpdateWebhookDeps extends ResolveDeps {
  sql: Sql;
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
    admin: AdminIdentity;
    webhookId: string;
    requested: { [Key in keyof WebhookColumns]?: WebhookColumns[Key] | undefined };
  },
): Promise<WebhookRecord> {
  const scope = { webhookId, owner: editableOwner(admin) };
  const stored = await findWebhook(deps.sql, scope);
  if (!stored) throw new DomainError("WEBHOOK_NOT_FOUND");
  const changes = changesOf<WebhookColumns>(requested, stored);
  if (isEmpty(changes)) return stored;
  if (changes.url !== undefined) await assertEndpoint(deps, changes.url);
  const { url, topics, description, status } = { ...stored, ...changes };
  const columns = { url, topics, description, status };
  const updated = await updateWebhookRow(deps.sql, { ...scope, columns, now: deps.clock.now() });
  if (!updated) throw new DomainError("WEBHOOK_NOT_FOUND");
  deps.webhooks.nudge();
  return updated;
}
