import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import type { Takings } from "../peers/event_bookings.ts";
import { type EventRecord, isEventOnSale } from "./events_sql.ts";
import { RefundPolicy } from "../catalogue/summary.ts";
import { withoutNulls } from "./sparse.ts";
import type { Analytics } from "../sales/view_analytics.ts";

const NOTHING_TAKEN = { grossMinor: 0, refundedMinor: 0 };

const Status = z.enum(["draft", "published", "sold_out", "cancelled"]);

export const EventResponse = z.object({
  event_id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  venue_id: z.string(),
  venue_name: z.string(),
  venue_address: z.string(),
  venue_city: z.string(),
  venue_state: z.string().optional(),
  venue_country: z.string(),
  event_type: z.string(),
  start_datetime: z.string(),
  end_datetime: z.string(),
  total_capacity: z.int(),
  available_seats: z.int(),
  base_price: z.number(),
  max_tickets_per_booking: z.int(),
  status: Status,
  version: z.int(),
  created_by: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  currency: z.string(),
  timezone: z.string().optional(),
  image_url: z.string().optional(),
  refund_policy: RefundPolicy.optional(),
  public_counts: z.boolean(),
  /** Whether tickets are on sale now; sold out, they are. */
  on_sale: z.boolean(),
}).openapi("Event");

export const EventListResponse = z.object({
  events: z.array(EventResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("EventList");

export const AvailabilityResponse = z.object({
  available_seats: z.int(),
  status: Status.exclude(["draft"]),
  last_updated: z.string(),
  on_sale: z.boolean(),
}).openapi("Availability");

/** What was paid, what of it goes back, and what remains. */
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
  /** Of sales made before the event's currency was changed. */
  other_takings: z.array(z.object({ currency: z.string(), ...MONEY_FIELDS })).optional(),
}).openapi("EventAnalytics");

export type EventResponse = z.infer<typeof EventResponse>;
export type EventListResponse = z.infer<typeof EventListResponse>;
export type AnalyticsResponse = z.infer<typeof AnalyticsResponse>;

/** An event as it is shown at `now`. */
export function toEventResponse(event: EventRecord, now: Date): EventResponse {
  return withoutNulls({
    event_id: event.event_id,
    name: event.name,
    description: event.description,
    venue_id: event.venue_id,
    venue_name: event.venue_name,
    venue_address: event.venue_address,
    venue_city: event.venue_city,
    venue_state: event.venue_state,
    venue_country: event.venue_country,
    event_type: event.event_type,
    start_datetime: event.start_at.toISOString(),
    end_datetime: event.end_at.toISOString(),
    total_capacity: event.total_capacity,
    available_seats: event.available_seats,
    base_price: toMajor(event.base_price_minor),
    max_tickets_per_booking: event.max_tickets_per_booking,
    status: event.status,
    version: event.version,
    created_by: event.created_by,
    created_at: event.created_at.toISOString(),
    updated_at: event.updated_at.toISOString(),
    currency: event.currency,
    timezone: event.timezone,
    image_url: event.image_url,
    refund_policy: event.refund_policy,
    public_counts: event.public_counts,
    on_sale: isEventOnSale(event, now),
  });
}

export function toEventListResponse(
  { events, total }: { events: EventRecord[]; total: number },
  { page, limit, now }: { page: number; limit: number; now: Date },
): EventListResponse {
  return {
    events: events.map((event) => toEventResponse(event, now)),
    total,
    page,
    limit,
    has_more: page * limit < total,
  };
}

export function toAnalyticsResponse({ sales, takings }: Analytics): AnalyticsResponse {
  const own = takings.find(({ currency }) => currency === sales.currency);
  const others = takings.filter((taken) => taken !== own);
  const money = toMoney(own);
  return {
    event_id: sales.event_id,
    name: sales.name,
    total_capacity: sales.capacity,
    available_seats: sales.available,
    tickets_sold: sales.sold,
    capacity_utilization: Math.round(sales.sold / sales.capacity * 10_000) / 100,
    base_price: toMajor(sales.base_price_minor),
    estimated_revenue: money.net,
    ...money,
    held_seats: sales.held,
    currency: sales.currency,
    status: sales.status,
    ...(others.length > 0
      ? { other_takings: others.map((taken) => ({ currency: taken.currency, ...toMoney(taken) })) }
      : {}),
  };
}

function toMoney({ grossMinor, refundedMinor }: Omit<Takings, "currency"> = NOTHING_TAKEN) {
  return {
    gross: toMajor(grossMinor),
    refunded: toMajor(refundedMinor),
    net: toMajor(grossMinor - refundedMinor),
  };
}
