import {
  freeSeats,
  HOUSE,
  type ModelInventory,
  type ModelPool,
  type SeatTables,
} from "./tables.ts";
import { type Move, transfer } from "./transfer.ts";
import { settleIfOpen } from "./waitlists.ts";

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
  const made = { operation: "make", debit: "outside", credit: "available" } as const;
  transfer(tables, event_id, [{ ...made, pool, seats: capacity }]);
  return pool;
}

/** `resize_pool`: returns whether the seats held and sold allow the capacity. */
export function resizePool(tables: SeatTables, { eventId, pool, capacity }: PoolChange): boolean {
  const row = tables.inventory(eventId, pool);
  if (!row || capacity < row.held + row.sold) return false;
  if (capacity === row.capacity) return true;
  transfer(tables, eventId, movesTo(row, capacity));
  settleIfOpen(tables, eventId);
  return true;
}

/** Seats that go are first those of the public, then those set aside. */
function movesTo(row: ModelInventory, capacity: number): Move[] {
  const { pool } = row;
  const operation = "resize" as const;
  const more = capacity - row.capacity;
  if (more > 0) return [{ operation, debit: "outside", credit: "available", pool, seats: more }];
  const fromPublic = Math.min(-more, freeSeats(row));
  const moves = [
    { operation, debit: "available", credit: "outside", pool, seats: fromPublic },
    { operation, debit: "set_aside", credit: "outside", pool, seats: -more - fromPublic },
  ] as const;
  return moves.filter(({ seats }) => seats > 0);
}

/** `retire_pool`: returns whether no seat of the pool is held or sold, and no type draws on it. */
export function retirePool(tables: SeatTables, eventId: string, pool: number): boolean {
  const row = tables.inventory(eventId, pool);
  if (!row || pool === HOUSE || row.held + row.sold > 0) return false;
  if (tables.typesOf(eventId).some(({ pools }) => pools.includes(pool))) return false;
  settleIfOpen(tables, eventId);
  const retired = { operation: "retire", debit: "available", credit: "outside" } as const;
  transfer(tables, eventId, [{ ...retired, pool, seats: row.capacity }]);
  tables.deleteInventory(row);
  tables.pools.delete(`${eventId} ${pool}`);
  return true;
}
