import { z } from "@hono/zod-openapi";
import { clampedQuery, MAX_INT32, wholeNumberQuery } from "@evently/shared/http";
import { RefundPolicy } from "../catalogue/summary.ts";

/** `GET /internal/events/{id}`: what the booking service must know of a published event. */
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
  /** The inventory's number when so many seats were available. */
  seat_seq: z.int(),
  refund_policy: RefundPolicy.optional(),
}).openapi("BookableEvent");

const wholeNumber = (field: string) =>
  z.int({
    error: ({ input }) =>
      input === undefined ? `${field} is required` : `${field} must be an integer`,
  });

const Version = wholeNumber("version").min(1, "Version must be positive").max(MAX_INT32);

/** Negative takes seats. */
export const UpdateAvailabilityRequest = z.object({
  quantity: wholeNumber("quantity").min(-MAX_INT32).max(MAX_INT32)
    .refine((quantity) => quantity !== 0, "Quantity cannot be zero"),
  version: Version,
}).openapi("UpdateAvailabilityRequest");

export const ReturnSeatsRequest = z.object({
  quantity: wholeNumber("quantity").min(1, "Quantity must be positive").max(MAX_INT32),
  version: Version,
}).openapi("ReturnSeatsRequest");

export const AvailabilityChange = z.object({
  event_id: z.string(),
  available_seats: z.int(),
  status: z.enum(["published", "sold_out"]),
  version: z.int(),
}).openapi("AvailabilityChange");

/** An event as search keeps it: `POST /internal/search/events` takes one, the change feed gives all. */
export const SearchDocument = z.object({
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
  base_price: z.number(),
  available_seats: z.int(),
  total_capacity: z.int(),
  status: z.enum(["draft", "published", "sold_out", "cancelled"]),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  currency: z.string(),
  /** The zone in which the event's days are counted. */
  timezone: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
}).openapi("SearchDocument");

/** `GET /internal/events/changes`: what comes after a number of the change feed. */
export const ChangesQuery = z.object({
  after: wholeNumberQuery("after", { max: Number.MAX_SAFE_INTEGER }).default(0),
  limit: clampedQuery("limit", { min: 1, max: 500, default: 100 }),
});

/** An event that has changed; `event` is what search may show of it now, absent where that is nothing. */
export const FeedItem = z.object({
  change: z.int(),
  event_id: z.string(),
  event: SearchDocument.optional(),
}).openapi("FeedItem");

export const ChangesResponse = z.object({
  changes: z.array(FeedItem),
  /** The `after` of the next page. */
  position: z.int(),
  more: z.boolean(),
  /** The number of the last change of all. */
  last: z.int(),
}).openapi("Changes");

export type BookableEvent = z.infer<typeof BookableEvent>;
export type SearchDocument = z.infer<typeof SearchDocument>;
export type FeedItem = z.infer<typeof FeedItem>;
