import { HOUSE, type ModelPool, type SeatTables } from "./tables.ts";
import { houseOf, transfer } from "./transfer.ts";

/** A new capacity of a pool, or of the house. */
export interface PoolChange {
  eventId: string;
  pool: number;
  capacity: number;
}

/** `make_pool`: returns the number of the new pool. */
export function addPool(
  tables: SeatTables,
  row: Omit<ModelPool, "pool">,
  capacity: number,
): number {
  const { event_id } = row;
  const pool = tables.inventoriesOf(event_id).at(-1)!.pool + 1;
  const empty = { capacity: 0, held: 0, sold: 0, set_aside: 0, seq: 0 };
  tables.putInventory({ event_id, pool, ...empty, waitlist_open: false, plain: true });
  tables.pools.put(`${event_id} ${pool}`, { ...row, pool });
  const credit = freeAccount(tables, event_id);
  transfer(tables, event_id, [
    { operation: "make", debit: "outside", credit, pool, seats: capacity },
  ]);
  return pool;
}

/** `resize_pool`: returns whether the seats held and sold allow the capacity. */
export function resizePool(tables: SeatTables, { eventId, pool, capacity }: PoolChange): boolean {
  const row = tables.inventory(eventId, pool);
  if (!row || capacity < row.held + row.sold) return false;
  const free = freeAccount(tables, eventId);
  const [debit, credit] = capacity > row.capacity
    ? ["outside", free] as const
    : [free, "outside"] as const;
  const seats = Math.abs(capacity - row.capacity);
  if (seats > 0) transfer(tables, eventId, [{ operation: "resize", debit, credit, pool, seats }]);
  return true;
}

/** `retire_pool`: returns whether no seat of the pool is held or sold, and no type draws on it. */
export function retirePool(tables: SeatTables, eventId: string, pool: number): boolean {
  const row = tables.inventory(eventId, pool);
  if (!row || pool === HOUSE || row.held + row.sold > 0) return false;
  if (tables.typesOf(eventId).some(({ pools }) => pools.includes(pool))) return false;
  const debit = freeAccount(tables, eventId);
  transfer(tables, eventId, [
    { operation: "retire", debit, credit: "outside", pool, seats: row.capacity },
  ]);
  tables.deleteInventory(row);
  tables.pools.delete(`${eventId} ${pool}`);
  return true;
}

function freeAccount(tables: SeatTables, eventId: string): "available" | "set_aside" {
  return houseOf(tables, eventId).waitlist_open ? "set_aside" : "available";
}
