import { z } from "@hono/zod-openapi";
import { illFormed, MAX_INT32, timeText } from "@evently/shared/http";
import { isTimeZone } from "@evently/shared/time_zone";

/** Years that both JavaScript and PostgreSQL can hold, and that a ticket may be sold for. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;
const MINOR_UNIT_DECIMALS = 2;
const MAX_NESTING = 16;
const MAX_URL_CHARS = 2_000;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A point in time in a body that a ticket may be sold for. It stays text, as which it goes on. */
export function instant(field: string) {
  return timeText(field).refine(isStorable, outOfRange(field));
}

/** A whole number above zero; `message` is also what is said when it is missing. */
export function positive(field: string, message = `${field} must be positive`) {
  return z.int({
    error: ({ input }) =>
      input === undefined || input === null ? message : `${field} must be a whole number`,
  }).min(1, message).max(MAX_INT32, `${field} must be at most ${MAX_INT32}`);
}

/** ISO 4217, of those currencies whose minor unit is a hundredth, as amounts are counted in these. */
export const Currency = z.string("currency must be a string").toUpperCase().refine(
  (code) => CURRENCIES.has(code) && decimalsOf(code) === MINOR_UNIT_DECIMALS,
  `currency must be an ISO 4217 code of a currency with ${MINOR_UNIT_DECIMALS} decimals`,
);

/** A name of the IANA time zone database, no offset: that knows nothing of daylight saving. */
export const Timezone = z.string("timezone must be a string")
  .refine(isTimeZone, "timezone must be a name such as Asia/Kolkata");

export const ImageUrl = z.url({
  protocol: /^https?$/,
  error: "image_url must be a URL that begins with http:// or https://",
}).max(MAX_URL_CHARS, `image_url must have at most ${MAX_URL_CHARS} characters`)
  .refine((text) => text.isWellFormed(), illFormed("image_url"));

/** A JSON object that is kept as it came, if it can be written again and PostgreSQL can store it. */
export function jsonObject(field: string) {
  return z.record(z.string(), z.unknown(), `${field} must be a JSON object`)
    .refine(
      (value) => isStorableJson(value, MAX_NESTING),
      `${field} must have at most ${MAX_NESTING} levels, and well-formed text without NUL characters`,
    );
}

function isStorable(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function outOfRange(field: string): string {
  return `${field} must be between the years ${FIRST_YEAR} and ${LAST_YEAR}`;
}

function decimalsOf(currency: string): number | undefined {
  return new Intl.NumberFormat("en", { style: "currency", currency })
    .resolvedOptions().maximumFractionDigits;
}

function isStorableJson(value: unknown, levels: number): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 &&
    Object.entries(value).flat().every((inner) => isStorableJson(inner, levels - 1));
}
