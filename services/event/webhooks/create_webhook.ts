import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { changedFields } from "../organisations/changed_fields.ts";
import { lockOrganisation } from "../organisations/organisations_sql.ts";
import { recordChange } from "../organisations/record_change.ts";
import { type Organiser, targetOrganisation } from "../organisations/organiser.ts";
import { assertEndpoint } from "./assert_endpoint.ts";
import type { ResolveDeps } from "./resolve_endpoint.ts";
import type { SecretBox } from "./secret_box.ts";
import { newSigningKey, secretText } from "./signature.ts";
import {
  countWebhooks,
  insertWebhook,
  type WebhookColumns,
  type WebhookRecord,
} from "./webhooks_sql.ts";

/** The most webhooks of an organisation. */
export const MAX_WEBHOOKS = 10;

export interface CreateWebhookDeps extends ResolveDeps {
  sql: Pool;
  clock: Clock;
  secrets: Pick<SecretBox, "seal">;
}

/** A webhook and its secret, which is shown now and never again. */
export interface WebhookWithSecret {
  webhook: WebhookRecord;
  secret: string;
}

/**
 * Creates a webhook, which is told about the events of its organisation from now on.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: its address must not be posted to; `WEBHOOK_LIMIT_REACHED`; `FORBIDDEN`:
 * they may change no organisation
 */
export async function createWebhook(
  deps: CreateWebhookDeps,
  { admin, columns }: { admin: Organiser; columns: WebhookColumns },
): Promise<WebhookWithSecret> {
  const organisationId = targetOrganisation(admin);
  await assertEndpoint(deps, columns.url);
  const webhookId = newId();
  const key = newSigningKey();
  const secret = deps.secrets.seal(webhookId, key);
  const webhook = await transaction(deps.sql, async (tx) => {
    if (!await lockOrganisation(tx, organisationId)) {
      throw new DomainError("ORGANISATION_NOT_FOUND");
    }
    if (await countWebhooks(tx, [organisationId]) >= MAX_WEBHOOKS) {
      throw new DomainError("WEBHOOK_LIMIT_REACHED", MAX_WEBHOOKS);
    }
    const now = deps.clock.now();
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "webhook.created",
      subject: { id: webhookId, name: columns.url },
      fields: changedFields(columns),
      now,
    });
    const ownerId = admin.adminId;
    return await insertWebhook(tx, { webhookId, ownerId, organisationId, columns, secret, now });
  });
  return { webhook, secret: secretText(key) };
}
