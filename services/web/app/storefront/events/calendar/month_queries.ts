import type { SearchFilters, SearchResponse } from "../../../api/events.ts";
import { daysOfMonth, monthOf } from "../days.ts";
import { type EventsSearch, toFilters } from "../events_search.ts";

/** Events that a month of the calendar shows at most: the largest page of the API. */
export const MONTH_EVENTS = 100;

/** Filters of the search that knows which months have events. */
export function monthsFilters(search: EventsSearch): SearchFilters {
  return { ...toFilters({ ...search, from: undefined, to: undefined }), limit: 1 };
}

/** Filters of the search for the events of a month. */
export function monthFilters(search: EventsSearch, month: string): SearchFilters {
  return {
    ...toFilters({ ...search, ...daysOfMonth(month), sort: "date" }),
    limit: MONTH_EVENTS,
  };
}

/** The month that the calendar shows: that of the first day of the address, else the first one with events. */
export function shownMonth(
  { from }: EventsSearch,
  months: SearchResponse | undefined,
): string | undefined {
  return from ? monthOf(from) : months?.facets.months[0]?.value;
}
