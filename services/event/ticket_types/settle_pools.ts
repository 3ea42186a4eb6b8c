import type { Tx } from "@evently/shared/postgres";
import { HOUSE } from "../inventory/ledger/chain.ts";
import { makePool, ownPoolId, poolOf, resizePool } from "../pools/pool_rules.ts";
import { callRetirePool, type PoolRecord, renamePool } from "../pools/pools_sql.ts";
import type { TicketTypeSettings } from "./settings.ts";
import type { TicketTypeRecord } from "./ticket_types_sql.ts";

interface OwnPool {
  eventId: string;
  ticketTypeId: string;
  /** All of the event's. */
  pools: readonly PoolRecord[];
}

/**
 * Brings the own pool of a type in line with its settings, and returns the numbers of the pools that the type draws on.
 *
 * @throws {DomainError} `CAPACITY_BELOW_SOLD`; `OFFER_FULL`: the event has too many pools
 */
export async function settlePools(
  tx: Tx,
  { eventId, ticketTypeId, pools, settings }: OwnPool & { settings: TicketTypeSettings },
): Promise<{ pools: number[]; units: number[] }> {
  const { name, capacity, gives } = settings;
  const poolId = ownPoolId(ticketTypeId);
  const own = poolOf(pools, poolId);
  const draws = [
    { pool: HOUSE, units: gives },
    ...settings.pools.map(({ poolId, units }) => ({ pool: poolOf(pools, poolId)!.pool, units })),
  ];
  if (capacity !== null) {
    const pool = own?.pool ?? await makePool(tx, { pools, eventId, poolId, name, capacity });
    if (own && own.capacity !== capacity) await resizePool(tx, { eventId, pool, capacity });
    draws.push({ pool, units: 1 });
  }
  draws.sort((a, b) => a.pool - b.pool);
  return { pools: draws.map(({ pool }) => pool), units: draws.map(({ units }) => units) };
}

/** Gives the own pool of a type, if it has one, the type's new name. */
export async function renameOwnPool(
  tx: Tx,
  { eventId, ticketTypeId, pools, name }: OwnPool & { name: string },
): Promise<void> {
  const own = poolOf(pools, ownPoolId(ticketTypeId));
  if (own) await renamePool(tx, { eventId, pool: own.pool, name });
}

/**
 * Deletes the own pool of a type that draws on it no longer, unless seats of it are held or sold or another type draws
 * on it: then it stays as a pool like any other.
 *
 * @param pool `types` are those of the event before the change
 */
export async function retireOwnPool(
  tx: Tx,
  { eventId, ticketTypeId, pools, types }: OwnPool & { types: readonly TicketTypeRecord[] },
): Promise<void> {
  const own = poolOf(pools, ownPoolId(ticketTypeId));
  if (!own) return;
  const others = types.filter((type) => type.ticketTypeId !== ticketTypeId);
  if (others.some((type) => type.pools.includes(own.pool))) return;
  if (own.held + own.sold > 0) return;
  await callRetirePool(tx, { eventId, pool: own.pool });
}
