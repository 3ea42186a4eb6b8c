import {
  type Account,
  type AccountName,
  type Accounts,
  entryHash,
  HOUSE,
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
    | "allocation_differs"
    | "buyer_differs"
    | "plain_differs"
    | "set_aside_differs"
    | "waitlist_differs";
  /** The ledger entry concerned. */
  seq?: number;
  /** The pool concerned, unless it is the house. */
  pool?: number;
  /** The allocation concerned. */
  allocationId?: string;
  message: string;
}

/** The counters of a pool. */
export interface PoolCounters extends Accounts {
  pool: number;
  /** The last entry: of the event on the house, of the pool on any other. */
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

/** What the replay knows of a pool. */
interface PoolReplay {
  /** The sum of its transfers so far. */
  accounts: Accounts;
  last: LedgerEntry | undefined;
}

/**
 * Replays an event's ledger, entry by entry in order, in memory that does not grow with it. An altered entry is
 * reported alone: those after it are checked against the hash and the balances that it claims.
 */
export class LedgerReplay {
  readonly discrepancies: Discrepancy[] = [];
  entries = 0;
  readonly #counters: readonly PoolCounters[];
  readonly #pools = new Map<number, PoolReplay>();
  /** The last entry of the event. */
  readonly #head: number;
  #last: LedgerEntry | undefined;

  /** @param counters of the event's pools, the house among them */
  constructor(counters: readonly PoolCounters[]) {
    this.#counters = counters;
    this.#head = counters.find(({ pool }) => pool === HOUSE)?.seq ?? 0;
    for (const { pool } of counters) this.#poolOf(pool);
  }

  /** The hash of the last entry; empty if there is none. */
  get headHash(): string {
    return this.#last?.hash ?? "";
  }

  /** The sum of the transfers of a pool so far. */
  accountsOf(pool: number): Accounts {
    return this.#poolOf(pool).accounts;
  }

  /** Adds the next entry, by `seq`. */
  add(entry: LedgerEntry): void {
    const pool = this.#poolOf(entry.pool);
    const gap = this.#checkSequence(entry);
    // The hash and balances of a missing entry are unknown: the chain continues from here.
    if (!gap) {
      this.#checkHash(entry);
      this.#checkBalances(entry, pool);
    }
    move(pool.accounts, entry);
    pool.last = entry;
    this.entries++;
    this.#last = entry;
  }

  /** Compares the counters with the sums of the transfers; call it after the last entry. */
  finish(): void {
    if ((this.#last?.seq ?? -1) < this.#head) {
      this.report({
        kind: "entry_missing",
        seq: this.#head,
        message: `the ledger ends before the inventory's entry ${this.#head}`,
      });
    } else if (this.#last && this.#last.pool !== HOUSE) {
      const { seq, pool } = this.#last;
      const message = `entry ${seq} of pool ${pool} is the last: an entry of the house must be`;
      this.report({ kind: "entry_missing", seq: seq + 1, message });
    }
    const counted = new Map(this.#counters.map((counters) => [counters.pool, counters]));
    for (const [pool, { accounts, last }] of this.#pools) {
      const counters = counted.get(pool);
      // A pool that was retired has no counters, and its seats went outside.
      for (const [key, account] of ACCOUNTS) {
        const [expected, found] = [accounts[key], counters?.[key] ?? 0];
        if (expected !== found) this.#reportCounter(pool, { account, expected, found });
      }
      if (counters && pool !== HOUSE && last && last.seq !== counters.seq) {
        this.#reportCounter(pool, { account: "seq", expected: last.seq, found: counters.seq });
      }
    }
  }

  report(discrepancy: Discrepancy): void {
    if (this.discrepancies.length < MAX_DISCREPANCIES) this.discrepancies.push(discrepancy);
  }

  #reportCounter(
    pool: number,
    { account, expected, found }: { account: string; expected: number; found: number },
  ): void {
    this.report({
      kind: "inventory_differs",
      ...placeOf(pool),
      message: `${account}${ofPool(pool)} must be ${expected} as the ledger's transfers say: ` +
        `the inventory has ${found}`,
    });
  }

  #poolOf(pool: number): PoolReplay {
    let replay = this.#pools.get(pool);
    if (!replay) {
      const accounts = { available: 0, held: 0, sold: 0, setAside: 0 };
      replay = { accounts, last: undefined };
      this.#pools.set(pool, replay);
    }
    return replay;
  }

  /** Returns whether entries are missing before this one. */
  #checkSequence({ seq, operation, pool }: LedgerEntry): boolean {
    const last = this.#last;
    if (seq > this.#head) {
      const message = `entry ${seq} is beyond the inventory's last, ${this.#head}`;
      this.report({ kind: "entry_unexpected", seq, message });
    }
    if (last ? seq === last.seq + 1 : operation === "make" && pool === HOUSE) return false;
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
      ...placeOf(entry.pool),
      message: `entry ${entry.seq} is not what its hash was made of`,
    });
  }

  #checkBalances(entry: LedgerEntry, { last }: PoolReplay): void {
    const { available = 0, held = 0, sold = 0, setAside = 0 } = last ?? {};
    const expected = { available, held, sold, setAside };
    move(expected, entry);
    const wrong = ACCOUNTS.filter(([key]) => expected[key] !== entry[key]);
    if (wrong.length === 0) return;
    this.report({
      kind: "entry_unbalanced",
      seq: entry.seq,
      ...placeOf(entry.pool),
      message: `entry ${entry.seq} does not lead from the balances before it to its own: ` +
        wrong.map(([key, account]) => `${account} must be ${expected[key]}, is ${entry[key]}`)
          .join("; "),
    });
  }
}

/** The part of a message that names a pool, unless it is the house. */
export function ofPool(pool: number): string {
  return pool === HOUSE ? "" : ` of pool ${pool}`;
}

function placeOf(pool: number): Pick<Discrepancy, "pool"> {
  return pool === HOUSE ? {} : { pool };
}

function move(accounts: Accounts, { debit, credit, seats }: LedgerEntry): void {
  add(accounts, debit, -seats);
  add(accounts, credit, seats);
}

function add(accounts: Accounts, account: Account, seats: number): void {
  const [key] = ACCOUNTS.find(([, name]) => name === account) ?? [];
  if (key) accounts[key] += seats;
}
