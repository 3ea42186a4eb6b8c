import { newId } from "@evently/shared/ids";
import { assertNotFinal } from "../events/event_rules.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { changeOffer, type OfferDeps, type OfferScope } from "./change_offer.ts";
import { makePool } from "./pool_rules.ts";
import { listPools, type PoolRecord } from "./pools_sql.ts";

/**
 * Adds a pool to an event, from which no ticket type draws yet.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`; `EVENT_STATE_CONFLICT`: the event is cancelled; `OFFER_FULL`
 */
export async function createPool(
  deps: OfferDeps,
  { name, capacity, ...scope }: OfferScope & { name: string; capacity: number },
): Promise<PoolRecord> {
  const { eventId } = scope;
  const poolId = newId();
  return await changeOffer(deps, scope, async (tx, event) => {
    assertNotFinal(event);
    const pools = await listPools(tx, eventId);
    const pool = await makePool(tx, { pools, eventId, poolId, name, capacity });
    const result = {
      pool,
      poolId,
      name,
      capacity,
      available: capacity,
      held: 0,
      sold: 0,
      setAside: 0,
    };
    const fields = changedFields({ name, capacity });
    return { result, change: { action: "pool.created", id: poolId, name, fields } };
  });
}
