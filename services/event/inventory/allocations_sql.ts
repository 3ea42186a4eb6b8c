import { many, type Sql } from "@evently/shared/postgres";
import type { AllocationLookup, SoldAllocations } from "./allocations_wire.ts";

/** How allocations of an event are now; one that is not there is `unknown`. In the order asked for. */
export function lookUpAllocations(
  sql: Sql,
  { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
): Promise<AllocationLookup["results"]> {
  return many(
    sql<AllocationLookup["results"]>`
    SELECT asked.allocation_id, coalesce(a.state, 'unknown') AS state,
           coalesce(a.quantity, 0) AS quantity
      FROM unnest(${allocationIds}::uuid[]) WITH ORDINALITY AS asked (allocation_id, place)
      LEFT JOIN seat_allocations a ON a.event_id = ${eventId} AND a.allocation_id = asked.allocation_id
     ORDER BY asked.place`,
    (row) => row,
  );
}

/**
 * Sold allocations after a place in the order of (event, allocation). `limit` bounds the rows that are
 * looked at, sold or not, so a page may be empty and not the last.
 */
export async function soldAllocationsAfter(
  sql: Sql,
  { after, limit }: { after: { eventId: string; allocationId: string } | undefined; limit: number },
): Promise<SoldAllocations> {
  const seen = await many(
    sql<{ event_id: string; allocation_id: string; sold: boolean }[]>`
    SELECT a.event_id, a.allocation_id, a.state = 'sold' AND a.source <> 'direct' AS sold
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
    allocations: seen.filter(({ sold }) => sold)
      .map(({ event_id, allocation_id }) => ({ event_id, allocation_id })),
    ...(last && seen.length === limit
      ? { next: { after_event: last.event_id, after_allocation: last.allocation_id } }
      : {}),
  };
}
