import { z } from "@hono/zod-openapi";
import type { AuditReport } from "./audit_event.ts";
import type { Accounts } from "./chain.ts";
import type { PoolProof, ProofRecord } from "./ledger_sql.ts";

const AccountsShape = {
  available: z.int(),
  held: z.int(),
  sold: z.int(),
  set_aside: z.int(),
};

export const AuditResponse = z.object({
  consistent: z.boolean(),
  /** Number of ledger entries. */
  entries: z.int(),
  /** The sum of the ledger's transfers of the house. */
  accounts: z.object(AccountsShape),
  /** The same of each further pool. */
  pools: z.array(z.object({ pool: z.int(), accounts: z.object(AccountsShape) })),
  /** SHA-256 of the last entry, which covers all entries before; hexadecimal. */
  head_hash: z.string(),
  discrepancies: z.array(z.object({
    kind: z.enum([
      "entry_altered",
      "entry_missing",
      "entry_unexpected",
      "entry_unbalanced",
      "inventory_differs",
      "allocation_differs",
      "buyer_differs",
      "plain_differs",
      "set_aside_differs",
      "waitlist_differs",
    ]),
    seq: z.int().optional(),
    /** Absent: the house. */
    pool: z.int().optional(),
    allocation_id: z.string().optional(),
    message: z.string(),
  })),
}).openapi("SeatAudit");

export const ProofResponse = z.object({
  event_id: z.string(),
  capacity: z.int(),
  /** The number of the ledger's last entry. */
  seq: z.int(),
  /** SHA-256 of that entry, which covers all entries before; hexadecimal. Empty if the entry is missing. */
  head_hash: z.string(),
  time: z.string(),
  /**
   * Whether the counters equal the balances of the ledger's last entry, and as many seats are set aside as those who wait
   * could use.
   */
  adds_up: z.boolean(),
  /** Present if the organiser publishes them. */
  counts: z.object(AccountsShape).optional(),
  /** The same of each further pool. */
  pools: z.array(z.object({
    pool_id: z.string(),
    name: z.string(),
    capacity: z.int(),
    /** The number of the pool's last entry. */
    seq: z.int(),
    adds_up: z.boolean(),
    counts: z.object(AccountsShape).optional(),
  })),
}).openapi("SeatProof");

export type AuditResponse = z.infer<typeof AuditResponse>;
export type ProofResponse = z.infer<typeof ProofResponse>;

export function toAuditResponse(report: AuditReport): AuditResponse {
  const { consistent, entries, accounts, pools, headHash, discrepancies } = report;
  return {
    consistent,
    entries,
    accounts: toAccounts(accounts),
    pools: pools.map(({ pool, accounts }) => ({ pool, accounts: toAccounts(accounts) })),
    head_hash: headHash,
    discrepancies: discrepancies.map(({ kind, seq, pool, allocationId, message }) => ({
      kind,
      ...(seq === undefined ? {} : { seq }),
      ...(pool === undefined ? {} : { pool }),
      ...(allocationId === undefined ? {} : { allocation_id: allocationId }),
      message,
    })),
  };
}

/** @param time when the counters were read */
export function toProofResponse(
  { eventId, publicCounts, headHash, house, pools }: ProofRecord,
  time: Date,
): ProofResponse {
  const countsOf = (pool: PoolProof) => publicCounts ? { counts: toAccounts(pool) } : {};
  return {
    event_id: eventId,
    capacity: house.capacity,
    seq: house.seq,
    head_hash: headHash ?? "",
    time: time.toISOString(),
    adds_up: house.addsUp,
    ...countsOf(house),
    pools: pools.map((pool) => ({
      pool_id: pool.poolId,
      name: pool.name ?? "",
      capacity: pool.capacity,
      seq: pool.seq,
      adds_up: pool.addsUp,
      ...countsOf(pool),
    })),
  };
}

function toAccounts({ available, held, sold, setAside }: Accounts) {
  return { available, held, sold, set_aside: setAside };
}
