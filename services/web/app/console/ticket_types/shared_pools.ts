import type { Pool, TicketType } from "../api/ticket_types.ts";

/** The pools that types can share: neither the house, nor one that a type with seats of its own has by its name. */
export function sharedPools(
  pools: readonly Pool[],
  types: readonly TicketType[],
  eventId: string,
): Pool[] {
  const drawn = new Set(types.flatMap((type) => type.pools.map(({ pool_id }) => pool_id)));
  const own = new Set(
    types.filter(({ capacity }) => capacity !== undefined).map(({ name }) => name),
  );
  return pools.filter(({ pool_id, name }) =>
    pool_id !== eventId && (drawn.has(pool_id) || !own.has(name))
  );
}
