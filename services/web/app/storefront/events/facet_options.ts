import type { SearchResponse } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { daysOfMonth, wholeMonth } from "./days.ts";
import type { EventsSearch } from "./events_search.ts";
import type { FacetOption } from "./facet_group.tsx";
import { justBelow, useFilterLabels } from "./use_filter_labels.ts";

type Facets = SearchResponse["facets"];

/** Values of each filter with what they give. A facet of the API ignores its own filter, so others can be chosen. */
export function useFacetOptions(search: EventsSearch, facets: Facets) {
  const { currency } = facets.price_range;
  const labels = useFilterLabels(currency);
  const format = useFormat();
  const { events } = useMessages();
  const base: EventsSearch = { ...search, page: undefined };

  const kinds = facets.event_types.map(({ value, count }): FacetOption => {
    const chosen = search.type === value;
    const to = { ...base, type: chosen ? undefined : value };
    return { label: labels.kind(value), count, chosen, search: to };
  });
  const cities = facets.cities.map(({ value, count }): FacetOption => {
    const chosen = search.city?.toLowerCase() === value.toLowerCase();
    return { label: value, count, chosen, search: { ...base, city: chosen ? undefined : value } };
  });
  const month = wholeMonth({
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  });
  const anyDay = { ...base, from: undefined, to: undefined };
  const days: FacetOption[] = [
    { label: events.thisWeekend, chosen: false, search: { ...anyDay, when: "weekend" } },
    ...facets.months.map(({ value, count }) => {
      const chosen = value === month;
      const to = chosen ? anyDay : { ...base, ...daysOfMonth(value) };
      return { label: format.month(value), count, chosen, search: to };
    }),
  ];
  // Of several currencies, a price says which one it is of.
  const said = facets.currencies.length > 1 ? currency : search.currency;
  const noPrice = { ...base, min: undefined, max: undefined, free_only: undefined };
  const anyPrice = { ...noPrice, currency: said };
  const prices = facets.prices.filter(({ count }) => count > 0)
    .map(({ from, to, count }): FacetOption => {
      const isFree = from === 0 && to !== undefined && to < 1;
      const range = isFree ? { free_only: true as const } : {
        min: from > 0 ? from : undefined,
        max: to === undefined ? undefined : justBelow(to),
      };
      const chosen = isFree
        ? search.free_only === true
        : !search.free_only && search.min === range.min && search.max === range.max;
      const label = labels.price(range);
      return { label, count, chosen, search: chosen ? anyPrice : { ...anyPrice, ...range } };
    });
  const currencies = facets.currencies.length < 2 ? [] : facets.currencies
    .map(({ value, count }): FacetOption => {
      const chosen = value === currency;
      return { label: value, count, chosen, search: { ...noPrice, currency: value } };
    });
  return { kinds, cities, days, prices, currencies };
}
