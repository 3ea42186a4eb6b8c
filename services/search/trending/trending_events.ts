import type { SearchDeps } from "../deps.ts";
import type { EventHit } from "../index/search_index.ts";

/** Events of interest that are looked up: some of them may have begun. */
const MAX_LOOKED_UP = 200;

/**
 * The events on sale that are booked and looked at most of late, with that as their score; then, where those are too
 * few, the soonest.
 */
export async function trendingEvents(
  { reader, interest }: Pick<SearchDeps, "reader" | "interest">,
  { limit, now }: { limit: number; now: Date },
): Promise<EventHit[]> {
  const scores = await interest.scores();
  const wanted = await reader.find([...scores.keys()].slice(0, MAX_LOOKED_UP), { now });
  const soonest = wanted.length >= limit
    ? []
    : (await reader.search({ ...EVERY_EVENT, now, limit: limit + wanted.length })).hits;
  const known = new Set(wanted.map(({ event_id }) => event_id));
  const rest = soonest.map(({ document }) => document).filter(({ event_id }) =>
    !known.has(event_id)
  );
  return [...wanted, ...rest].slice(0, limit).map((document) => ({
    document,
    score: scores.get(document.event_id) ?? 0,
    distance_km: undefined,
  }));
}

const EVERY_EVENT = {
  text: "",
  city: undefined,
  type: undefined,
  fromDay: undefined,
  toDay: undefined,
  minPrice: undefined,
  maxPrice: undefined,
  status: undefined,
  onlyAvailable: false,
  near: undefined,
  sort: "date",
  offset: 0,
  after: undefined,
} as const;
