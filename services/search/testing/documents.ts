import { newId } from "@evently/shared/ids";
import type { EventQuery } from "../index/search_index.ts";
import type { SearchDocument } from "../index/document.ts";

/** The time at which the tests of search take place. */
export const NOW = new Date("2026-11-01T12:00:00Z");

const MS_PER_DAY = 86_400_000;

/** So many days after {@link NOW}. */
export function daysAhead(days: number): Date {
  return new Date(NOW.getTime() + days * MS_PER_DAY);
}

/** The day in UTC that is so many days after {@link NOW}. */
export function dayAhead(days: number): string {
  return daysAhead(days).toISOString().slice(0, "2026-11-01".length);
}

/** An event on sale in ten days, whose words nobody searches for, but for what is given. */
export function eventDocument(given: Partial<SearchDocument> = {}): SearchDocument {
  const start = given.start_datetime ?? daysAhead(10);
  return {
    event_id: newId(),
    name: "Gathering",
    description: undefined,
    venue_name: "Town Square",
    venue_address: undefined,
    venue_city: "Springfield",
    event_type: "meetup",
    start_datetime: start,
    end_datetime: new Date(start.getTime() + MS_PER_DAY / 8),
    base_price: 500,
    currency: "INR",
    timezone: "UTC",
    available_seats: 40,
    total_capacity: undefined,
    status: "published",
    latitude: undefined,
    longitude: undefined,
    version: 1,
    updated_at: daysAhead(-1),
    ...given,
  };
}

/** A query that restricts nothing, but for what is given. */
export function eventQuery(given: Partial<EventQuery> = {}): EventQuery {
  return {
    text: "",
    now: NOW,
    city: undefined,
    type: undefined,
    fromDay: undefined,
    toDay: undefined,
    minPrice: undefined,
    maxPrice: undefined,
    status: undefined,
    onlyAvailable: false,
    near: undefined,
    sort: "relevance",
    offset: 0,
    limit: 20,
    after: undefined,
    ...given,
  };
}
