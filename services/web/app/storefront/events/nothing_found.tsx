import { useQueries } from "@tanstack/react-query";
import { searchQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { useMounted } from "../../parts/use_mounted.ts";
import { activeFilters } from "./active_filters.ts";
import { type EventsSearch, nearText, readNear, toFilters } from "./events_search.ts";
import { FilterLink } from "./filter_link.tsx";
import { useFilterLabels } from "./use_filter_labels.ts";

/** Wider circles that are offered when nothing is near. */
const WIDER_KM = [100, 500];

/** Nothing fits: what could be left away, each with the events that it would give. */
export function NothingFound({ search }: { search: EventsSearch }) {
  const { api } = useApp();
  const { events } = useMessages();
  const { number } = useFormat();
  const mounted = useMounted();
  const ways = useWays(search);
  // At most one search a filter and a circle, in the browser alone.
  const counts = useQueries({
    queries: ways.map((way) => ({
      ...searchQuery(api, { ...toFilters(way.search), limit: 1 }),
      enabled: mounted,
    })),
  });
  if (ways.length === 0) return <p className="nothing">{events.nothingAtAll}</p>;
  const offered = ways.map((way, index) => ({ ...way, count: counts[index]?.data?.total }))
    .filter(({ count }) => count !== 0);
  return (
    <div className="nothing">
      <h2>{events.nothing}</h2>
      {offered.length === 0 ? null : <p>{events.relax}</p>}
      <ul>
        {offered.map((way) => (
          <li key={way.text}>
            <FilterLink className="way" search={way.search}>
              <span>{way.text}</span>
              <span className="soft">
                {way.count === undefined ? null : events.count(way.count, number(way.count))}
              </span>
            </FilterLink>
          </li>
        ))}
        <li>
          <FilterLink className="way" search={{ view: search.view }}>
            <span>{events.seeAll}</span>
          </FilterLink>
        </li>
      </ul>
    </div>
  );
}

function useWays(search: EventsSearch): { text: string; search: EventsSearch }[] {
  const { events: { relaxed } } = useMessages();
  const { number } = useFormat();
  const { kind } = useFilterLabels();
  const near = readNear(search.near);
  const wider = near
    ? WIDER_KM.filter((km) => km > near.km).map((km) => ({
      text: relaxed.wider(number(km)),
      search: { ...search, page: undefined, near: nearText({ ...near, km }) },
    }))
    : [];
  const without = activeFilters(search).map((filter) => ({
    text: filter.name === "q"
      ? relaxed.q(search.q!)
      : filter.name === "city"
      ? relaxed.city(search.city!)
      : filter.name === "type"
      ? relaxed.type(kind(search.type!))
      : relaxed[filter.name],
    search: filter.without,
  }));
  return [...wider, ...without];
}
