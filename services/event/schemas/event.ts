import { z } from "@hono/zod-openapi";
import {
  amount,
  MAX_INT32,
  optionalText,
  pageQuery,
  requiredId,
  requiredText,
} from "@evently/shared/http";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { Currency, day, ImageUrl, instant, positive, Timezone } from "./fields.ts";
import { RefundPolicy } from "./summary.ts";

const NAME_AND_TYPE_REQUIRED = "Name and event_type are required";
const NOT_POSITIVE = "Total capacity must be positive";
const MAX_DESCRIPTION_CHARS = 20_000;
const DEFAULT_MAX_TICKETS = 10;

const Name = requiredText("name", { required: NAME_AND_TYPE_REQUIRED });
const EventType = requiredText("event_type", { required: NAME_AND_TYPE_REQUIRED, max: 100 });
const Description = optionalText("description", { max: MAX_DESCRIPTION_CHARS });
const VenueId = requiredId("venue_id");
const Capacity = positive("total_capacity", NOT_POSITIVE);
const BasePrice = amount("base_price", { negative: "Base price cannot be negative" });
const MaxTickets = positive("max_tickets_per_booking");
const Version = z.int("version must be a whole number").min(1, "Version must be positive")
  .max(MAX_INT32);

/** `POST /admin/events` */
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
  currency: Currency.default(DEFAULT_CURRENCY),
  timezone: Timezone.nullish(),
  image_url: ImageUrl.nullish(),
  refund_policy: RefundPolicy.nullish(),
}).openapi("CreateEventRequest");

/** `PUT /admin/events/{id}`: what is left out stays; null takes away what is optional. */
export const UpdateEventRequest = z.object({
  name: Name.optional(),
  description: z.string().trim().max(MAX_DESCRIPTION_CHARS).nullable().optional(),
  venue_id: VenueId.optional(),
  event_type: EventType.optional(),
  start_datetime: instant("start_datetime").optional(),
  end_datetime: instant("end_datetime").optional(),
  total_capacity: Capacity.optional(),
  base_price: BasePrice.optional(),
  max_tickets_per_booking: MaxTickets.optional(),
  currency: Currency.optional(),
  timezone: Timezone.nullable().optional(),
  image_url: ImageUrl.nullable().optional(),
  refund_policy: RefundPolicy.nullable().optional(),
  status: z.enum(["draft", "published", "cancelled"], {
    error: ({ input }) =>
      input === "sold_out"
        ? "status cannot be set to sold_out as it follows the seats"
        : "status must be one of draft, published, cancelled",
  }).optional(),
  version: Version.nullish(),
}).openapi("UpdateEventRequest");

/** `DELETE /admin/events/{id}`: the version comes in the query or in the body. */
export const CancelEventQuery = z.object({
  version: z.string().regex(/^\d{1,9}$/, "version must be a whole number").transform(Number)
    .optional(),
});
export const CancelEventRequest = z.object({ version: Version.nullish() })
  .openapi("CancelEventRequest");

/** `GET /events` */
export const EventListQuery = pageQuery({ limit: 20, max_limit: 100 }).extend({
  type: z.string().trim().optional(),
  city: z.string().trim().optional(),
  date_from: day("date_from").optional(),
  date_to: day("date_to").optional(),
});

export const EventPageQuery = pageQuery({ limit: 20, max_limit: 100 });

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
  status: z.enum(["draft", "published", "sold_out", "cancelled"]),
  version: z.int(),
  created_by: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  currency: z.string(),
  timezone: z.string().optional(),
  image_url: z.string().optional(),
  refund_policy: RefundPolicy.optional(),
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
  status: z.enum(["published", "sold_out", "cancelled"]),
  last_updated: z.string(),
}).openapi("Availability");

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
  held_seats: z.int(),
  currency: z.string(),
  status: z.enum(["draft", "published", "sold_out", "cancelled"]),
}).openapi("EventAnalytics");

export type CreateEventRequest = z.infer<typeof CreateEventRequest>;
export type UpdateEventRequest = z.infer<typeof UpdateEventRequest>;
export type EventResponse = z.infer<typeof EventResponse>;
export type EventListQuery = z.infer<typeof EventListQuery>;
export type AnalyticsResponse = z.infer<typeof AnalyticsResponse>;
