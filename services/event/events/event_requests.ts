import { z } from "@hono/zod-openapi";
import {
  amount,
  clearableText,
  dayQuery,
  MAX_INT32,
  optionalText,
  pageQuery,
  queryText,
  requiredId,
  requiredText,
  wholeNumberQuery,
} from "@evently/shared/http";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { Currency, ImageUrl, instant, positive, Timezone } from "./fields.ts";
import { RefundPolicy } from "../catalogue/summary.ts";

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
/** Whether `GET /events/{id}/proof` shows how many seats are held and sold. */
const PublicCounts = z.boolean("public_counts must be true or false");
const VERSION_TOO_SMALL = "Version must be positive";
const Version = z.int("version must be a whole number").min(1, VERSION_TOO_SMALL).max(MAX_INT32);

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
  public_counts: PublicCounts.default(false),
}).openapi("CreateEventRequest");

/** `PUT /admin/events/{id}`: what is left out stays, as does what equals what is stored; null takes away what is
 * optional. */
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
  currency: Currency.optional(),
  timezone: Timezone.nullable().optional(),
  image_url: ImageUrl.nullable().optional(),
  refund_policy: RefundPolicy.nullable().optional(),
  public_counts: PublicCounts.optional(),
  /** `sold_out` only sends back what was read: the seats decide. */
  status: z.enum(["draft", "published", "sold_out", "cancelled"], {
    error: "status must be one of draft, published, cancelled",
  }).optional(),
  version: Version.nullish(),
}).openapi("UpdateEventRequest");

/** `DELETE /admin/events/{id}`: the version comes in the query or in the body. */
export const CancelEventQuery = z.object({
  version: wholeNumberQuery("version", { min: 1, tooSmall: VERSION_TOO_SMALL }).optional(),
});
export const CancelEventRequest = z.object({ version: Version.nullish() })
  .openapi("CancelEventRequest");

/** `GET /events` */
export const EventListQuery = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  type: queryText("type").optional(),
  city: queryText("city").optional(),
  date_from: dayQuery("date_from"),
  date_to: dayQuery("date_to"),
});

export const EventPageQuery = pageQuery({ limit: 20, maxLimit: 100 });

export type CreateEventRequest = z.infer<typeof CreateEventRequest>;
export type UpdateEventRequest = z.infer<typeof UpdateEventRequest>;
export type EventListQuery = z.infer<typeof EventListQuery>;
