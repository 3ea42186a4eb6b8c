import { DomainError, invalidInput } from "@evently/shared/errors";
import { ownPoolId, poolOf } from "../pools/pool_rules.ts";
import type { PoolRecord } from "../pools/pools_sql.ts";
import type { Draw, TicketTypeSettings } from "./settings.ts";
import type { TicketTypeRecord } from "./ticket_types_sql.ts";

/** Ticket types of an event; archived ones count, too. */
export const MAX_TICKET_TYPES = 50;
/** Pools that one type draws on, the house and its own included. */
export const MAX_DRAWS = 8;

/** A draw as requested; without `units` it takes as many seats as of the house. */
export interface RequestedDraw {
  poolId: string;
  units?: number | undefined;
}

/**
 * Asserts that the settings of a new or changed type agree with each other.
 *
 * @throws {DomainError} `VALIDATION_FAILED`
 */
export function assertSettings(settings: TicketTypeSettings): void {
  const { kind, priceMinor, minPerOrder, maxPerOrder, maxPerBuyer } = settings;
  if (kind === "free" && priceMinor > 0) {
    throw invalidInput("price", "price must be 0 as kind is free");
  }
  if (kind === "paid" && priceMinor === 0) {
    throw invalidInput(
      "price",
      "price must be more than 0 as kind is paid: only kind free costs nothing",
    );
  }
  if (maxPerOrder !== null && maxPerOrder < minPerOrder) {
    throw invalidInput(
      "max_per_order",
      `max_per_order must be at least min_per_order: ${minPerOrder}`,
    );
  }
  if (maxPerBuyer !== null && maxPerBuyer < minPerOrder) {
    throw invalidInput(
      "max_per_buyer",
      `max_per_buyer must be at least min_per_order: ${minPerOrder}`,
    );
  }
  const { salesStart, salesEnd, capacity, pools } = settings;
  if (salesStart && salesEnd && salesStart >= salesEnd) {
    throw invalidInput("sales_start", "sales_start must be before sales_end");
  }
  const draws = 1 + pools.length + (capacity === null ? 0 : 1);
  if (draws > MAX_DRAWS) {
    throw invalidInput(
      "pools",
      `pools must be at most ${MAX_DRAWS} with the house and the pool of capacity: they are ${draws}`,
    );
  }
}

/**
 * The requested draws, in the order of the event's pools.
 *
 * @param type `pools` are all of the event's
 * @throws {DomainError} `VALIDATION_FAILED`: a pool is not of the event, the house, the type's own, or named twice
 */
export function resolveDraws(
  requested: readonly RequestedDraw[],
  { pools, gives, eventId, ticketTypeId }: {
    pools: readonly PoolRecord[];
    gives: number;
    eventId: string;
    ticketTypeId: string;
  },
): Draw[] {
  const unitsOf = new Map<string, number>();
  for (const [place, { poolId, units = gives }] of requested.entries()) {
    const path = `pools.${place}.pool_id`;
    if (poolId === eventId) {
      throw invalidInput(path, `${path} must not be the house, on which every ticket type draws`);
    }
    if (poolId === ownPoolId(ticketTypeId)) {
      throw invalidInput(path, `${path} must not be the type's own pool, which capacity sets`);
    }
    if (!poolOf(pools, poolId)) throw invalidInput(path, `${path} must be a pool of this event`);
    if (unitsOf.has(poolId)) throw invalidInput(path, `${path} must not name a pool twice`);
    unitsOf.set(poolId, units);
  }
  return pools.flatMap(({ poolId }) => {
    const units = unitsOf.get(poolId);
    return units === undefined ? [] : [{ poolId, units }];
  });
}

/**
 * Asserts that an event has another type that is not archived.
 *
 * @throws {DomainError} `LAST_TICKET_TYPE`
 */
export function assertNotLast(
  types: readonly TicketTypeRecord[],
  { type }: Pick<TicketTypeRecord, "type">,
): void {
  const others = types.filter((other) => other.type !== type && other.status !== "archived");
  if (others.length === 0) throw new DomainError("LAST_TICKET_TYPE");
}
