import { z } from "@hono/zod-openapi";
import { dayQuery, pageQuery, queryText } from "@evently/shared/http";
import { type EventQuery, SORTS } from "../index/search_index.ts";
import { readCursor } from "./cursor.ts";

const MAX_QUERY_CHARS = 500;
/** How deep one may page by number: further down the engines get slow, and one goes on by cursor. */
export const MAX_REACHABLE_RESULTS = 10_000;
/** Half of the earth's circumference: no two places are further apart. */
const MAX_RADIUS_KM = 20_040;

/** Those that are found at all. */
const STATUSES = ["published", "sold_out"] as const;
export const DEFAULT_SORT = "relevance";

const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/** An optional parameter; an empty one counts as left out. */
function optionalQuery<T>(
  read: (text: string) => T | undefined,
  message: string,
) {
  return z.string().optional().transform((text, context) => {
    if (text === undefined || text === "") return undefined;
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

export function textQuery(field: string) {
  return queryText(field, { max: MAX_QUERY_CHARS });
}

function numberQuery(field: string) {
  return optionalQuery(readNumber, `${field} must be a number`).openapi({ type: "number" });
}

function numberBetween(field: string, min: number, max: number) {
  return optionalQuery((text) => {
    const value = readNumber(text);
    return value !== undefined && value >= min && value <= max ? value : undefined;
  }, `${field} must be a number from ${min} to ${max}`)
    .openapi({ type: "number", minimum: min, maximum: max });
}

function readNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** `GET /search` */
export const SearchParams = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  q: textQuery("q").default(""),
  city: textQuery("city").optional(),
  type: textQuery("type").optional(),
  date_from: dayQuery("date_from"),
  date_to: dayQuery("date_to"),
  min_price: numberQuery("min_price"),
  max_price: numberQuery("max_price"),
  status: optionalQuery(
    (text) => STATUSES.find((status) => status === text),
    `status must be one of ${STATUSES.join(", ")}`,
  ).openapi({ type: "string", enum: [...STATUSES] }),
  available: optionalQuery(
    (text) => text === "true" ? true : text === "false" ? false : undefined,
    "available must be true or false",
  ).openapi({ type: "boolean" }),
  lat: numberBetween("lat", -90, 90),
  lon: numberBetween("lon", -180, 180),
  radius_km: numberBetween("radius_km", 0, MAX_RADIUS_KM),
  sort: optionalQuery(
    (text) => SORTS.find((sort) => sort === text),
    `sort must be one of ${SORTS.join(", ")}`,
  ).openapi({ type: "string", enum: [...SORTS], default: DEFAULT_SORT }),
  cursor: optionalQuery(readCursor, "cursor must be the next_cursor of a search"),
}).superRefine(({ page, limit, lat, lon, radius_km, sort, cursor }, context) => {
  function refuse(field: string, message: string): void {
    context.addIssue({ code: "custom", path: [field], message });
  }
  if (cursor && cursor.sort !== (sort ?? DEFAULT_SORT)) {
    refuse("cursor", `cursor is of a search by ${cursor.sort}`);
  }
  if (page * limit > MAX_REACHABLE_RESULTS) {
    refuse("page", `page must not go past ${MAX_REACHABLE_RESULTS} results`);
  }
  if ((lat === undefined) !== (lon === undefined)) {
    refuse(lat === undefined ? "lat" : "lon", "lat and lon must be given together");
  } else if (lat === undefined && radius_km !== undefined) {
    refuse("radius_km", "radius_km needs lat and lon");
  } else if (lat === undefined && sort === "distance") {
    refuse("sort", "sort=distance needs lat and lon");
  }
});

/** What the index is asked. */
export function toEventQuery(params: z.infer<typeof SearchParams>, now: Date): EventQuery {
  const { page, limit, lat, lon, radius_km } = params;
  return {
    text: params.q,
    now,
    city: params.city || undefined,
    type: params.type || undefined,
    fromDay: params.date_from,
    toDay: params.date_to,
    minPrice: params.min_price,
    maxPrice: params.max_price,
    status: params.status,
    onlyAvailable: params.available ?? false,
    near: lat === undefined || lon === undefined ? undefined : { lat, lon, radius_km },
    sort: params.sort ?? DEFAULT_SORT,
    offset: (page - 1) * limit,
    limit,
    after: params.cursor?.key,
  };
}
