import type { Pool } from "@evently/shared/postgres";
import { inventoryIds } from "./ledger_sql.ts";
import { auditEvent, type AuditReport } from "./audit_event.ts";

const PAGE = 500;

/** Audits every event, by id. Only a page of ids and one report are in memory at a time. */
export async function* auditAll(
  sql: Pool,
): AsyncGenerator<{ eventId: string; report: AuditReport }> {
  let after: string | undefined;
  for (;;) {
    const page = await inventoryIds(sql, { after, limit: PAGE });
    for (const eventId of page) {
      yield { eventId, report: await auditEvent({ sql }, { eventId, organisations: undefined }) };
    }
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}
