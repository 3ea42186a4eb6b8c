/** The wire shapes of the public reads and of other services' look-ups, and their mapping. */
import { z } from "@hono/zod-openapi";
import { dayQuery, pageQuery, queryText } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import { atTime, type EventRecord, isEventOnSale } from "../events/events_sql.ts";
import { withoutNulls } from "../events/values.ts";
import { EventResponse, RefundPolicy, Status, toEventResponse } from "../events/wire.ts";
import {
  givesOf,
  largestOrder,
  type Offer,
  type OfferedType,
  saleAt,
  typeAt,
} from "../inventory/offer.ts";
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

/** `ended`: its sale, or the sale of the event, is over. `waitlist`: sold out, and people wait for it. */
const TypeState = z.enum(["on_sale", "soon", "ended", "sold_out", "waitlist"]);

const EventState = z.enum([...TypeState.options, "cancelled"]).openapi({
  description:
    "Of all ticket types. `soon`: the sale begins at `sales_start`. `ended`: the sale is over, or the event has begun. " +
    "`waitlist`: sold out, and people wait for it",
});

/** A ticket type as buyers see it. Paused and archived types are not shown. */
const TicketType = z.object({
  ticket_type_id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  kind: z.enum(["paid", "free"]),
  price: z.number(),
  /** Tickets that can be bought now; 0 unless `state` is `on_sale`. */
  available: z.int(),
  state: TypeState,
  sales_start: z.string().optional(),
  sales_end: z.string().optional(),
  min_per_order: z.int(),
  max_per_order: z.int(),
  max_per_buyer: z.int().optional(),
  /** How many people one ticket admits. */
  gives: z.int(),
}).openapi("TicketType");

const TypeAvailability = z.object({
  ticket_type_id: z.string(),
  available: z.int(),
  state: TypeState,
}).openapi("TicketTypeAvailability");

export const PublicEventResponse = EventResponse.extend({
  ticket_types: z.array(TicketType),
  state: EventState,
  sales_start: z.string().optional().openapi({
    description: "When the sale of its first ticket type begins; while `state` is `soon`",
  }),
}).openapi("PublicEvent");

export const AvailabilityResponse = z.object({
  available_seats: z.int(),
  status: Status.exclude(["draft"]),
  last_updated: z.string(),
  on_sale: z.boolean(),
  by_type: z.array(TypeAvailability),
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
  /** Absent if it sells its default ticket type alone, a seat a ticket, without limits. */
  by_type: z.array(TypeAvailability).optional(),
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
  event_type: z.string(),
  image_url: z.string().optional(),
  organiser_name: z.string(),
  venue_address: z.string(),
  venue_state: z.string().optional(),
  venue_country: z.string(),
  venue_postal_code: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  /** Largest `hours_before` first; absent for the platform's default. */
  refund_policy: RefundPolicy.optional(),
  version: z.int(),
}).openapi("EventSummary");

/** The events that exist, in no order. */
export const LookupResponse = z.object({ events: z.array(EventSummaryBody) })
  .openapi("LookupResponse");

export type BookableEvent = z.infer<typeof BookableEvent>;
type PublicEventResponse = z.infer<typeof PublicEventResponse>;
type PublicStatus = z.infer<typeof AvailabilityResponse>["status"];

/** An event that was read with what it offers. */
export interface OfferingEvent extends EventRecord {
  offer: Offer;
}

export function toEventFilter(
  { type, city, date_from, date_to }: z.infer<typeof EventListQuery>,
): EventFilter {
  return { type, city, dateFrom: date_from, dateTo: date_to };
}

/** A public event and its ticket types at `now`. */
export function toPublicEvent(event: OfferingEvent, now: Date): PublicEventResponse {
  const types = event.offer.types.map((type) => toTicketType(type, { event, now }));
  return { ...toEventResponse(event, now), ticket_types: types, ...saleOf(event, now) };
}

