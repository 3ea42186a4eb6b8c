import type { SearchResponse } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import type { EventsSearch } from "./events_search.ts";
import { FacetGroup } from "./facet_group.tsx";
import { useFacetOptions } from "./facet_options.ts";
import { DaysForm, PriceForm } from "./range_forms.tsx";

export const FILTERS_ID = "filters";

/**
 * All filters: beside the list where there is room, else a popover, which opens without script too. It is the same
 * element, so that a choice in it leaves it open.
 */
export function Filters({ search, found }: { search: EventsSearch; found: SearchResponse }) {
  const { events } = useMessages();
  const { number } = useFormat();
  const { kinds, cities, days, prices, currencies } = useFacetOptions(search, found.facets);
  const isCalendar = search.view === "calendar";
  return (
    <aside className="filters" id={FILTERS_ID} popover="auto" aria-label={events.filters}>
      <div className="filters-scroll">
        <h2>{events.filters}</h2>
        <FacetGroup title={events.kind} options={kinds} more={events.moreKinds} />
        <FacetGroup title={events.city} options={cities} more={events.moreCities} />
        {isCalendar ? null : (
          <div className="facet-pair">
            <FacetGroup title={events.days} options={days} more={events.moreMonths} isHeadOfForm />
            <DaysForm search={search} />
          </div>
        )}
        <div className="facet-pair">
          {currencies.length === 0 ? null : (
            <FacetGroup
              title={events.currency}
              options={currencies}
              more={events.moreCurrencies}
            />
          )}
          <FacetGroup
            title={currencies.length === 0
              ? events.price
              : events.priceIn(found.facets.price_range.currency)}
            options={prices}
            more={events.morePrices}
            isHeadOfForm
          />
          <PriceForm
            search={currencies.length === 0
              ? search
              : { ...search, currency: found.facets.price_range.currency }}
          />
        </div>
      </div>
      <button
        className="btn btn--wide filters-close"
        type="button"
        popoverTarget={FILTERS_ID}
        popoverTargetAction="hide"
      >
        {events.show(found.total, number(found.total))}
      </button>
    </aside>
  );
}
