import { DomainError, invalidInput } from "@evently/shared/errors";
import type { Tx } from "@evently/shared/postgres";
import { assertNotFinal } from "../events/event_rules.ts";
import { type LockedEvent, stepTypeVersion } from "../events/event_changes_sql.ts";
import { findManagedEvent } from "../events/find_managed_event.ts";
import { updateEvent, type UpdateEventDeps } from "../events/update_event.ts";
import { changesOf, isEmpty } from "../events/values.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { changeOffer, type OfferChange, type OfferScope } from "./change_offer.ts";
import { ownPoolId, poolOf, resizePool } from "./pool_rules.ts";
import { HOUSE_NAME, listPools, type PoolRecord, renamePool, typesDrawingOn } from "./pools_sql.ts";

/** The values of a pool that an organiser sets. */
interface PoolSettings {
  name: string;
  capacity: number;
}

export interface PoolUpdate extends OfferScope {
  poolId: string;
  requested: { [Key in keyof PoolSettings]?: PoolSettings[Key] | undefined };
}

/**
 * Renames or resizes a pool; values that are stored already are no change. The capacity of the house is the event's:
 * changing it is a change of the event, and of its version. That of a type's own pool is a change of the type's version.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`, `POOL_NOT_FOUND`; `EVENT_STATE_CONFLICT`: the event is cancelled;
 * `CAPACITY_BELOW_SOLD`; `VALIDATION_FAILED`: the house cannot be renamed
 */
export async function updatePool(
  deps: UpdateEventDeps,
  { poolId, requested, ...scope }: PoolUpdate,
): Promise<PoolRecord> {
  const { eventId } = scope;
  if (poolId === eventId) return await resizeHouse(deps, { requested, ...scope });
  const now = deps.clock.now();
  return await changeOffer(
    deps,
    scope,
    (tx, event) => applyPoolUpdate(tx, { event, eventId, poolId, requested, now }),
  );
}

async function resizeHouse(
  deps: UpdateEventDeps,
  { requested: { name = HOUSE_NAME, capacity }, ...scope }: Omit<PoolUpdate, "poolId">,
): Promise<PoolRecord> {
  const { eventId } = await findManagedEvent(deps, scope);
  if (name !== HOUSE_NAME) throw invalidInput("name", `name of the house must stay ${HOUSE_NAME}`);
  await updateEvent(deps, { ...scope, requested: { totalCapacity: capacity } });
  return found(await listPools(deps.sql, eventId), eventId);
}

async function applyPoolUpdate(
  tx: Tx,
  { event, eventId, poolId, requested, now }: {
    event: LockedEvent;
    eventId: string;
    now: Date;
  } & Pick<PoolUpdate, "poolId" | "requested">,
): Promise<OfferChange<PoolRecord>> {
  const stored = found(await listPools(tx, eventId), poolId);
  const changes = changesOf<PoolSettings>(requested, stored);
  if (isEmpty(changes)) return { result: stored };
  assertNotFinal(event);
  const { name, capacity } = changes;
  const { pool } = stored;
  if (capacity !== undefined) {
    await resizePool(tx, { eventId, pool, capacity });
    const types = await typesDrawingOn(tx, { eventId, pool });
    const owner = types.find(({ ticketTypeId }) => ownPoolId(ticketTypeId) === poolId);
    if (owner) await stepTypeVersion(tx, { eventId, now, ...owner });
  }
  if (name !== undefined) await renamePool(tx, { eventId, pool, name });
  const result = found(await listPools(tx, eventId), poolId);
  const fields = changedFields(changes, stored);
  return { result, change: { action: "pool.updated", id: poolId, name: result.name, fields } };
}

function found(pools: readonly PoolRecord[], poolId: string): PoolRecord {
  const pool = poolOf(pools, poolId);
  if (!pool) throw new DomainError("POOL_NOT_FOUND");
  return pool;
}
