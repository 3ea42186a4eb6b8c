import { type Account, type Accounts, entryHash, type LedgerEntry } from "./chain.ts";

/** What does not add up, and where. */
export interface Discrepancy {
  kind:
    | "entry_altered"
    | "entry_missing"
    | "entry_unexpected"
    | "entry_unbalanced"
    | "inventory_differs"
    | "allocation_differs";
  /** The ledger entry that it is about. */
  seq?: number;
  /** The allocation that it is about. */
  allocation_id?: string;
  message: string;
}

/** The counters of an event as the inventory has them. */
export interface InventoryCounters extends Accounts {
  seq: number;
}

/** More than these of one event say nothing new. */
export const MAX_DISCREPANCIES = 100;

const ACCOUNTS = ["available", "held", "sold", "set_aside"] as const;

/**
 * Replays an event's ledger, entry by entry in order, in memory that does not grow with it. An altered
 * entry is named alone: those after it are checked against the hash and the balances that it claims.
 */
export class LedgerReplay {
  readonly discrepancies: Discrepancy[] = [];
  /** What the transfers so far add up to. */
  readonly accounts: Accounts = { available: 0, held: 0, sold: 0, set_aside: 0 };
  entries = 0;
  readonly #inventory: InventoryCounters;
  #last: LedgerEntry | undefined;

  constructor(inventory: InventoryCounters) {
    this.#inventory = inventory;
  }

  /** The hash of the last entry; empty where there is none. */
  get head_hash(): string {
    return this.#last?.hash ?? "";
  }

  /** The next entry, by `seq`. */
  add(entry: LedgerEntry): void {
    const gap = this.#checkSequence(entry);
    // What a missing entry's hash and balances were nobody knows: the chain goes on from here.
    if (!gap) {
      this.#checkHash(entry);
      this.#checkBalances(entry);
    }
    move(this.accounts, entry);
    this.entries++;
    this.#last = entry;
  }

  /** After the last entry: the inventory must be what the transfers add up to. */
  finish(): void {
    const { seq } = this.#inventory;
    if ((this.#last?.seq ?? -1) < seq) {
      this.report({
        kind: "entry_missing",
        seq,
        message: `the ledger ends before the inventory's entry ${seq}`,
      });
    }
    for (const account of ACCOUNTS) {
      const [counted, replayed] = [this.#inventory[account], this.accounts[account]];
      if (counted === replayed) continue;
      this.report({
        kind: "inventory_differs",
        message:
          `${account} must be ${replayed} as the ledger's transfers say: the inventory has ` +
          `${counted}`,
      });
    }
  }

  report(discrepancy: Discrepancy): void {
    if (this.discrepancies.length < MAX_DISCREPANCIES) this.discrepancies.push(discrepancy);
  }

  /** Answers whether entries are missing before this one. */
  #checkSequence({ seq, operation }: LedgerEntry): boolean {
    const last = this.#last;
    if (seq > this.#inventory.seq) {
      const message = `entry ${seq} is beyond the inventory's last, ${this.#inventory.seq}`;
      this.report({ kind: "entry_unexpected", seq, message });
    }
    if (last ? seq === last.seq + 1 : operation === "make") return false;
    const missing = last ? last.seq + 1 : seq - 1;
    const message = last && missing < seq - 1
      ? `entries ${missing} to ${seq - 1} are missing`
      : `entry ${missing} is missing`;
    this.report({ kind: "entry_missing", seq: missing, message });
    return true;
  }

  #checkHash(entry: LedgerEntry): void {
    if (entryHash(this.head_hash, entry) === entry.hash) return;
    this.report({
      kind: "entry_altered",
      seq: entry.seq,
      message: `entry ${entry.seq} is not what its hash was made of`,
    });
  }

  #checkBalances(entry: LedgerEntry): void {
    const { available = 0, held = 0, sold = 0, set_aside = 0 } = this.#last ?? {};
    const expected = { available, held, sold, set_aside };
    move(expected, entry);
    const wrong = ACCOUNTS.filter((account) => expected[account] !== entry[account]);
    if (wrong.length === 0) return;
    this.report({
      kind: "entry_unbalanced",
      seq: entry.seq,
      message: `entry ${entry.seq} does not lead from the balances before it to its own: ` +
        wrong.map((name) => `${name} must be ${expected[name]}, is ${entry[name]}`).join("; "),
    });
  }
}

function move(accounts: Accounts, { debit, credit, seats }: LedgerEntry): void {
  add(accounts, debit, -seats);
  add(accounts, credit, seats);
}

function add(accounts: Accounts, account: Account, seats: number): void {
  if (account !== "outside") accounts[account] += seats;
}
