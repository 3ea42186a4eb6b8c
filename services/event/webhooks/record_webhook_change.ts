import type { Tx } from "@evently/shared/postgres";
import type { ChangedField } from "../organisations/changes_sql.ts";
import type { Organiser } from "../organisations/organiser.ts";
import { type Action, recordChange } from "../organisations/record_change.ts";
import type { WebhookRecord } from "./webhooks_sql.ts";

/**
 * Writes a change of a webhook into the log of its organisation; its secrets never are.
 *
 * @throws {DomainError} `FORBIDDEN`: the author is no member any more
 */
export function recordWebhookChange(
  tx: Tx,
  { webhook: { webhookId, organisationId, url }, ...change }: {
    by: Organiser;
    action: Action;
    webhook: WebhookRecord;
    fields?: readonly ChangedField[];
    now: Date;
  },
): Promise<void> {
  return recordChange(tx, { ...change, organisationId, subject: { id: webhookId, name: url } });
}
