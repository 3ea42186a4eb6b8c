import type { SearchDeps } from "../deps.ts";
import type { EventHit } from "../index/search_index.ts";

/** Maximum events of interest that are looked up; more than are shown, as some may have begun. */
const MAX_LOOKED_UP = 200;

const EVERY_EVENT = {
  text: "",
  city: undefined,
  type: undefined,
  fromDay: undefined,
  toDay: undefined,
  currency: undefined,
  minPrice: undefined,
  maxPrice: undefined,
  status: undefined,
  onlyAvailable: false,
  near: undefined,
  sort: "date",
  offset: 0,
  after: undefined,
  facets: [],
} as const;

/**
 * The events on sale with the most recent bookings and views, scored by these. If there are fewer than `limit`, the
 * events that begin soonest follow.
 */
export async function trendingEvents(
  { reader, interest }: Pick<SearchDeps, "reader" | "interest">,
  { limit, now }: { limit: number; now: Date },
): Promise<EventHit[]> {
  const scores = await interest.scores();
  const wanted = await reader.find([...scores.keys()].slice(0, MAX_LOOKED_UP), { now });
  const soonest = wanted.length >= limit
    ? []
    : (await reader.search({ ...EVERY_EVENT, limit: limit + wanted.length }, { now })).hits;
  const known = new Set(wanted.map(({ eventId }) => eventId));
  const rest = soonest.map(({ document }) => document)
    .filter(({ eventId }) => !known.has(eventId));
  return [...wanted, ...rest].slice(0, limit).map((document) => ({
    document,
    score: scores.get(document.eventId) ?? 0,
    distanceKm: undefined,
  }));
}
