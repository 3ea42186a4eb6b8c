import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import { Status } from "../events/wire.ts";
import type { Takings } from "../peers/event_bookings.ts";
import type { Analytics } from "./view_analytics.ts";

const NOTHING_TAKEN = { grossMinor: 0, refundedMinor: 0 };

/** Money paid, money refunded or owed as a refund, and the difference. */
const MONEY_FIELDS = { gross: z.number(), refunded: z.number(), net: z.number() };

export const AnalyticsResponse = z.object({
  event_id: z.string(),
  name: z.string(),
  total_capacity: z.int(),
  available_seats: z.int(),
  tickets_sold: z.int(),
  /** Percent of the capacity that is sold, with two decimals. */
  capacity_utilization: z.number(),
  base_price: z.number(),
  estimated_revenue: z.number(),
  ...MONEY_FIELDS,
  held_seats: z.int(),
  currency: z.string(),
  status: Status,
  /** Sales made before the event's currency was changed. */
  other_takings: z.array(z.object({ currency: z.string(), ...MONEY_FIELDS })).optional(),
  /** By position, archived types, too. */
  by_type: z.array(z.object({
    ticket_type_id: z.string(),
    name: z.string(),
    /** Tickets, each of which may take several seats. */
    sold: z.int(),
    held: z.int(),
    /** What the tickets sold now cost, at the prices that they were sold at. */
    estimated_revenue: z.number(),
  })),
}).openapi("EventAnalytics");

export type AnalyticsResponse = z.infer<typeof AnalyticsResponse>;

export function toAnalyticsResponse({ sales, byType, takings }: Analytics): AnalyticsResponse {
  const own = takings.find(({ currency }) => currency === sales.currency);
  const others = takings.filter((taken) => taken !== own);
  const money = toMoney(own ?? { ...NOTHING_TAKEN, currency: sales.currency });
  return {
    event_id: sales.eventId,
    name: sales.name,
    total_capacity: sales.capacity,
    available_seats: sales.availableSeats,
    tickets_sold: sales.sold,
    capacity_utilization: Math.round(sales.sold / sales.capacity * 10_000) / 100,
    base_price: toMajor(sales.basePriceMinor, sales.currency),
    estimated_revenue: money.net,
    ...money,
    held_seats: sales.held,
    currency: sales.currency,
    status: sales.status,
    ...(others.length > 0
      ? { other_takings: others.map((taken) => ({ currency: taken.currency, ...toMoney(taken) })) }
      : {}),
    by_type: byType.map(({ ticketTypeId, name, sold, held, soldMinor }) => ({
      ticket_type_id: ticketTypeId,
      name,
      sold,
      held,
      estimated_revenue: toMajor(soldMinor, sales.currency),
    })),
  };
}

function toMoney({ grossMinor, refundedMinor, currency }: Takings) {
  return {
    gross: toMajor(grossMinor, currency),
    refunded: toMajor(refundedMinor, currency),
    net: toMajor(grossMinor - refundedMinor, currency),
  };
}
