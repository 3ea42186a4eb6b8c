import { z } from "@hono/zod-openapi";
import { MAX_INT32, optionalText, requiredId, requiredText, timeText } from "@evently/shared/http";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { DEFAULT_TIME_ZONE, isTimeZone } from "@evently/shared/time_zone";

const MAX_DESCRIPTION_CHARS = 20_000;
const MAX_URL_CHARS = 2_000;
const MAX_PRICES = 100;
/** Each price belongs to a ticket type, whose sale begins and ends. */
const MAX_LATER = 2 * MAX_PRICES;

/** An event as the event service sends it. Fields that are neither searched nor shown are dropped. */
export const EventDocument = z.object({
  event_id: requiredId("event_id", { required: "Event ID is required" }),
  name: requiredText("name"),
  description: optionalText("description", { max: MAX_DESCRIPTION_CHARS }),
  venue_name: requiredText("venue_name"),
  venue_address: optionalText("venue_address"),
  venue_city: requiredText("venue_city"),
  event_type: requiredText("event_type"),
  start_datetime: timeText("start_datetime"),
  end_datetime: timeText("end_datetime"),
  base_price: z.number("base_price must be a number").min(0, "base_price cannot be negative"),
  /** ISO 4217; callers of the old system send none. */
  currency: z.string("currency must be a string").default(DEFAULT_CURRENCY),
  /** An unknown time zone falls back to the default, so that the event is still found. */
  timezone: z.string("timezone must be a string").nullish()
    .transform((name) => name && isTimeZone(name) ? name : DEFAULT_TIME_ZONE),
  available_seats: count("available_seats"),
  total_capacity: count("total_capacity").nullish().transform((value) => value ?? undefined),
  status: z.enum(["draft", "published", "sold_out", "cancelled"], {
    error: "status must be one of draft, published, sold_out, cancelled",
  }),
  latitude: degrees("latitude", 90),
  longitude: degrees("longitude", 180),
  image_url: optionalText("image_url", { max: MAX_URL_CHARS })
    .transform((url) => url && URL.canParse(url) ? url : undefined),
  organiser_name: optionalText("organiser_name"),
  version: count("version"),
  updated_at: timeText("updated_at"),
  /** Ascending; callers of the old system send none. */
  prices: z.array(
    z.number("prices must be numbers").min(0, "prices cannot be negative"),
    "prices must be a list",
  ).min(1, "prices must not be empty").max(
    MAX_PRICES,
    `prices must have at most ${MAX_PRICES} items`,
  )
    .nullish().transform((value) => value ?? undefined),
  seats_taken: count("seats_taken").nullish().transform((value) => value ?? undefined),
  available_later: z.array(
    z.object({ from: timeText("from"), available_seats: count("available_seats") }),
    "available_later must be a list",
  ).max(MAX_LATER, `available_later must have at most ${MAX_LATER} items`)
    .nullish().transform((value) => value ?? undefined),
});

/** A number of the change feed. */
export function changeNumber(field: string) {
  return z.int(`${field} must be a whole number`).min(0, `${field} cannot be negative`);
}

function count(field: string) {
  return changeNumber(field).max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

function degrees(field: string, limit: number) {
  return z.number(`${field} must be a number`)
    .min(-limit, `${field} must be at least -${limit}`)
    .max(limit, `${field} must be at most ${limit}`)
    .nullish().transform((value) => value ?? undefined);
}
