import { Link } from "@tanstack/react-router";
import type { SearchResult } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { EventRow } from "../../parts/event_row.tsx";
import { RowSkeletons } from "../../parts/row_skeletons.tsx";
import { HOME_SOONEST } from "./queries.ts";

/** The events that begin first. */
export function Soonest({ events }: { events: SearchResult[] | undefined }) {
  const { home } = useMessages();
  return (
    <section>
      <div className="head">
        <h2>{home.soonest}</h2>
        <Link to="/events">{home.allByDate}</Link>
      </div>
      {events
        ? (
          <ul className="rows">
            {events.map((event) => <EventRow key={event.event_id} event={event} />)}
          </ul>
        )
        : <RowSkeletons count={HOME_SOONEST} />}
    </section>
  );
}
