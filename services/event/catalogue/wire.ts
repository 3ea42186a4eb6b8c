/** The wire shapes of the public reads and of other services' look-ups, and their mapping. */
import { z } from "@hono/zod-openapi";
import { dayQuery, pageQuery, queryText } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import { type EventRecord, isEventOnSale } from "../events/events_sql.ts";
import { RefundPolicy, Status } from "../events/wire.ts";
import type { EventFilter } from "./published_events_sql.ts";
import type { EventSummary } from "./summaries_sql.ts";

/** The most events of one look-up. */
const MAX_LOOKUP = 100;

export const EventListQuery = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  type: queryText("type").optional(),
  city: queryText("city").optional(),
  date_from: dayQuery("date_from"),
  date_to: dayQuery("date_to"),
});

export const AvailabilityResponse = z.object({
  available_seats: z.int(),
  status: Status.exclude(["draft"]),
  last_updated: z.string(),
  on_sale: z.boolean(),
}).openapi("Availability");

/** A published event, as the booking service needs it. */
export const BookableEvent = z.object({
  event_id: z.string(),
  available_seats: z.int(),
  max_tickets_per_booking: z.int(),
  base_price: z.number(),
  version: z.int(),
  status: z.enum(["published", "sold_out"]),
  name: z.string(),
  currency: z.string(),
  start_datetime: z.string(),
  on_sale: z.boolean(),
  /** The inventory's change number when so many seats were available. */
  seat_seq: z.int(),
  refund_policy: RefundPolicy.optional(),
}).openapi("BookableEvent");

export const LookupRequest = z.object({
  event_ids: z.array(z.guid()).min(1).max(MAX_LOOKUP),
}).openapi("LookupRequest");

const EventSummaryBody = z.object({
  event_id: z.string(),
  name: z.string(),
  venue_name: z.string(),
  venue_city: z.string(),
  start_datetime: z.string(),
  end_datetime: z.string(),
  timezone: z.string(),
  status: Status,
  currency: z.string(),
  /** Largest `hours_before` first; absent for the platform's default. */
  refund_policy: RefundPolicy.optional(),
}).openapi("EventSummary");

/** The events that exist, in no order. */
export const LookupResponse = z.object({ events: z.array(EventSummaryBody) })
  .openapi("LookupResponse");

export type BookableEvent = z.infer<typeof BookableEvent>;

export function toEventFilter(
  { type, city, date_from, date_to }: z.infer<typeof EventListQuery>,
): EventFilter {
  return { type, city, dateFrom: date_from, dateTo: date_to };
}

/** @param status the event's, which is on sale or sold out */
export function toBookableEvent(
  event: EventRecord,
  { status, now }: { status: BookableEvent["status"]; now: Date },
): BookableEvent {
  return {
    event_id: event.eventId,
    available_seats: event.availableSeats,
    max_tickets_per_booking: event.maxTicketsPerBooking,
    base_price: toMajor(event.basePriceMinor),
    version: event.version,
    status,
    name: event.name,
    currency: event.currency,
    start_datetime: event.startsAt.toISOString(),
    on_sale: isEventOnSale(event, now),
    seat_seq: event.seatSeq,
    ...(event.refundPolicy ? { refund_policy: event.refundPolicy } : {}),
  };
}

export function toEventSummary(event: EventSummary): z.infer<typeof EventSummaryBody> {
  return {
    event_id: event.eventId,
    name: event.name,
    venue_name: event.venueName,
    venue_city: event.venueCity,
    start_datetime: event.startsAt.toISOString(),
    end_datetime: event.endsAt.toISOString(),
    timezone: event.timezone ?? DEFAULT_TIME_ZONE,
    status: event.status,
    currency: event.currency,
    ...(event.refundPolicy ? { refund_policy: event.refundPolicy } : {}),
  };
}
