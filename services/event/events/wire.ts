/** The wire shapes of events, and their mapping to and from records. */
import { z } from "@hono/zod-openapi";
import {
  amount,
  choiceQuery,
  clearableText,
  type CsvCell,
  MAX_INT32,
  minorAmount,
  optionalText,
  pageQuery,
  queryText,
  requiredId,
  requiredText,
  wholeNumberQuery,
} from "@evently/shared/http";
import { DEFAULT_CURRENCY, toMajor } from "@evently/shared/money";
import { localTime } from "@evently/shared/time_zone";
import type { WishedDraft } from "./create_draft.ts";
import type { WishedColumns } from "./event_changes_sql.ts";
import {
  atTime,
  EVENT_ORDERS,
  EVENT_STATES,
  type EventPage,
  type EventRecord,
  isEventOnSale,
  type ManagedEventFilter,
  pricesOfEvent,
} from "./events_sql.ts";
import { Currency, ImageUrl, instant, positive, Timezone } from "./fields.ts";
import type { Takings } from "../peers/event_bookings.ts";
import { inRefundOrder } from "./refund_policy.ts";
import type { EventUpdate } from "./update_event.ts";
import { withoutNulls } from "./values.ts";

const NAME_AND_TYPE_REQUIRED = "Name and event_type are required";
const NOT_POSITIVE = "Total capacity must be positive";
const MAX_DESCRIPTION_CHARS = 20_000;
const MAX_ACCESS_NOTES_CHARS = 2_000;
const DEFAULT_MAX_TICKETS = 10;

/** How much of a price is refunded, by how long before the start a booking is cancelled. */
export const RefundPolicy = z.array(z.object({
  /** At least this many hours before the start, … */
  hours_before: z.number().min(0).max(100_000),
  /** … this share of the price is refunded. */
  percent: z.number().min(0).max(100),
})).min(1).max(10);

const Name = requiredText("name", { required: NAME_AND_TYPE_REQUIRED });
const EventType = requiredText("event_type", { required: NAME_AND_TYPE_REQUIRED, max: 100 });
const Description = optionalText("description", { max: MAX_DESCRIPTION_CHARS });
const AccessNotes = { max: MAX_ACCESS_NOTES_CHARS };
const VenueId = requiredId("venue_id");
const Capacity = positive("total_capacity", NOT_POSITIVE);
const BasePrice = amount("base_price", { negative: "Base price cannot be negative" });
const MaxTickets = positive("max_tickets_per_booking");
const MaxHeld = positive("max_held_per_user");
/** Whether `GET /events/{id}/proof` shows how many seats are held and sold. */
const PublicCounts = z.boolean("public_counts must be true or false");
const VERSION_TOO_SMALL = "Version must be positive";
/** The version that an update is of. */
export const Version = z.int("version must be a whole number").min(1, VERSION_TOO_SMALL)
  .max(MAX_INT32);

export const CreateEventRequest = z.object({
  name: Name,
  description: Description,
  venue_id: VenueId,
  event_type: EventType,
  start_datetime: instant("start_datetime"),
  end_datetime: instant("end_datetime"),
  total_capacity: Capacity,
  base_price: BasePrice,
  max_tickets_per_booking: MaxTickets.default(DEFAULT_MAX_TICKETS),
  /** Tickets that one buyer can hold at once, not yet paid; null: no limit. */
  max_held_per_user: MaxHeld.nullish(),
  currency: Currency.default(DEFAULT_CURRENCY),
  timezone: Timezone.nullish(),
  image_url: ImageUrl.nullish(),
  access_notes: optionalText("access_notes", AccessNotes),
  refund_policy: RefundPolicy.nullish(),
  public_counts: PublicCounts.default(false),
}).openapi("CreateEventRequest");

/** Absent fields and stored values stay as they are; null removes an optional value. */
export const UpdateEventRequest = z.object({
  name: Name.optional(),
  description: clearableText("description", { max: MAX_DESCRIPTION_CHARS }),
  venue_id: VenueId.optional(),
  event_type: EventType.optional(),
  start_datetime: instant("start_datetime").optional(),
  end_datetime: instant("end_datetime").optional(),
  total_capacity: Capacity.optional(),
  base_price: BasePrice.optional(),
  max_tickets_per_booking: MaxTickets.optional(),
  max_held_per_user: MaxHeld.nullable().optional(),
  currency: Currency.optional(),
  timezone: Timezone.nullable().optional(),
  image_url: ImageUrl.nullable().optional(),
  access_notes: clearableText("access_notes", AccessNotes),
  refund_policy: RefundPolicy.nullable().optional(),
  public_counts: PublicCounts.optional(),
  /** `sold_out` is accepted from clients that send back what they read; only the seats set it. */
  status: z.enum(["draft", "published", "sold_out", "cancelled"], {
    error: "status must be one of draft, published, cancelled",
  }).optional(),
  version: Version.nullish(),
}).openapi("UpdateEventRequest");

