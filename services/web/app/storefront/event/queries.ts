/** Rows of other events in the same city. */
export const ALSO_ROWS = 3;

/** Events in the city of an event; one more than is shown, as it is among them. */
export function alsoIn({ venue_city }: { venue_city: string }): { city: string; limit: number } {
  return { city: venue_city, limit: ALSO_ROWS + 1 };
}
