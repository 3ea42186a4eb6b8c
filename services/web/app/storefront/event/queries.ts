import type { SearchFilters } from "../../api/events.ts";

/** Rows of other events in the same city. */
export const ALSO_ROWS = 3;

/** Events in the city of an event; one more than is shown, as it is among them. */
export function alsoIn({ venue_city }: { venue_city: string }): SearchFilters {
  return { city: venue_city, sort: "date", limit: ALSO_ROWS + 1 };
}
