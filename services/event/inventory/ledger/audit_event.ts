import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { EventNotYours } from "../../errors.ts";
import type { Accounts } from "./chain.ts";
import { type Discrepancy, LedgerReplay, MAX_DISCREPANCIES } from "./replay.ts";
import { allocationDifferences, findCounters, ledgerPage } from "./ledger_sql.ts";

/** What an audit of an event found. */
export interface AuditReport {
  consistent: boolean;
  /** How many ledger entries there are. */
  entries: number;
  /** What the ledger's transfers add up to. */
  accounts: Accounts;
  /** Of the last entry, in hexadecimal. */
  head_hash: string;
  /** Empty when consistent; at most {@link MAX_DISCREPANCIES}. */
  discrepancies: Discrepancy[];
}

/** An entry of a full batch is some 20 kB of ids, so a page is a few megabytes. */
const PAGE = 200;

/**
 * Recomputes an event's seats from its ledger and from its allocations, and checks the ledger's chain.
 * It reads one snapshot, page by page, and holds up no sale.
 *
 * @param input `owner`: whose event it must be; `undefined` is anybody's
 * @throws {EventNotYours}
 */
export async function auditEvent(
  { sql }: { sql: Pool },
  { eventId, owner }: { eventId: string; owner: string | undefined },
): Promise<AuditReport> {
  return await transaction(sql, (tx) => auditSnapshot(tx, eventId, owner), {
    isolation: "repeatable read",
  });
}

async function auditSnapshot(
  tx: Tx,
  eventId: string,
  owner: string | undefined,
): Promise<AuditReport> {
  const inventory = await findCounters(tx, { eventId, owner });
  if (!inventory) throw new EventNotYours();
  const replay = new LedgerReplay(inventory);
  let after: number | undefined;
  // As bounded as the ledger: each page begins behind the one before.
  for (;;) {
    const page = await ledgerPage(tx, { eventId, after, limit: PAGE });
    for (const entry of page) replay.add(entry);
    after = page.at(-1)?.seq;
    if (page.length < PAGE) break;
  }
  replay.finish();
  for (const found of await allocationDifferences(tx, { eventId, limit: MAX_DISCREPANCIES })) {
    const { allocation_id, ledger_held, ledger_sold, held, sold } = found;
    replay.report({
      kind: "allocation_differs",
      allocation_id,
      message:
        `allocation ${allocation_id} must have ${ledger_held} held and ${ledger_sold} sold ` +
        `as the ledger says: it has ${held} and ${sold}`,
    });
  }
  const { discrepancies, entries, accounts, head_hash } = replay;
  return {
    consistent: discrepancies.length === 0,
    entries,
    accounts,
    head_hash,
    discrepancies,
  };
}
