import type { SearchDocument } from "../../schemas/document.ts";
import { isFindable } from "../findable.ts";
import type { EventHit, EventQuery, Near, Sort } from "../search_index.ts";
import { fold } from "../text.ts";
import { distanceBetween_km } from "./distance.ts";

/** The part of a query that does not depend on words, ready to be asked of many documents. */
export function createFilter(query: EventQuery): (document: SearchDocument) => boolean {
  const { now, startsFrom, startsBefore, minPrice, maxPrice, onlyAvailable, near } = query;
  const city = query.city === undefined ? undefined : fold(query.city);
  const type = query.type === undefined ? undefined : fold(query.type);
  return function passes(document) {
    return isFindable(document, now) &&
      (startsFrom === undefined || document.start_datetime >= startsFrom) &&
      (startsBefore === undefined || document.start_datetime < startsBefore) &&
      (minPrice === undefined || document.base_price >= minPrice) &&
      (maxPrice === undefined || document.base_price <= maxPrice) &&
      (!onlyAvailable || document.available_seats > 0) &&
      (city === undefined || fold(document.venue_city) === city) &&
      (type === undefined || fold(document.event_type) === type) &&
      (near?.radius_km === undefined ||
        (distanceTo_km(document, near) ?? Infinity) <= near.radius_km);
  };
}

/** How far an event is from the place of a search; `undefined` where one of the places is not known. */
export function distanceTo_km(
  { latitude, longitude }: SearchDocument,
  near: Near | undefined,
): number | undefined {
  if (near === undefined || latitude === undefined || longitude === undefined) return undefined;
  return distanceBetween_km(near, { lat: latitude, lon: longitude });
}

type Comparison = (a: EventHit, b: EventHit) => number;

const COMPARISONS: Record<Sort, Comparison> = {
  relevance: (a, b) => b.score - a.score,
  date: () => 0,
  price: (a, b) => a.document.base_price - b.document.base_price,
  distance: (a, b) => compareNumbers(a.distance_km ?? Infinity, b.distance_km ?? Infinity),
};

/** The order of a sort: what is equal by it by date, then by id. */
export function comparisonFor(sort: Sort): Comparison {
  const compare = COMPARISONS[sort];
  return (a, b) => compare(a, b) || bySoonest(a.document, b.document);
}

/** The sooner first, then by id. */
export function bySoonest(a: SearchDocument, b: SearchDocument): number {
  return a.start_datetime.getTime() - b.start_datetime.getTime() ||
    (a.event_id < b.event_id ? -1 : a.event_id > b.event_id ? 1 : 0);
}

/** Unlike a difference, right for two infinities. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