/** The state of the sale of an event at `now`, and when it begins if it is still to. */
function saleOf(
  event: OfferingEvent,
  now: Date,
): Pick<PublicEventResponse, "state" | "sales_start"> {
  if (event.status === "cancelled") return { state: "cancelled" };
  if (!isEventOnSale(event, now)) return { state: "ended" };
  const { state, salesStart } = saleAt(event.offer, now);
  return { state, ...(salesStart ? { sales_start: salesStart.toISOString() } : {}) };
}

function toTicketType(
  type: OfferedType,
  { event, now }: { event: OfferingEvent; now: Date },
): z.infer<typeof TicketType> {
  return withoutNulls({
    ticket_type_id: type.ticketTypeId,
    name: type.name,
    description: type.description,
    kind: type.kind,
    price: toMajor(type.priceMinor, event.currency),
    ...availabilityOf(type, { event, now }),
    sales_start: toTime(type.salesStartMs),
    sales_end: toTime(type.salesEndMs),
    min_per_order: type.minPerOrder,
    max_per_order: Math.max(largestOrder(type, event.offer), 0),
    max_per_buyer: type.maxPerBuyer,
    gives: givesOf(type),
  });
}

function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** The availability of an event at `now`. */
export function toAvailability(
  record: OfferingEvent & { asOf: Date; status: PublicStatus },
  now: Date,
): z.infer<typeof AvailabilityResponse> {
  const { availableSeats, status, asOf } = atTime(record, now);
  return {
    available_seats: availableSeats,
    status,
    last_updated: asOf.toISOString(),
    on_sale: isEventOnSale(record, now),
    by_type: byType(record, now),
  };
}

function byType(event: OfferingEvent, now: Date): z.infer<typeof TypeAvailability>[] {
  return event.offer.types.map((type) => ({
    ticket_type_id: type.ticketTypeId,
    ...availabilityOf(type, { event, now }),
  }));
}

/** A type of an event that is not on sale is not on sale, whatever its own window. */
function availabilityOf(
  type: OfferedType,
  { event, now }: { event: OfferingEvent; now: Date },
) {
  return isEventOnSale(event, now)
    ? typeAt(type, { offer: event.offer, now })
    : { available: 0, state: "ended" as const };
}

/** @param status the event's at `now`, which is on sale or sold out */
export function toBookableEvent(
  record: EventRecord,
  { status, now }: { status: BookableEvent["status"]; now: Date },
): BookableEvent {
  const event = atTime(record, now);
  const { offer } = event;
  return {
    event_id: event.eventId,
    available_seats: event.availableSeats,
    max_tickets_per_booking: event.maxTicketsPerBooking,
    base_price: toMajor(event.basePriceMinor, event.currency),
    version: event.version,
    status,
    name: event.name,
    currency: event.currency,
    start_datetime: event.startsAt.toISOString(),
    on_sale: isEventOnSale(event, now),
    seat_seq: event.seatSeq,
    ...(event.refundPolicy ? { refund_policy: event.refundPolicy } : {}),
    ...(offer ? { by_type: byType({ ...event, offer }, now) } : {}),
  };
}

export function toEventSummary(summary: EventSummary, now: Date): z.infer<typeof EventSummaryBody> {
  const event = atTime(summary, now);
  return withoutNulls({
    event_id: event.eventId,
    name: event.name,
    venue_name: event.venueName,
    venue_city: event.venueCity,
    start_datetime: event.startsAt.toISOString(),
    end_datetime: event.endsAt.toISOString(),
    timezone: event.timezone ?? DEFAULT_TIME_ZONE,
    status: event.status,
    currency: event.currency,
    event_type: event.eventType,
    image_url: event.imageUrl,
    organiser_name: event.organiserName,
    venue_address: event.venueAddress,
    venue_state: event.venueState,
    venue_country: event.venueCountry,
    venue_postal_code: event.venuePostalCode,
    latitude: event.latitude,
    longitude: event.longitude,
    refund_policy: event.refundPolicy,
    version: event.version,
  });
}
