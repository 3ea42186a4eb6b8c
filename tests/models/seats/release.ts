import { countBuyers } from "./limits.ts";
import type { ModelAllocation, SeatTables } from "./tables.ts";
import { houseOf, transferAllocations } from "./transfer.ts";

/** Releases held and sold rows, as `release_seats` does: first those held, then those sold. */
export function releaseRows(
  tables: SeatTables,
  eventId: string,
  rows: readonly ModelAllocation[],
): void {
  const credit = houseOf(tables, eventId).waitlist_open ? "set_aside" : "available";
  const released = rows.map((row): ModelAllocation => ({ ...row, state: "released" }));
  for (const row of released) tables.putAllocation(row);
  for (const debit of ["held", "sold"] as const) {
    const moved = rows.filter(({ state }) => state === debit);
    if (moved.length === 0) continue;
    transferAllocations(tables, eventId, { operation: "release", debit, credit, rows: moved });
  }
  countBuyers(tables, { before: rows, after: released });
}
