import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import type { EventScope } from "../../events/events_sql.ts";
import { type Accounts, HOUSE } from "./chain.ts";
import {
  allocationDifferences,
  buyerDifferences,
  findCounters,
  ledgerPage,
  plainIsRight,
  setAsideDifferences,
  waitlistIsKnown,
} from "./ledger_sql.ts";
import { type Discrepancy, LedgerReplay, MAX_DISCREPANCIES, ofPool } from "./replay.ts";

export interface AuditReport {
  consistent: boolean;
  /** Number of ledger entries. */
  entries: number;
  /** The sum of the ledger's transfers of the house. */
  accounts: Accounts;
  /** The same of each further pool. */
  pools: { pool: number; accounts: Accounts }[];
  /** Hash of the last entry, hexadecimal. */
  headHash: string;
  /** Empty if consistent; at most {@link MAX_DISCREPANCIES}. */
  discrepancies: Discrepancy[];
}

/** Entries per page. The ids of a full batch take some 20 kB, so a page takes a few megabytes. */
const PAGE = 200;

/**
 * Recomputes the seats of an event's pools from its ledger and from its allocations, what its buyers have under a limit,
 * and what is set aside for those who wait, and checks the ledger's hash chain. Reads one snapshot, page by page, and delays no sale.
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
  const counters = await findCounters(tx, scope);
  if (counters.length === 0) throw new DomainError("EVENT_NOT_FOUND", "organiser");
  const replay = new LedgerReplay(counters);
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
    const { allocationId, pool, ledgerHeld, ledgerSold, held, sold } = found;
    replay.report({
      kind: "allocation_differs",
      ...(pool === HOUSE ? {} : { pool }),
      allocationId,
      message: `allocation ${allocationId} must have ${ledgerHeld} held and ${ledgerSold} sold` +
        `${ofPool(pool)} as the ledger says: it has ${held} and ${sold}`,
    });
  }
  for (const found of await buyerDifferences(tx, { eventId, limit: MAX_DISCREPANCIES })) {
    const { buyerId, type, counted, taken } = found;
    const what = type < 0 ? "held tickets" : `tickets of type ${type}`;
    replay.report({
      kind: "buyer_differs",
      message: `buyer ${buyerId} must be counted with ${taken} ${what}: ${counted} are counted`,
    });
  }
  if (!await plainIsRight(tx, eventId)) {
    const message = "the event is marked as plain although it is not, or the other way round";
    replay.report({ kind: "plain_differs", message });
  }
  for (const { pool, setAside, target } of await setAsideDifferences(tx, eventId)) {
    replay.report({
      kind: "set_aside_differs",
      ...(pool === HOUSE ? {} : { pool }),
      message: `${target} seats${
        ofPool(pool)
      } must be set aside for those who wait: ${setAside} are`,
    });
  }
  if (!await waitlistIsKnown(tx, eventId)) {
    const message =
      "the house is marked as if somebody waited although nobody does, or the other way round";
    replay.report({ kind: "waitlist_differs", message });
  }
  const { discrepancies, entries, headHash } = replay;
  return {
    consistent: discrepancies.length === 0,
    entries,
    accounts: replay.accountsOf(HOUSE),
    pools: counters
      .filter(({ pool }) => pool !== HOUSE)
      .map(({ pool }) => ({ pool, accounts: replay.accountsOf(pool) })),
    headHash,
    discrepancies,
  };
}
