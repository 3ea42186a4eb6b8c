import { z } from "@hono/zod-openapi";
import { idParam, illFormed, MAX_INT32, timeText } from "@evently/shared/http";
import { isCurrency } from "@evently/shared/money";
import { isTimeZone } from "@evently/shared/time_zone";

/** The years of events: both JavaScript and PostgreSQL can store them. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;
const MAX_URL_CHARS = 2_000;

export const EventIdParams = z.object({ id: idParam("Invalid event ID") });

/** A point in time that can be stored, as RFC 3339 text. */
export function instant(field: string) {
  return timeText(field).refine(isStorable, outOfRange(field));
}

/** A positive whole number; `message` is used for a missing one, too. */
export function positive(field: string, message = `${field} must be positive`) {
  return z.int({
    error: ({ input }) =>
      input === undefined || input === null ? message : `${field} must be a whole number`,
  }).min(1, message).max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

/** An ISO 4217 code of a currency, whose minor unit amounts are counted in. */
export const Currency = z.string("currency must be a string").toUpperCase()
  .refine(isCurrency, "currency must be an ISO 4217 code of a currency, such as INR");

/** A name of the IANA time zone database; an offset would ignore daylight saving time. */
export const Timezone = z.string("timezone must be a string")
  .refine(isTimeZone, "timezone must be a name such as Asia/Kolkata");

export const ImageUrl = z.url({
  protocol: /^https?$/,
  // A stored one without TLS may be sent back; a new one is refused by `assertPicture()`.
  error: "image_url must be a URL that begins with https://",
}).openapi({ format: "uri", description: "A new one begins with https://" }).max(
  MAX_URL_CHARS,
  `image_url must have at most ${MAX_URL_CHARS} characters`,
)
  .refine((text) => text.isWellFormed(), illFormed("image_url"));

function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function outOfRange(field: string): string {
  return `${field} must be between the years ${FIRST_YEAR} and ${LAST_YEAR}`;
}
