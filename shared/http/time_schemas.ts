import { z } from "@hono/zod-openapi";

/** The first year of a day in a query: PostgreSQL has no year 0. */
const FIRST_YEAR = 1;
const ANY_TIME = z.iso.datetime({ offset: true });
const DAY = /^(\d{4})-\d{2}-\d{2}$/;

/**
 * A point in time in a body: RFC 3339, in UTC or with an offset, `t` and `z` in either case. It stays text.
 *
 * @param options `required` is the message if it is missing
 */
export function timeText(field: string, { required = `${field} is required` } = {}) {
  const message = `${field} must be a date and time such as 2030-12-31T18:30:00Z`;
  return z.string({
    error: ({ input }) => input === undefined || input === null ? required : message,
  })
    .min(1, { error: required, abort: true })
    .toUpperCase()
    .pipe(z.iso.datetime({ offset: true, error: message }));
}

/** A day of a query, such as `2030-12-31`; an empty one counts as left out. */
export function dayQuery(field: string) {
  return z.string(`${field} must be given once`).optional().transform((text, context) => {
    if (text === undefined || text === "") return undefined;
    if (isDay(text)) return text;
    context.addIssue({ code: "custom", message: `${field} must be a date (YYYY-MM-DD)` });
    return z.NEVER;
  }).openapi({ type: "string", format: "date" });
}

/** A day or a point in time of a query, as RFC 3339; an empty one counts as left out. It stays text. */
export function timeOrDayQuery(field: string) {
  return z.string(`${field} must be given once`).optional().transform((text, context) => {
    if (text === undefined || text === "") return undefined;
    const time = text.toUpperCase();
    if (isDay(text) || ANY_TIME.safeParse(time).success) return time;
    const message =
      `${field} must be a date (YYYY-MM-DD) or a date and time such as 2030-12-31T18:30:00Z`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }).openapi({ type: "string" });
}

function isDay(text: string): boolean {
  const [, year] = DAY.exec(text) ?? [];
  if (year === undefined || Number(year) < FIRST_YEAR) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // `Date` takes the 30th of February for the 2nd of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
