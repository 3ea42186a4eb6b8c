import { createHash } from "node:crypto";

/** Where seats can be, as the ledger counts them. */
export interface Accounts {
  available: number;
  held: number;
  sold: number;
  set_aside: number;
}

/** An account, or where capacity comes from and goes to. */
export type Account = keyof Accounts | "outside";

/**
 * One entry of the seat ledger: a batch that moved seats from one account to another. Arrays are as
 * PostgreSQL writes them, `{a,b}`: so they are hashed.
 */
export interface LedgerEntry extends Accounts {
  event_id: string;
  seq: number;
  operation: string;
  debit: Account;
  credit: Account;
  seats: number;
  allocation_ids: string;
  quantities: string;
  /** Microseconds since 1970, by the database's clock. */
  recorded_us: number;
  /** Hexadecimal. */
  hash: string;
}

/**
 * What an entry's hash must be: SHA-256 of the hash before it (nothing, for an event's first) and of all
 * that the entry says. `record_transfer` in migrations/events_db computes the same.
 *
 * @param before in hexadecimal
 */
export function entryHash(before: string, entry: LedgerEntry): string {
  const content = [
    entry.event_id,
    entry.seq,
    entry.operation,
    entry.debit,
    entry.credit,
    entry.seats,
    entry.allocation_ids,
    entry.quantities,
    entry.available,
    entry.held,
    entry.sold,
    entry.set_aside,
    entry.recorded_us,
  ];
  return createHash("sha256").update(before, "hex").update(content.join("|")).digest("hex");
}
