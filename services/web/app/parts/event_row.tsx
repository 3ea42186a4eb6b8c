import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { SearchResult } from "../api/events.ts";
import { useFormat } from "../messages/use_messages.ts";
import { Cover } from "./cover.tsx";
import { Price } from "./price.tsx";
import { SeatsLeft } from "./seats_left.tsx";
import { stockOf } from "./stock.ts";
import { unbroken } from "./unbroken.ts";

/** An event as a ticket: the stub with its date, a perforation, the rest. */
export const EventRow = memo(function EventRow({ event }: { event: SearchResult }) {
  const when = useFormat().when(event.start_datetime, event.timezone);
  return (
    <li>
      <Link
        className="row"
        data-stock={stockOf(event.event_type)}
        to="/events/$eventId"
        params={{ eventId: event.event_id }}
      >
        <time className="stub" dateTime={event.start_datetime}>
          <span className="m">{when.month}</span>
          <b>{when.day}</b>
          <span className="t">{when.weekday} {when.time}</span>
        </time>
        <Cover event={event} />
        <span className="main">
          <h3>{unbroken(event.name)}</h3>
          <p>{event.venue_name}, {event.venue_city}</p>
        </span>
        <span className="price">
          <Price event={event} />
          <SeatsLeft event={event} />
        </span>
      </Link>
    </li>
  );
});
