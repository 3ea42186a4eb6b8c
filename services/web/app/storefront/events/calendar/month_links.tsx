import type { SearchResponse } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { daysOfMonth } from "../days.ts";
import type { EventsSearch } from "../events_search.ts";
import { FilterLink } from "../filter_link.tsx";

/** Months with events, and how many each has. */
export function MonthLinks({ search, month, months }: {
  search: EventsSearch;
  month: string;
  months: SearchResponse["facets"]["months"];
}) {
  const { events } = useMessages();
  const format = useFormat();
  return (
    <nav className="chips months" aria-label={events.month}>
      {months.map(({ value, count }) => (
        <FilterLink
          key={value}
          search={{ ...search, page: undefined, ...daysOfMonth(value) }}
          current={value === month}
          className={value === month ? "chip chip--on" : "chip"}
        >
          {format.month(value)}
          <span className="chip-count">
            <span className="visually-hidden">,</span> {format.number(count)}
          </span>
        </FilterLink>
      ))}
    </nav>
  );
}