/** The version to cancel; it is sent in the query or in the body. */
export const CancelEventQuery = z.object({
  version: wholeNumberQuery("version", { min: 1, tooSmall: VERSION_TOO_SMALL }).optional(),
});
export const CancelEventRequest = z.object({ version: Version.nullish() })
  .openapi("CancelEventRequest");

export const ManagedEventsQuery = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  q: queryText("q").optional(),
  state: choiceQuery("state", EVENT_STATES),
  sort: choiceQuery("sort", EVENT_ORDERS),
  include: choiceQuery("include", ["revenue"]),
});

/** Everything that the organiser leaves open has a default, so that a name is enough. */
export const CreateDraftRequest = z.object({
  name: Name,
  venue_id: requiredId("venue_id").optional(),
  event_type: EventType.optional(),
  start_datetime: instant("start_datetime").optional(),
  end_datetime: instant("end_datetime").optional(),
  total_capacity: Capacity.optional(),
}).openapi("CreateDraftRequest");

/** Without a start, it is at the same time of the same day of a coming week. */
export const DuplicateEventRequest = z.object({
  name: Name.optional(),
  start_datetime: instant("start_datetime").optional(),
}).openapi("DuplicateEventRequest");

export const Status = z.enum(["draft", "published", "sold_out", "cancelled"]);

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
  /** Tickets that one buyer can hold at once, not yet paid; absent: no limit. */
  max_held_per_user: z.int().optional(),
  /** In which its days are counted; of its venue where the organiser named none. */
  timezone: z.string(),
  image_url: z.string().optional(),
  refund_policy: RefundPolicy.optional(),
  public_counts: z.boolean(),
  /** Whether tickets are on sale now; true also for a sold-out event. */
  on_sale: z.boolean(),
  /** The lowest and the highest price of a ticket. */
  price_range: z.object({ min: z.number(), max: z.number() }),
  venue_postal_code: z.string().optional(),
  /** Of the venue; both or neither. */
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  organiser_name: z.string(),
  /** How people with disabilities get in and about. */
  access_notes: z.string().optional(),
}).openapi("Event");

