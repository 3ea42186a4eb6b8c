import { type EventRecord, isEventOnSale } from "../events/events_sql.ts";
import { typeAt, type TypeState } from "../inventory/offer.ts";
import type { PoolRecord } from "../pools/pools_sql.ts";
import type { TicketTypeRecord, TicketTypeStatus } from "./ticket_types_sql.ts";

/** Whether a ticket type is sold now, and if not, why. */
export type TicketTypeState = TypeState | Exclude<TicketTypeStatus, "active">;

export interface TicketTypeAvailability {
  state: TicketTypeState;
  /** Tickets that one more order could hold; 0 unless `on_sale`. */
  available: number;
}

type EventLimits = Pick<
  EventRecord,
  "status" | "startsAt" | "maxTicketsPerBooking" | "maxHeldPerUser"
>;

/** How many tickets of a type can be bought at a moment: as many as its scarcest pool has seats for. */
export function availabilityOf(
  type: TicketTypeRecord,
  { event, pools, now }: { event: EventLimits; pools: readonly PoolRecord[]; now: Date },
): TicketTypeAvailability {
  if (type.status !== "active") return { state: type.status, available: 0 };
  if (!isEventOnSale(event, now)) {
    return { state: event.status === "draft" ? "soon" : "ended", available: 0 };
  }
  const offered = {
    ...type,
    salesStartMs: type.salesStart?.getTime() ?? null,
    salesEndMs: type.salesEnd?.getTime() ?? null,
  };
  const offer = {
    maxTickets: event.maxTicketsPerBooking,
    maxHeld: event.maxHeldPerUser,
    free: Object.fromEntries(pools.map(({ pool, available }) => [pool, available])),
    types: [offered],
  };
  return typeAt(offered, { offer, now });
}
