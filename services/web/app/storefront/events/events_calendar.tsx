import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { searchQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { RowSkeletons } from "../../parts/row_skeletons.tsx";
import { Calendar } from "./calendar/calendar.tsx";
import { monthFilters, monthsFilters, shownMonth } from "./calendar/month_queries.ts";
import type { EventsSearch } from "./events_search.ts";
import { Filters } from "./filters.tsx";
import { ListBar } from "./list_bar.tsx";
import { NothingFound } from "./nothing_found.tsx";

/** Rows that stand for those that are being looked for. */
const SKELETONS = 5;

/** The calendar: which months have events, then the events of one. */
export function EventsCalendar({ search }: { search: EventsSearch }) {
  const { api } = useApp();
  const { events } = useMessages();
  const { number } = useFormat();
  const { data: months } = useQuery({
    ...searchQuery(api, monthsFilters(search)),
    placeholderData: keepPreviousData,
  });
  const month = shownMonth(search, months);
  const { data: found, isPlaceholderData } = useQuery({
    ...searchQuery(api, monthFilters(search, month ?? "")),
    enabled: month !== undefined,
    placeholderData: keepPreviousData,
  });
  const shown = month && !isPlaceholderData ? found : undefined;
  const isNothing = months?.total === 0 && (shown?.total ?? 0) === 0;
  return (
    <div className="events-body">
      {found ?? months
        ? <Filters search={search} found={(found ?? months)!} />
        : <div className="filters-place" />}
      <section aria-label={events.calendar} aria-busy={!months || isPlaceholderData}>
        <ListBar
          search={search}
          count={shown ? events.count(shown.total, number(shown.total)) : events.looking}
        />
        {isNothing
          ? <NothingFound search={search} />
          : month === undefined
          ? <RowSkeletons count={SKELETONS} />
          : (
            <Calendar
              search={search}
              month={month}
              months={months?.facets.months ?? []}
              found={shown}
            />
          )}
      </section>
    </div>
  );
}
