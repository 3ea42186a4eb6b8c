import { HOUSE } from "../inventory/ledger/chain.ts";
import { ownPoolId } from "../pools/pool_rules.ts";
import type { PoolRecord } from "../pools/pools_sql.ts";
import type { TicketKind, TicketTypeRecord, TicketTypeStatus } from "./ticket_types_sql.ts";

/** A pool besides the house that a ticket takes seats of. */
export interface Draw {
  poolId: string;
  units: number;
}

/** What an organiser sets of a ticket type. */
export interface TicketTypeSettings {
  name: string;
  description: string | null;
  kind: TicketKind;
  priceMinor: number;
  /** Seats of the house that one ticket takes; as many people it admits. */
  gives: number;
  /** Tickets in the type's own pool; `null`: it has none. */
  capacity: number | null;
  /** Besides the house and the own pool, in the order of the event's pools. */
  pools: Draw[];
  minPerOrder: number;
  maxPerOrder: number | null;
  maxPerBuyer: number | null;
  salesStart: Date | null;
  salesEnd: Date | null;
  status: TicketTypeStatus;
  position: number;
}

/** The settings of a stored type; `pools` are all of the event's. */
export function settingsOf(
  type: TicketTypeRecord,
  pools: readonly PoolRecord[],
): TicketTypeSettings {
  const { units: [gives = 1] } = type;
  const ownId = ownPoolId(type.ticketTypeId);
  const drawn = pools.flatMap(({ pool, poolId, capacity }) => {
    const place = type.pools.indexOf(pool);
    return place < 0 || pool === HOUSE ? [] : [{ poolId, capacity, units: type.units[place]! }];
  });
  return {
    name: type.name,
    description: type.description,
    kind: type.kind,
    priceMinor: type.priceMinor,
    gives,
    capacity: drawn.find(({ poolId }) => poolId === ownId)?.capacity ?? null,
    pools: drawn.filter(({ poolId }) => poolId !== ownId)
      .map(({ poolId, units }) => ({ poolId, units })),
    minPerOrder: type.minPerOrder,
    maxPerOrder: type.maxPerOrder,
    maxPerBuyer: type.maxPerBuyer,
    salesStart: type.salesStart,
    salesEnd: type.salesEnd,
    status: type.status,
    position: type.position,
  };
}
