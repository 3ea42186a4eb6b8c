import type { Logger } from "@evently/shared/log";
import { areCollected, AUDIT_WRONG, AUDITS } from "@evently/shared/metrics";
import type { Pool } from "@evently/shared/postgres";
import type { UrgentWork } from "@evently/shared/urgent_work";
import { auditEvent } from "./audit_event.ts";
import { inventoryIds, ledgerLength } from "./ledger_sql.ts";

/** A longer ledger is left to `deno task audit`: replaying it would take this process from its requests. */
const MAX_ENTRIES = 2_000;
/** Sales that are under way come first. */
const SALE_MS = 1_000;
/** The most events that are remembered as wrong. */
const MAX_WRONG = 1_000;

/** What {@link auditInTurn} needs. */
export interface AuditInTurnDeps {
  sql: Pool;
  log: Logger;
  urgent: Pick<UrgentWork, "beganLately">;
}

/**
 * Returns a function that audits the next event, by id, and starts over after the last; while anybody collects metrics,
 * and not amid sales. An event that does not add up is logged as an error and counted until it adds up again.
 */
export function auditInTurn({ sql, log, urgent }: AuditInTurnDeps): () => Promise<void> {
  const wrong = new Set<string>();
  let after: string | undefined;
  AUDIT_WRONG.observe(() => wrong.size);
  return async function auditNext() {
    if (!areCollected() || urgent.beganLately(SALE_MS)) return;
    const [eventId] = await inventoryIds(sql, { after, limit: 1 });
    after = eventId;
    if (eventId === undefined) return;
    if (await ledgerLength(sql, { eventId, limit: MAX_ENTRIES + 1 }) > MAX_ENTRIES) {
      AUDITS.add(1, { outcome: "too_large" });
      return;
    }
    const { consistent, discrepancies } = await auditEvent({ sql }, {
      eventId,
      organisations: undefined,
    });
    AUDITS.add(1, { outcome: consistent ? "consistent" : "wrong" });
    if (consistent) return void wrong.delete(eventId);
    if (wrong.size < MAX_WRONG) wrong.add(eventId);
    const kinds = discrepancies.map(({ kind }) => kind);
    log.error("audit: an event does not add up", { event_id: eventId, kinds });
  };
}
