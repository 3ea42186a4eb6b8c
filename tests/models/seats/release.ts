import { countBuyers } from "./limits.ts";
import type { ModelAllocation, SeatTables } from "./tables.ts";
import { transferAllocations } from "./transfer.ts";
import { settleIfOpen } from "./waitlists.ts";

/**
 * Releases held and sold rows, as `release_seats` does: first those held, then those sold.
 *
 * @param keep tickets of each row that stay, fewer than it has; by default none
 */
export function releaseRows(
  tables: SeatTables,
  eventId: string,
  rows: readonly ModelAllocation[],
  keep: ReadonlyMap<string, number> = new Map(),
): void {
  const released = rows.map((row): ModelAllocation => {
    const kept = keep.get(row.allocation_id) ?? 0;
    return kept > 0 ? { ...row, quantity: kept } : { ...row, state: "released" };
  });
  for (const row of released) tables.putAllocation(row);
  const freed = rows.map((row) => {
    return { ...row, quantity: row.quantity - (keep.get(row.allocation_id) ?? 0) };
  });
  for (const debit of ["held", "sold"] as const) {
    const moved = freed.filter(({ state }) => state === debit);
    if (moved.length === 0) continue;
    const accounts = { operation: "release", debit, credit: "available" } as const;
    transferAllocations(tables, eventId, { ...accounts, rows: moved });
  }
  countBuyers(tables, { before: rows, after: released });
  settleIfOpen(tables, eventId);
}
