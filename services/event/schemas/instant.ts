import { z } from "@hono/zod-openapi";

/** Years that both JavaScript and PostgreSQL can hold, and that a ticket may be sold for. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

/** A point in time in a body: RFC 3339, in UTC or with an offset. */
export function instant(field: string, { required = `${field} is required` } = {}) {
  return z.iso.datetime({
    offset: true,
    error: ({ input }) =>
      input === undefined || input === null || input === ""
        ? required
        : `${field} must be a date and time such as 2030-12-31T18:30:00Z`,
  }).refine(
    (text) => {
      const year = new Date(text).getUTCFullYear();
      return year >= FIRST_YEAR && year <= LAST_YEAR;
    },
    `${field} must be between the years ${FIRST_YEAR} and ${LAST_YEAR}`,
  );
}
