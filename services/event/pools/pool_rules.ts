import { DomainError } from "@evently/shared/errors";
import { deriveId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";
import { HOUSE } from "../inventory/ledger/chain.ts";
import { callMakePool, callResizePool, type PoolRecord } from "./pools_sql.ts";

/** Pools of an event besides the house; ticket types with a capacity of their own count, too. */
export const MAX_FURTHER_POOLS = 20;

const OWN_POOL_NAMESPACE = "a6d4f9d4-1f0b-4b2c-9c53-0b1f6f2f7b0e";

/** The id of the pool that a ticket type with a capacity has to itself; each of its tickets takes one of it. */
export function ownPoolId(ticketTypeId: string): string {
  return deriveId(OWN_POOL_NAMESPACE, ticketTypeId);
}

/** The pool of an event with this id. */
export function poolOf(pools: readonly PoolRecord[], poolId: string): PoolRecord | undefined {
  return pools.find((pool) => pool.poolId === poolId);
}

/**
 * Adds a pool to a locked event that has `pools`; returns its number.
 *
 * @throws {DomainError} `OFFER_FULL`
 */
export async function makePool(
  tx: Tx,
  { pools, ...pool }: {
    pools: readonly PoolRecord[];
    eventId: string;
    poolId: string;
    name: string;
    capacity: number;
  },
): Promise<number> {
  if (pools.filter(({ pool }) => pool !== HOUSE).length >= MAX_FURTHER_POOLS) {
    throw new DomainError("OFFER_FULL", { what: "pools", limit: MAX_FURTHER_POOLS });
  }
  return await callMakePool(tx, pool);
}

/**
 * Changes the capacity of a further pool of a locked event.
 *
 * @throws {DomainError} `CAPACITY_BELOW_SOLD`
 */
export async function resizePool(
  tx: Tx,
  request: { eventId: string; pool: number; capacity: number },
): Promise<void> {
  const { isResized, taken } = await callResizePool(tx, request);
  if (isResized) return;
  throw new DomainError("CAPACITY_BELOW_SOLD", {
    field: "capacity",
    wished: request.capacity,
    taken,
  });
}
