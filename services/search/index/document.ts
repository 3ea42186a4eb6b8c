import { z } from "@hono/zod-openapi";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { DEFAULT_TIME_ZONE, isTimeZone } from "@evently/shared/time_zone";
import { MAX_INT32, optionalText, requiredId, requiredText, timeText } from "@evently/shared/http";

const MAX_DESCRIPTION_CHARS = 20_000;

function time(field: string) {
  return timeText(field).transform((text) => new Date(text));
}

function count(field: string) {
  return z.int(`${field} must be a whole number`).min(0, `${field} cannot be negative`)
    .max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

function degrees(field: string, limit: number) {
  return z.number(`${field} must be a number`)
    .min(-limit, `${field} must be at least -${limit}`)
    .max(limit, `${field} must be at most ${limit}`)
    .nullish().transform((value) => value ?? undefined);
}

const EVENT_ID_REQUIRED = "Event ID is required";

/** An event as the event service describes it; what is not searched or shown is dropped. */
export const SearchDocument = z.object({
  event_id: requiredId("event_id", { required: EVENT_ID_REQUIRED }),
  name: requiredText("name"),
  description: optionalText("description", { max: MAX_DESCRIPTION_CHARS }),
  venue_name: requiredText("venue_name"),
  venue_address: optionalText("venue_address"),
  venue_city: requiredText("venue_city"),
  event_type: requiredText("event_type"),
  start_datetime: time("start_datetime"),
  end_datetime: time("end_datetime"),
  base_price: z.number("base_price must be a number").min(0, "base_price cannot be negative"),
  /** ISO 4217; the old system's callers send none. */
  currency: z.string("currency must be a string").default(DEFAULT_CURRENCY),
  /** The zone of its days; a name that this program does not know is no reason not to find the event. */
  timezone: z.string("timezone must be a string").nullish()
    .transform((name) => name && isTimeZone(name) ? name : DEFAULT_TIME_ZONE),
  available_seats: count("available_seats"),
  /** Where it is not told, nothing is known of the event's popularity. */
  total_capacity: count("total_capacity").nullish().transform((value) => value ?? undefined),
  status: z.enum(["draft", "published", "sold_out", "cancelled"], {
    error: "status must be one of draft, published, sold_out, cancelled",
  }),
  /** In degrees; an event has both or no place. */
  latitude: degrees("latitude", 90),
  longitude: degrees("longitude", 180),
  version: count("version"),
  updated_at: time("updated_at"),
});

export type SearchDocument = z.infer<typeof SearchDocument>;

/** `POST /internal/search/events` */
export const IndexRequest = z.object({
  event: z.preprocess((event) => event ?? {}, SearchDocument),
  /** The number of the change; callers without one are taken by the event's version. */
  change: changeNumber("change").optional(),
}).openapi("IndexRequest");

/** A number of the change feed. */
export function changeNumber(field: string) {
  return z.int(`${field} must be a whole number`).min(0, `${field} cannot be negative`);
}
