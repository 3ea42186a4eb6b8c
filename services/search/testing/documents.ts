import { newId } from "@evently/shared/ids";
import type { EventQuery } from "../index/search_index.ts";
import type { SearchDocument } from "../index/document.ts";

/** Current time in the tests of search. */
export const NOW = new Date("2026-11-01T12:00:00Z");

const MS_PER_DAY = 86_400_000;

/** The time `days` after {@link NOW}. */
export function daysAhead(days: number): Date {
  return new Date(NOW.getTime() + days * MS_PER_DAY);
}

/** The UTC day `days` after {@link NOW}. */
export function dayAhead(days: number): string {
  return daysAhead(days).toISOString().slice(0, "2026-11-01".length);
}

/** An event on sale that begins in ten days, with words that no test searches for; `given` overrides it. */
export function eventDocument(given: Partial<SearchDocument> = {}): SearchDocument {
  const start = given.startsAt ?? daysAhead(10);
  return {
    eventId: newId(),
    name: "Gathering",
    description: undefined,
    venueName: "Town Square",
    venueAddress: undefined,
    venueCity: "Springfield",
    eventType: "meetup",
    startsAt: start,
    endsAt: new Date(start.getTime() + MS_PER_DAY / 8),
    basePrice: 500,
    currency: "INR",
    timeZone: "UTC",
    availableSeats: 40,
    totalCapacity: undefined,
    status: "published",
    latitude: undefined,
    longitude: undefined,
    version: 1,
    updatedAt: daysAhead(-1),
    ...given,
  };
}

/** A query without restrictions; `given` overrides it. */
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
