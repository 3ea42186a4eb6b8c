import type { AdminIdentity } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { callerGone } from "../accounts/admin_scope.ts";
import { assertEndpoint } from "./assert_endpoint.ts";
import type { ResolveDeps } from "./resolve_endpoint.ts";
import type { SecretBox } from "./secret_box.ts";
import { newSigningKey, secretText } from "./signature.ts";
import {
  countWebhooks,
  insertWebhook,
  lockOwner,
  type WebhookColumns,
  type WebhookRecord,
} from "./webhooks_sql.ts";

/** The most webhooks of an organiser. */
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
 * Creates a webhook, which is told about the events of its creator from now on.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: its address must not be posted to; `WEBHOOK_LIMIT_REACHED`; `UNAUTHORIZED`:
 * the admin does not exist any more
 */
export async function createWebhook(
  deps: CreateWebhookDeps,
  { admin: { adminId: ownerId }, columns }: { admin: AdminIdentity; columns: WebhookColumns },
): Promise<WebhookWithSecret> {
  await assertEndpoint(deps, columns.url);
  const webhookId = newId();
  const key = newSigningKey();
  const secret = deps.secrets.seal(webhookId, key);
  const webhook = await transaction(deps.sql, async (tx) => {
    if (!await lockOwner(tx, ownerId)) throw callerGone();
    if (await countWebhooks(tx, ownerId) >= MAX_WEBHOOKS) {
      throw new DomainError("WEBHOOK_LIMIT_REACHED", MAX_WEBHOOKS);
    }
    return await insertWebhook(tx, {
      webhookId,
      ownerId,
      columns,
      secret,
      now: deps.clock.now(),
    });
  });
  return { webhook, secret: secretText(key) };
}
