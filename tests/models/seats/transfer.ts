import {
  ConstraintViolated,
  freeSeats,
  HOUSE,
  type ModelAllocation,
  type ModelEntry,
  type ModelInventory,
  type SeatTables,
} from "./tables.ts";

/** What an operation does to the seats of one pool. */
export interface Move extends Accounts {
  pool: number;
  seats: number;
  /** The allocations moved, with their seats of this pool; empty for seats without an allocation. */
  moved?: readonly { allocationId: string; seats: number }[];
}

type Accounts = Pick<ModelEntry, "operation" | "debit" | "credit">;

/** What one ticket of an allocation took: pairs of a pool and its seats. */
export function drawsOf(
  { pools, units }: Pick<ModelAllocation, "pools" | "units">,
): readonly (readonly [pool: number, units: number])[] {
  return (pools ?? [HOUSE]).map((pool, i) => [pool, units?.[i] ?? 1] as const);
}

/** Tickets of an allocation, as its seats of the house. */
export function ticketsOf(row: ModelAllocation): number {
  return row.quantity * (row.units?.[0] ?? 1);
}

/**
 * Makes the moves of one operation: those of further pools first, the highest before, and the house's last. Without
 * a move of the house an entry of no seats closes the operation.
 *
 * @returns the house afterwards
 */
export function transfer(
  tables: SeatTables,
  eventId: string,
  moves: readonly Move[],
): ModelInventory {
  const ordered = moves.toSorted((a, b) => b.pool - a.pool);
  if (ordered.at(-1)?.pool !== HOUSE) {
    ordered.push({
      operation: "close",
      debit: "outside",
      credit: "available",
      pool: HOUSE,
      seats: 0,
    });
  }
  let { seq } = houseOf(tables, eventId);
  for (const move of ordered) {
    const before = tables.inventory(eventId, move.pool);
    if (!before) throw new ConstraintViolated(`event ${eventId} has no pool ${move.pool}`);
    const after = moveSeats(before, move, ++seq);
    tables.putInventory(after);
    recordEntry(tables, after, move);
  }
  return houseOf(tables, eventId);
}

/** Moves the seats of allocations between two accounts, in each pool that they took seats of. */
export function transferAllocations(
  tables: SeatTables,
  eventId: string,
  { rows, ...accounts }: Accounts & { rows: readonly ModelAllocation[] },
): ModelInventory {
  const byPool = new Map<number, { allocationId: string; seats: number }[]>();
  for (const row of rows) {
    for (const [pool, units] of drawsOf(row)) {
      const moved = byPool.get(pool) ?? [];
      moved.push({ allocationId: row.allocation_id, seats: row.quantity * units });
      byPool.set(pool, moved);
    }
  }
  const moves = [...byPool].map(([pool, moved]) => {
    return { ...accounts, pool, moved, seats: moved.reduce((sum, { seats }) => sum + seats, 0) };
  });
  return transfer(tables, eventId, moves);
}

/** Returns the house of an event that exists. */
export function houseOf(tables: SeatTables, eventId: string): ModelInventory {
  const house = tables.house(eventId);
  if (!house) throw new ConstraintViolated(`event ${eventId} has no inventory`);
  return house;
}

/** Writes the entry that led to the given row. */
export function recordEntry(
  tables: SeatTables,
  row: ModelInventory,
  { operation, debit, credit, seats, moved = [] }: Move,
): void {
  const { event_id, seq, pool, held, sold, set_aside } = row;
  tables.ledger.put(`${event_id} ${seq}`, {
    event_id,
    seq,
    pool,
    operation,
    debit,
    credit,
    seats,
    allocation_ids: moved.map(({ allocationId }) => allocationId),
    quantities: moved.map(({ seats }) => seats),
    available: freeSeats(row),
    held,
    sold,
    setAside: set_aside,
  });
}

function moveSeats(
  before: ModelInventory,
  { debit, credit, seats }: Move,
  seq: number,
): ModelInventory {
  const after = { ...before, seq };
  if (debit === "outside") after.capacity += seats;
  else if (debit !== "available") after[debit] -= seats;
  if (credit === "outside") after.capacity -= seats;
  else if (credit !== "available") after[credit] += seats;
  return after;
}
