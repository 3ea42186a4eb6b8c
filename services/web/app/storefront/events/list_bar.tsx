import { useMessages } from "../../messages/use_messages.ts";
import { type EventsSearch, type Sort, sortOf } from "./events_search.ts";
import { FilterLink } from "./filter_link.tsx";

/** How many were found, their order, and list or calendar. */
export function ListBar({ search, count }: { search: EventsSearch; count: string }) {
  const { events } = useMessages();
  const base: EventsSearch = { ...search, page: undefined };
  const isCalendar = search.view === "calendar";
  return (
    <div className="list-bar">
      <h2 className="list-count">
        <span role="status">{count}</span>
      </h2>
      {isCalendar ? null : (
        <nav className="choices" aria-label={events.sortBy}>
          {sortsFor(search).map((sort) => (
            <FilterLink
              key={sort}
              search={{
                ...base,
                sort: sort === sortOf({ ...base, sort: undefined }) ? undefined : sort,
              }}
              current={sort === sortOf(search)}
            >
              {events.sorts[sort]}
            </FilterLink>
          ))}
        </nav>
      )}
      <nav className="switch" aria-label={events.view}>
        <FilterLink search={{ ...base, view: undefined }} current={!isCalendar}>
          {events.list}
        </FilterLink>
        <FilterLink search={{ ...base, view: "calendar" }} current={isCalendar}>
          {events.calendar}
        </FilterLink>
      </nav>
    </div>
  );
}

function sortsFor({ q, near }: EventsSearch): Sort[] {
  return [
    ...(q ? ["relevance" as const] : []),
    ...(near ? ["distance" as const] : []),
    "date",
    "price",
    "popularity",
  ];
}
