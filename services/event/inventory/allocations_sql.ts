import { many, type Sql } from "@evently/shared/postgres";
import type { AllocationState, SoldAllocation, SoldPage } from "./types.ts";

/** The current states of allocations of an event, in the order requested; a missing one is `unknown`. */
export function lookUpAllocations(
  sql: Sql,
  { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
): Promise<AllocationState[]> {
  return many(
    sql<AllocationState[]>`
    SELECT asked.allocation_id AS "allocationId", coalesce(a.state, 'unknown') AS state,
           coalesce(a.quantity, 0) AS quantity
      FROM unnest(${allocationIds}::uuid[]) WITH ORDINALITY AS asked (allocation_id, place)
      LEFT JOIN seat_allocations a ON a.event_id = ${eventId} AND a.allocation_id = asked.allocation_id
     ORDER BY asked.place`,
    (row) => row,
  );
}

/**
 * Sold allocations after one in the order of (event, allocation). `limit` bounds the rows examined, sold or not, so
 * a page may be empty without being the last. Direct sales have no booking and are left out.
 */
export async function soldAllocationsAfter(
  sql: Sql,
  { after, limit }: { after: SoldAllocation | undefined; limit: number },
): Promise<SoldPage> {
  const seen = await many(
    sql<(SoldAllocation & { isSold: boolean })[]>`
    SELECT a.event_id AS "eventId", a.allocation_id AS "allocationId",
           a.state = 'sold' AND a.source <> 'direct' AS "isSold"
      FROM seat_allocations a
     ${
      after
        ? sql`WHERE (a.event_id, a.allocation_id) > (${after.eventId}::uuid, ${after.allocationId}::uuid)`
        : sql``
    }
     ORDER BY a.event_id, a.allocation_id
     LIMIT ${limit}`,
    (row) => row,
  );
  const last = seen.at(-1);
  return {
    allocations: seen.filter(({ isSold }) => isSold).map(allocationOf),
    ...(last && seen.length === limit ? { next: allocationOf(last) } : {}),
  };
}

function allocationOf({ eventId, allocationId }: SoldAllocation): SoldAllocation {
  return { eventId, allocationId };
}
