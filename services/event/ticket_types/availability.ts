import { type EventRecord, isEventOnSale } from "../events/events_sql.ts";
import type { PoolRecord } from "../pools/pools_sql.ts";
import type { TicketTypeRecord, TicketTypeStatus } from "./ticket_types_sql.ts";

/** Whether a ticket type is sold now, and if not, why. */
export type TicketTypeState =
  | "on_sale"
  | "soon"
  | "ended"
  | "sold_out"
  | Exclude<TicketTypeStatus, "active">;

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
  const { status, salesStart, salesEnd, minPerOrder } = type;
  if (status !== "active") return { state: status, available: 0 };
  if (!isEventOnSale(event, now)) {
    return { state: event.status === "draft" ? "soon" : "ended", available: 0 };
  }
  if (salesStart && salesStart > now) return { state: "soon", available: 0 };
  if (salesEnd && salesEnd <= now) return { state: "ended", available: 0 };
  const free = Math.min(
    ...type.pools.map((number, place) => {
      const available = pools.find(({ pool }) => pool === number)?.available ?? 0;
      return Math.floor(available / type.units[place]!);
    }),
  );
  const canOrder = free >= minPerOrder && smallestOrder(type) <= largestOrder(event);
  return canOrder ? { state: "on_sale", available: free } : { state: "sold_out", available: 0 };
}

/** Tickets of the event, one for each seat of the house, in the smallest order of the type. */
function smallestOrder({ minPerOrder, units }: TicketTypeRecord): number {
  return minPerOrder * units[0]!;
}

function largestOrder({ maxTicketsPerBooking, maxHeldPerUser }: EventLimits): number {
  return Math.min(maxTicketsPerBooking, maxHeldPerUser ?? maxTicketsPerBooking);
}
