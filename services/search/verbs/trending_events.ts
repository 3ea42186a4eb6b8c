import type { SearchDeps } from "../deps.ts";
import type { EventHit } from "../index/search_index.ts";

/**
 * The events that are booked most of late, with the number of their bookings as score; then, where those
 * are too few, the soonest.
 */
export async function trendingEvents(
  { index, activity, clock }: Pick<SearchDeps, "index" | "activity" | "clock">,
  { limit }: { limit: number },
): Promise<EventHit[]> {
  const now = clock.now();
  const bookings = new Map(
    (await activity.mostBooked()).map((event) => [event.event_id, event.bookings]),
  );
  const booked = await index.find([...bookings.keys()], { now });
  const soonest = await index.search({ ...EVERY_EVENT, now, limit: limit + booked.length });
  const rest = soonest.hits.map(({ document }) => document)
    .filter(({ event_id }) => !bookings.has(event_id));
  return [...booked, ...rest].slice(0, limit).map((document) => ({
    document,
    score: bookings.get(document.event_id) ?? 0,
    distance_km: undefined,
  }));
}

const EVERY_EVENT = {
  text: "",
  city: undefined,
  type: undefined,
  startsFrom: undefined,
  startsBefore: undefined,
  minPrice: undefined,
  maxPrice: undefined,
  onlyAvailable: false,
  near: undefined,
  sort: "date",
  offset: 0,
} as const;
