import type { SearchResponse } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { EventsSearch } from "../events_search.ts";
import { Agenda } from "./agenda.tsx";
import { eventsByDay } from "./events_by_day.ts";
import { MonthGrid } from "./month_grid.tsx";
import { MonthLinks } from "./month_links.tsx";
import { MONTH_EVENTS } from "./month_queries.ts";

/** A month of events: a grid where there is room, else day by day. */
export function Calendar({ search, month, months, found }: {
  search: EventsSearch;
  month: string;
  /** Months with events, to go to. */
  months: SearchResponse["facets"]["months"];
  /** Events of the month, once they are known. */
  found: SearchResponse | undefined;
}) {
  const { events } = useMessages();
  const { number, month: nameOf } = useFormat();
  const coming = found?.results.filter(({ on_sale }) => on_sale) ?? [];
  const byDay = eventsByDay(month, coming);
  return (
    <>
      <MonthLinks search={search} month={month} months={months} />
      <h2 className="month-name">{nameOf(month)}</h2>
      {found && coming.length === 0 ? <p>{events.noneInMonth(nameOf(month))}</p> : null}
      {found && found.total > MONTH_EVENTS
        ? <p>{events.tooMany(number(MONTH_EVENTS), number(found.total))}</p>
        : null}
      <MonthGrid search={search} month={month} byDay={byDay} />
      <Agenda byDay={byDay} />
    </>
  );
}