export const EventListResponse = z.object({
  events: z.array(EventResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("EventList");

/** An event as its organiser sees it. */
export const ManagedEventResponse = EventResponse.extend({
  tickets_sold: z.int().openapi({ description: "Seats sold now" }),
  held_seats: z.int(),
  set_aside_seats: z.int().openapi({ description: "Seats kept for those who wait" }),
  organisation_id: z.guid(),
  revenue: z.array(z.object({ amount: z.number(), currency: z.string() })).optional().openapi({
    description: "Paid less refunds, one entry per currency; of a list with `include=revenue`",
  }),
}).openapi("ManagedEvent");

export const ManagedEventListResponse = EventListResponse.extend({
  events: z.array(ManagedEventResponse),
}).openapi("ManagedEventList");

export type CreateEventRequest = z.infer<typeof CreateEventRequest>;
export type UpdateEventRequest = z.infer<typeof UpdateEventRequest>;
export type EventResponse = z.infer<typeof EventResponse>;
export type ManagedEventResponse = z.infer<typeof ManagedEventResponse>;
export type EventListResponse = z.infer<typeof EventListResponse>;

/**
 * The columns of a new event; absent values are null.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the price does not fit its currency
 */
export function toEventColumns(request: CreateEventRequest): WishedColumns {
  return {
    name: request.name,
    description: request.description || null,
    venueId: request.venue_id,
    eventType: request.event_type,
    startsAt: new Date(request.start_datetime),
    endsAt: new Date(request.end_datetime),
    basePriceMinor: minorAmount(request.base_price, {
      field: "base_price",
      currency: request.currency,
    }),
    currency: request.currency,
    maxTicketsPerBooking: request.max_tickets_per_booking,
    maxHeldPerUser: request.max_held_per_user ?? null,
    refundPolicy: inRefundOrder(request.refund_policy ?? null),
    timezone: request.timezone ?? null,
    imageUrl: request.image_url ?? null,
    accessNotes: request.access_notes || null,
    publicCounts: request.public_counts,
  };
}

export function toDraftWishes(request: z.infer<typeof CreateDraftRequest>): WishedDraft {
  const { start_datetime, end_datetime } = request;
  return {
    name: request.name,
    venueId: request.venue_id,
    eventType: request.event_type,
    startsAt: start_datetime === undefined ? undefined : new Date(start_datetime),
    endsAt: end_datetime === undefined ? undefined : new Date(end_datetime),
    totalCapacity: request.total_capacity,
  };
}

export function toEventUpdate(request: UpdateEventRequest): EventUpdate {
  const { start_datetime, end_datetime, base_price, refund_policy } = request;
  return {
    version: request.version,
    requested: {
      name: request.name,
      description: request.description,
      venueId: request.venue_id,
      eventType: request.event_type,
      startsAt: start_datetime === undefined ? undefined : new Date(start_datetime),
      endsAt: end_datetime === undefined ? undefined : new Date(end_datetime),
      totalCapacity: request.total_capacity,
      basePrice: base_price,
      currency: request.currency,
      maxTicketsPerBooking: request.max_tickets_per_booking,
      maxHeldPerUser: request.max_held_per_user,
      refundPolicy: refund_policy === undefined ? undefined : inRefundOrder(refund_policy),
      timezone: request.timezone,
      imageUrl: request.image_url,
      accessNotes: request.access_notes,
      publicCounts: request.public_counts,
      status: request.status,
    },
  };
}

/** An event as clients see it at `now`. */
export function toEventResponse(record: EventRecord, now: Date): EventResponse {
  const event = atTime(record, now);
  const prices = pricesOfEvent(event);
  return withoutNulls({
    event_id: event.eventId,
    name: event.name,
    description: event.description,
    venue_id: event.venueId,
    venue_name: event.venueName,
    venue_address: event.venueAddress,
    venue_city: event.venueCity,
    venue_state: event.venueState,
    venue_country: event.venueCountry,
    event_type: event.eventType,
    start_datetime: event.startsAt.toISOString(),
    end_datetime: event.endsAt.toISOString(),
    total_capacity: event.totalCapacity,
    available_seats: event.availableSeats,
    base_price: toMajor(event.basePriceMinor, event.currency),
    max_tickets_per_booking: event.maxTicketsPerBooking,
    status: event.status,
    version: event.version,
    created_by: event.createdBy,
    created_at: event.createdAt.toISOString(),
    updated_at: event.updatedAt.toISOString(),
    currency: event.currency,
    max_held_per_user: event.maxHeldPerUser,
    timezone: event.timezone,
    image_url: event.imageUrl,
    refund_policy: event.refundPolicy,
    public_counts: event.publicCounts,
    on_sale: isEventOnSale(event, now),
    price_range: {
      min: toMajor(prices[0]!, event.currency),
      max: toMajor(prices.at(-1)!, event.currency),
    },
    venue_postal_code: event.venuePostalCode,
    latitude: event.latitude,
    longitude: event.longitude,
    organiser_name: event.organiserName,
    access_notes: event.accessNotes,
  });
}

export function toEventListResponse(
  { events, total }: EventPage,
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

export function toManagedEvent(
  event: EventRecord,
  now: Date,
): z.infer<typeof ManagedEventResponse> {
  return {
    ...toEventResponse(event, now),
    tickets_sold: event.sold,
    held_seats: event.held,
    set_aside_seats: event.setAside,
    organisation_id: event.organisationId,
  };
}

/** `revenues` are of those events whose money was asked for and told of. */
export function toManagedEventList(
  found: EventPage,
  { page, limit, now, revenues }: {
    page: number;
    limit: number;
    now: Date;
    revenues: ReadonlyMap<string, readonly Takings[]> | undefined;
  },
): z.infer<typeof ManagedEventListResponse> {
  const events = found.events.map((event) => {
    const takings = revenues?.get(event.eventId);
    return { ...toManagedEvent(event, now), ...(takings ? { revenue: takings.map(toNet) } : {}) };
  });
  return { ...toEventListResponse(found, { page, limit, now }), events };
}

function toNet({ currency, grossMinor, refundedMinor }: Takings) {
  return { amount: toMajor(grossMinor - refundedMinor, currency), currency };
}

export function toManagedEventFilter(
  { q, state, sort }: Pick<z.infer<typeof ManagedEventsQuery>, "q" | "state" | "sort">,
): ManagedEventFilter {
  return { text: q, state, order: sort };
}

/** The columns of the CSV file of an organiser's events. */
export const EVENT_CSV: Readonly<Record<string, (event: ManagedEventResponse) => CsvCell>> = {
  event_id: (event) => event.event_id,
  name: (event) => event.name,
  status: (event) => event.status,
  event_type: (event) => event.event_type,
  start: (event) => localTime(event.start_datetime, event.timezone),
  end: (event) => localTime(event.end_datetime, event.timezone),
  timezone: (event) => event.timezone,
  venue: (event) => event.venue_name,
  city: (event) => event.venue_city,
  capacity: (event) => event.total_capacity,
  sold: (event) => event.tickets_sold,
  held: (event) => event.held_seats,
  set_aside: (event) => event.set_aside_seats,
  free: (event) => event.available_seats,
  price_from: (event) => event.price_range.min,
  price_to: (event) => event.price_range.max,
  currency: (event) => event.currency,
};
