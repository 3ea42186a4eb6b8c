import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { searchQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { RowSkeletons } from "../../parts/row_skeletons.tsx";
import { type EventsSearch, toPageFilters } from "./events_search.ts";
import { Filters } from "./filters.tsx";
import { ListBar } from "./list_bar.tsx";
import { NothingFound } from "./nothing_found.tsx";
import { Results } from "./results.tsx";

/** Rows that stand for those that are being looked for. */
const SKELETONS = 6;

/** The list. While another one is on its way the last one stays. */
export function EventsList({ search }: { search: EventsSearch }) {
  const { api } = useApp();
  const { events } = useMessages();
  const { number } = useFormat();
  const { data: found, isPlaceholderData } = useQuery({
    ...searchQuery(api, toPageFilters(search)),
    placeholderData: keepPreviousData,
  });
  const count = found ? events.count(found.total, number(found.total)) : events.looking;
  return (
    <div className="events-body">
      {found ? <Filters search={search} found={found} /> : <div className="filters-place" />}
      <section aria-label={events.list} aria-busy={!found || isPlaceholderData}>
        <ListBar search={search} count={count} />
        {!found
          ? <RowSkeletons count={SKELETONS} />
          : found.total === 0
          ? <NothingFound search={search} />
          : <Results search={search} found={found} />}
      </section>
    </div>
  );
}
