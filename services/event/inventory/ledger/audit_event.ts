import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import type { EventScope } from "../../events/events_sql.ts";
import type { Accounts } from "./chain.ts";
import { allocationDifferences, findCounters, ledgerPage } from "./ledger_sql.ts";
import { type Discrepancy, LedgerReplay, MAX_DISCREPANCIES } from "./replay.ts";

export interface AuditReport {
  consistent: boolean;
  /** Number of ledger entries. */
  entries: number;
  /** The sum of the ledger's transfers. */
  accounts: Accounts;
  /** Hash of the last entry, hexadecimal. */
  headHash: string;
  /** Empty if consistent; at most {@link MAX_DISCREPANCIES}. */
  discrepancies: Discrepancy[];
}

/** Entries per page. The ids of a full batch take some 20 kB, so a page takes a few megabytes. */
const PAGE = 200;

/**
 * Recomputes an event's seats from its ledger and from its allocations, and checks the ledger's hash chain. Reads one
 * snapshot, page by page, and delays no sale.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event in scope
 */
export async function auditEvent(
  { sql }: { sql: Pool },
  scope: EventScope,
): Promise<AuditReport> {
  return await transaction(sql, (tx) => auditSnapshot(tx, scope), {
    isolation: "repeatable read",
  });
}

async function auditSnapshot(tx: Tx, scope: EventScope): Promise<AuditReport> {
  const { eventId } = scope;
  const inventory = await findCounters(tx, scope);
  if (!inventory) throw new DomainError("EVENT_NOT_FOUND", "organiser");
  const replay = new LedgerReplay(inventory);
  let after: number | undefined;
  // Bounded by the ledger: each page starts after the one before.
  for (;;) {
    const page = await ledgerPage(tx, { eventId, after, limit: PAGE });
    for (const entry of page) replay.add(entry);
    after = page.at(-1)?.seq;
    if (page.length < PAGE) break;
  }
  replay.finish();
  for (const found of await allocationDifferences(tx, { eventId, limit: MAX_DISCREPANCIES })) {
    const { allocationId, ledgerHeld, ledgerSold, held, sold } = found;
    replay.report({
      kind: "allocation_differs",
      allocationId,
      message: `allocation ${allocationId} must have ${ledgerHeld} held and ${ledgerSold} sold ` +
        `as the ledger says: it has ${held} and ${sold}`,
    });
  }
  const { discrepancies, entries, accounts, headHash } = replay;
  return { consistent: discrepancies.length === 0, entries, accounts, headHash, discrepancies };
}
