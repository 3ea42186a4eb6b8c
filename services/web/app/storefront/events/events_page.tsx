import { getRouteApi } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { stringifySearch } from "../../search_text.ts";
import type { EventsSearch } from "./events_search.ts";
import { EventsCalendar } from "./events_calendar.tsx";
import { EventsList } from "./events_list.tsx";
import { FilterChips } from "./filter_chips.tsx";
import { SearchBar } from "./search_bar.tsx";
import { useFilterLabels } from "./use_filter_labels.ts";

const route = getRouteApi("/events");

/** All events that fit the filters of the address, as a list or as a calendar. */
export function EventsPage() {
  const search = route.useSearch();
  const { events } = useMessages();
  const { kind } = useFilterLabels();
  const heading = events.heading(search.type ? kind(search.type) : events.all, search);
  return (
    <div className="page events">
      <Head
        title={heading}
        description={events.description(heading)}
        path={`/events${stringifySearch(findable(search))}`}
        noindex={search.q !== undefined || search.near !== undefined}
      />
      <h1 className="title">{heading}</h1>
      <SearchBar search={search} />
      <FilterChips search={search} />
      {search.view === "calendar"
        ? <EventsCalendar search={search} />
        : <EventsList search={search} />}
    </div>
  );
}

/** What makes a list one of its own for search engines: not its order, its page or its view. */
function findable({ city, type }: EventsSearch): Record<string, unknown> {
  return { city, type };
}
