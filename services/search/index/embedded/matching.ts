import { distanceToKm } from "../distance.ts";
import { isOnSale } from "@evently/shared/on_sale";
import { atTime, hasEnded, isListed } from "../document.ts";
import { currencyOf, type EventQuery, type Faceted } from "../search_index.ts";
import { fold } from "../text.ts";
import type { Entry } from "./entry.ts";

/** Predicates of a query other than its words. */
export interface EventFilter {
  /** Applies the filters without a facet. */
  passes(entry: Entry): boolean;
  /** Whether the event has not begun. */
  isToCome(entry: Entry): boolean;
  /** Filters that have a facet; each facet ignores its own filter. */
  faceted: Readonly<Record<Faceted, (entry: Entry) => boolean>>;
}

export function createFilter(query: EventQuery): EventFilter {
  const { now, fromDay, toDay, minPrice, maxPrice, status, onlyAvailable, near } = query;
  const isToCome = ({ document }: Entry) => isOnSale(document, now);
  const city = query.city === undefined ? undefined : fold(query.city);
  const type = query.type === undefined ? undefined : fold(query.type);
  return {
    isToCome,
    passes(entry) {
      const document = atTime(entry.document, now);
      return isListed(document) && !hasEnded(document, now) &&
        (status === undefined || document.status === status) &&
        (!onlyAvailable || document.availableSeats > 0 && isOnSale(document, now)) &&
        (near?.radiusKm === undefined ||
          (distanceToKm(document, near) ?? Infinity) <= near.radiusKm);
    },
    faceted: {
      city: ({ cityKey }) => city === undefined || cityKey === city,
      type: ({ typeKey }) => type === undefined || typeKey === type,
      price: ({ document: { prices, currency } }) =>
        minPrice === undefined && maxPrice === undefined ||
        (maxPrice === 0 || currency === currencyOf(query)) &&
          prices.some((price) =>
            (minPrice === undefined || price >= minPrice) &&
            (maxPrice === undefined || price <= maxPrice)
          ),
      date: fromDay === undefined && toDay === undefined
        ? isToCome
        : ({ days: { firstDay, lastDay } }) =>
          (fromDay === undefined || lastDay >= fromDay) &&
          (toDay === undefined || firstDay <= toDay),
    },
  };
}
