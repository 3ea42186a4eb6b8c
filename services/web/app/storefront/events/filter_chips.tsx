import { useMessages } from "../../messages/use_messages.ts";
import { activeFilters } from "./active_filters.ts";
import type { EventsSearch } from "./events_search.ts";
import { Cross } from "./facet_group.tsx";
import { FilterLink } from "./filter_link.tsx";
import { useFilterLabels } from "./use_filter_labels.ts";

/** What is filtered by, each with the way to be rid of it. */
export function FilterChips({ search }: { search: EventsSearch }) {
  const { events } = useMessages();
  const { label } = useFilterLabels(search.currency);
  const filters = activeFilters(search);
  if (filters.length === 0) return null;
  return (
    <ul className="chips" aria-label={events.chips}>
      {filters.map((filter) => (
        <li key={filter.name}>
          <FilterLink
            className="chip chip--off"
            search={filter.without}
            label={events.remove(label(filter, search))}
          >
            {label(filter, search)} <Cross />
          </FilterLink>
        </li>
      ))}
      {filters.length < 2 ? null : (
        <li>
          <FilterLink className="chip chip--text" search={{ view: search.view }}>
            {events.clear}
          </FilterLink>
        </li>
      )}
    </ul>
  );
}
