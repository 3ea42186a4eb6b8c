import { distanceToKm } from "../distance.ts";
import { hasEnded, isDocumentOnSale, isListed } from "../findable.ts";
import type { EventQuery } from "../search_index.ts";
import { fold } from "../text.ts";
import type { Entry } from "./entry.ts";

/** The filters that have a facet: their facets leave them out. */
export const FACETED = ["city", "type", "price", "date"] as const;
export type Faceted = (typeof FACETED)[number];

/** What a query asks of an event beside its words, ready to be asked of many. */
export interface EventFilter {
  /** The filters without a facet. */
  passes(entry: Entry): boolean;
  /** Whether it has not begun. */
  isToCome(entry: Entry): boolean;
  faceted: Readonly<Record<Faceted, (entry: Entry) => boolean>>;
}

export function createFilter(query: EventQuery): EventFilter {
  const { now, fromDay, toDay, minPrice, maxPrice, status, onlyAvailable, near } = query;
  const isToCome = ({ document }: Entry) => isDocumentOnSale(document, now);
  const city = query.city === undefined ? undefined : fold(query.city);
  const type = query.type === undefined ? undefined : fold(query.type);
  return {
    isToCome,
    passes: ({ document }) =>
      isListed(document) && !hasEnded(document, now) &&
      (status === undefined || document.status === status) &&
      (!onlyAvailable || document.available_seats > 0 && isDocumentOnSale(document, now)) &&
      (near?.radius_km === undefined ||
        (distanceToKm(document, near) ?? Infinity) <= near.radius_km),
    faceted: {
      city: ({ cityKey }) => city === undefined || cityKey === city,
      type: ({ typeKey }) => type === undefined || typeKey === type,
      price: ({ document: { base_price } }) =>
        (minPrice === undefined || base_price >= minPrice) &&
        (maxPrice === undefined || base_price <= maxPrice),
      date: fromDay === undefined && toDay === undefined
        ? isToCome
        : ({ days: { firstDay, lastDay } }) =>
          (fromDay === undefined || lastDay >= fromDay) &&
          (toDay === undefined || firstDay <= toDay),
    },
  };
}
