import { createHash } from "node:crypto";

/** The pool that every ticket draws on. Its capacity is the event's. */
export const HOUSE = 0;

/** The balances of the accounts of one pool, in seats. */
export interface Accounts {
  available: number;
  held: number;
  sold: number;
  setAside: number;
}

/** An account; `outside` is the source and sink of capacity. */
export type AccountName = "available" | "held" | "sold" | "set_aside";

export type Account = AccountName | "outside";

/**
 * One entry of the seat ledger: a batch that moved seats of one pool from one account to another. Arrays are texts as PostgreSQL
 * writes them, `{a,b}`, because these are hashed.
 */
export interface LedgerEntry extends Accounts {
  eventId: string;
  seq: number;
  pool: number;
  operation: string;
  debit: Account;
  credit: Account;
  seats: number;
  allocationIds: string;
  quantities: string;
  /** Microseconds since 1970, by the database's clock. */
  recordedUs: number;
  /** Hexadecimal. */
  hash: string;
}

/**
 * Computes an entry's hash: SHA-256 of the hash of the entry before (empty for the first) and of this entry's content.
 * `record_transfer` in migrations/events_db computes the same.
 *
 * @param before hexadecimal
 */
export function entryHash(before: string, entry: LedgerEntry): string {
  const content = [
    entry.eventId,
    entry.seq,
    entry.pool,
    entry.operation,
    entry.debit,
    entry.credit,
    entry.seats,
    entry.allocationIds,
    entry.quantities,
    entry.available,
    entry.held,
    entry.sold,
    entry.setAside,
    entry.recordedUs,
  ];
  return createHash("sha256").update(before, "hex").update(content.join("|")).digest("hex");
}
