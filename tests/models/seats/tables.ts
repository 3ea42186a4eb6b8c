import { Table } from "@evently/shared/testing";
import type { Account, Accounts } from "../../../services/event/inventory/ledger/chain.ts";
import type { RefundPolicy } from "../../../services/event/events/refund_policy.ts";

/** The columns of an event that its seats depend on. */
export interface ModelEvent {
  event_id: string;
  status: "draft" | "published" | "cancelled";
  start_at: Date;
  end_at: Date;
  unit_price_minor: number;
  currency: string;
  max_tickets_per_booking: number;
  refund_policy?: RefundPolicy;
}

/** A row of `seat_inventory`. */
export interface ModelInventory {
  event_id: string;
  capacity: number;
  held: number;
  sold: number;
  set_aside: number;
  waitlist_open: boolean;
  seq: number;
}

/** A row of `seat_allocations`. */
export interface ModelAllocation {
  event_id: string;
  allocation_id: string;
  quantity: number;
  state: "held" | "sold" | "released";
  source: "public" | "waitlist";
  unit_price_minor: number;
  /** Milliseconds since 1970, so that values compare as in PostgreSQL. */
  expires_at_ms: number;
}

/** An entry of `seat_ledger` without its hash and time, which only real entries have. */
export interface ModelEntry extends Accounts {
  event_id: string;
  seq: number;
  operation: "make" | "hold" | "commit" | "release" | "waitlist" | "resize";
  debit: Account;
  credit: Account;
  seats: number;
  allocation_ids: readonly string[];
  quantities: readonly number[];
}

/** The tables of events_db that the model keeps. */
export class SeatTables {
  readonly events = new Table<ModelEvent>();
  readonly inventories = new Table<ModelInventory>();
  readonly allocations = new Table<ModelAllocation>();
  readonly ledger = new Table<ModelEntry>();

  allocation(eventId: string, allocationId: string): Readonly<ModelAllocation> | undefined {
    return this.allocations.get(allocationKey(eventId, allocationId));
  }

  putAllocation(row: ModelAllocation): void {
    this.allocations.put(allocationKey(row.event_id, row.allocation_id), row);
  }

  deleteAllocation({ event_id, allocation_id }: ModelAllocation): void {
    this.allocations.delete(allocationKey(event_id, allocation_id));
  }
}

function allocationKey(eventId: string, allocationId: string): string {
  return `${eventId} ${allocationId}`;
}

/** Allocations whose seats a transfer moves. */
export type Moved = readonly Pick<ModelAllocation, "allocation_id" | "quantity">[];

/** `transfer_seats`: moves seats between two accounts and records the ledger entry. */
export function transfer(
  tables: SeatTables,
  inv: ModelInventory,
  { operation, debit, credit, seats = 0, moved = [] }:
    & Pick<
      ModelEntry,
      "operation" | "debit" | "credit"
    >
    & { seats?: number; moved?: Moved },
): ModelInventory {
  const count = moved.length > 0 ? seatsOf(moved) : seats;
  const after = { ...inv, seq: inv.seq + 1 };
  if (debit === "outside") after.capacity += count;
  else if (debit !== "available") after[debit] -= count;
  if (credit === "outside") after.capacity -= count;
  else if (credit !== "available") after[credit] += count;
  assertNeverOversold(after);
  tables.inventories.put(after.event_id, after);
  recordEntry(tables, after, { operation, debit, credit, seats: count, moved });
  return after;
}

/** Releases held and sold rows, as `seats.release` does. */
export function releaseRows(
  tables: SeatTables,
  inv: ModelInventory,
  rows: readonly ModelAllocation[],
): ModelInventory {
  let after = inv;
  for (const row of rows) tables.putAllocation({ ...row, state: "released" });
  for (const debit of ["held", "sold"] as const) {
    const moved = rows.filter(({ state }) => state === debit);
    if (moved.length === 0) continue;
    const credit = inv.waitlist_open ? "set_aside" : "available";
    after = transfer(tables, after, { operation: "release", debit, credit, moved });
  }
  return after;
}

/** `record_transfer`: writes the ledger entry that led to the given inventory. */
export function recordEntry(
  tables: SeatTables,
  inv: ModelInventory,
  { operation, debit, credit, seats, moved }:
    & Pick<ModelEntry, "operation" | "debit" | "credit" | "seats">
    & { moved: Moved },
): void {
  const { event_id, seq, held, sold, set_aside } = inv;
  tables.ledger.put(`${event_id} ${seq}`, {
    event_id,
    seq,
    operation,
    debit,
    credit,
    seats,
    allocation_ids: moved.map(({ allocation_id }) => allocation_id),
    quantities: moved.map(({ quantity }) => quantity),
    available: freeSeats(inv),
    held,
    sold,
    setAside: set_aside,
  });
}

/** Returns `capacity - held - sold - set_aside`. */
export function freeSeats({ capacity, held, sold, set_aside }: ModelInventory): number {
  return capacity - held - sold - set_aside;
}

export function seatsOf(moved: Moved): number {
  return moved.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The CHECK constraints of `seat_inventory`. */
function assertNeverOversold(inv: ModelInventory): void {
  const { capacity, held, sold, set_aside } = inv;
  if (capacity > 0 && held >= 0 && sold >= 0 && set_aside >= 0 && freeSeats(inv) >= 0) return;
  throw new ConstraintViolated(`seat_inventory must not be oversold: ${JSON.stringify(inv)}`);
}

/** Thrown where a database constraint would refuse the statement; the caller has a defect. */
export class ConstraintViolated extends Error {
  override readonly name = "ConstraintViolated";
}
