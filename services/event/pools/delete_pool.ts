import { DomainError } from "@evently/shared/errors";
import { assertNotFinal } from "../events/event_rules.ts";
import { changeOffer, type OfferDeps, type OfferScope } from "./change_offer.ts";
import { poolOf } from "./pool_rules.ts";
import { callRetirePool, dropDraws, listPools, typesDrawingOn } from "./pools_sql.ts";

/** Names in a refusal; more types are counted. */
const MAX_NAMES = 5;

/**
 * Deletes a pool of which no seat is held or sold and on which no ticket type draws; archived types cease to.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`, `POOL_NOT_FOUND`; `EVENT_STATE_CONFLICT`: the event is cancelled;
 * `POOL_IN_USE`
 */
export async function deletePool(
  { clock, ...deps }: OfferDeps,
  { poolId, ...scope }: OfferScope & { poolId: string },
): Promise<void> {
  const { eventId } = scope;
  const now = clock.now();
  await changeOffer({ clock, ...deps }, scope, async (tx, event) => {
    const found = poolOf(await listPools(tx, eventId), poolId);
    if (!found) throw new DomainError("POOL_NOT_FOUND");
    assertNotFinal(event);
    if (poolId === eventId) {
      throw new DomainError("POOL_IN_USE", "it is the house, on which every ticket type draws");
    }
    const { pool, held, sold } = found;
    const types = await typesDrawingOn(tx, { eventId, pool });
    const names = types.filter(({ isArchived }) => !isArchived).map(({ name }) => name);
    if (names.length > 0) {
      throw new DomainError("POOL_IN_USE", `ticket types draw on it: ${listOf(names)}`);
    }
    // A number may be given to another pool, so no type keeps it, archived or not.
    await dropDraws(tx, { eventId, pool, now });
    if (!await callRetirePool(tx, { eventId, pool })) {
      throw new DomainError(
        "POOL_IN_USE",
        `seats are held or sold: current value is ${held + sold}`,
      );
    }
    const change = { action: "pool.deleted", id: poolId, name: found.name } as const;
    return { result: undefined, change };
  });
}

function listOf(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return [...names.slice(0, MAX_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}
