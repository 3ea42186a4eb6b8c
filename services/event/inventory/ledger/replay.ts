import {
  type Account,
  type AccountName,
  type Accounts,
  entryHash,
  type LedgerEntry,
} from "./chain.ts";

/** An inconsistency, and where it is. */
export interface Discrepancy {
  kind:
    | "entry_altered"
    | "entry_missing"
    | "entry_unexpected"
    | "entry_unbalanced"
    | "inventory_differs"
    | "allocation_differs";
  /** The ledger entry concerned. */
  seq?: number;
  /** The allocation concerned. */
  allocationId?: string;
  message: string;
}

/** The counters of an event's inventory. */
export interface InventoryCounters extends Accounts {
  seq: number;
}

/** The most discrepancies of one report. */
export const MAX_DISCREPANCIES = 100;

/** The properties of {@link Accounts} and the names of their accounts in the ledger. */
const ACCOUNTS: readonly (readonly [keyof Accounts, AccountName])[] = [
  ["available", "available"],
  ["held", "held"],
  ["sold", "sold"],
  ["setAside", "set_aside"],
];

/**
 * Replays an event's ledger, entry by entry in order, in constant memory. An altered entry is reported alone: those
 * after it are checked against the hash and the balances that it claims.
 */
export class LedgerReplay {
  readonly discrepancies: Discrepancy[] = [];
  /** The sum of the transfers so far. */
  readonly accounts: Accounts = { available: 0, held: 0, sold: 0, setAside: 0 };
  entries = 0;
  readonly #inventory: InventoryCounters;
  #last: LedgerEntry | undefined;

  constructor(inventory: InventoryCounters) {
    this.#inventory = inventory;
  }

  /** The hash of the last entry; empty if there is none. */
  get headHash(): string {
    return this.#last?.hash ?? "";
  }

  /** Adds the next entry, by `seq`. */
  add(entry: LedgerEntry): void {
    const gap = this.#checkSequence(entry);
    // The hash and balances of a missing entry are unknown: the chain continues from here.
    if (!gap) {
      this.#checkHash(entry);
      this.#checkBalances(entry);
    }
    move(this.accounts, entry);
    this.entries++;
    this.#last = entry;
  }

  /** Compares the inventory with the sum of the transfers; call it after the last entry. */
  finish(): void {
    const { seq } = this.#inventory;
    if ((this.#last?.seq ?? -1) < seq) {
      this.report({
        kind: "entry_missing",
        seq,
        message: `the ledger ends before the inventory's entry ${seq}`,
      });
    }
    for (const [key, account] of ACCOUNTS) {
      const [counted, replayed] = [this.#inventory[key], this.accounts[key]];
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

  /** Returns whether entries are missing before this one. */
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
    if (entryHash(this.headHash, entry) === entry.hash) return;
    this.report({
      kind: "entry_altered",
      seq: entry.seq,
      message: `entry ${entry.seq} is not what its hash was made of`,
    });
  }

  #checkBalances(entry: LedgerEntry): void {
    const { available = 0, held = 0, sold = 0, setAside = 0 } = this.#last ?? {};
    const expected = { available, held, sold, setAside };
    move(expected, entry);
    const wrong = ACCOUNTS.filter(([key]) => expected[key] !== entry[key]);
    if (wrong.length === 0) return;
    this.report({
      kind: "entry_unbalanced",
      seq: entry.seq,
      message: `entry ${entry.seq} does not lead from the balances before it to its own: ` +
        wrong.map(([key, account]) => `${account} must be ${expected[key]}, is ${entry[key]}`)
          .join("; "),
    });
  }
}

function move(accounts: Accounts, { debit, credit, seats }: LedgerEntry): void {
  add(accounts, debit, -seats);
  add(accounts, credit, seats);
}

function add(accounts: Accounts, account: Account, seats: number): void {
  const [key] = ACCOUNTS.find(([, name]) => name === account) ?? [];
  if (key) accounts[key] += seats;
}
