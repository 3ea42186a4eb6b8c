import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { SearchResponse } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { EventRow } from "../../parts/event_row.tsx";
import { type EventsSearch, PAGE_SIZE, windowOf } from "./events_search.ts";
import { FilterLink } from "./filter_link.tsx";

/** Events that were found, up to the page of the address, and the way to more. */
export function Results({ search, found }: { search: EventsSearch; found: SearchResponse }) {
  const { events } = useMessages();
  const { number } = useFormat();
  const { before, shown } = windowOf(search);
  const results = found.results.slice(0, shown);
  const list = useFocusOnNew(results.length, search);
  const last = before + results.length;
  if (results.length === 0) {
    return (
      <p className="stack">
        {events.beyond(number(found.total))}
        <FilterLink search={{ ...search, page: undefined }}>{events.fromStart}</FilterLink>
      </p>
    );
  }
  return (
    <>
      <ul className="rows" ref={list}>
        {results.map((event) => <EventRow key={event.event_id} event={event} />)}
      </ul>
      <div className="more">
        {last < found.total
          ? (
            <Link
              className="btn btn--second"
              to="/events"
              search={{ ...search, page: (search.page ?? 1) + 1 }}
              resetScroll={false}
              preload={false}
            >
              {events.showMore}
            </Link>
          )
          : null}
        {found.total > PAGE_SIZE
          ? <p className="soft small">{events.shown(number(last), number(found.total))}</p>
          : null}
      </div>
    </>
  );
}

/** After "Show more" focus goes to the first of the new rows: who reads on by keyboard goes on there. */
function useFocusOnNew(count: number, { page }: EventsSearch) {
  const list = useRef<HTMLUListElement>(null);
  const was = useRef({ count, page });
  useEffect(() => {
    const { count: before, page: pageBefore } = was.current;
    if ((page ?? 1) > (pageBefore ?? 1) && count === before) return;
    was.current = { count, page };
    if ((page ?? 1) > (pageBefore ?? 1) && count > before) {
      list.current?.children[before]?.querySelector("a")?.focus({ preventScroll: true });
    }
  }, [count, page]);
  return list;
}
