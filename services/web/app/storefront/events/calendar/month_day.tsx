import { Link } from "@tanstack/react-router";
import type { SearchResult } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { stockOf } from "../../../parts/stock.ts";
import { unbroken } from "../../../parts/unbroken.ts";
import type { EventsSearch } from "../events_search.ts";

/** Events of a day that are named; the others are a number. */
const NAMED = 2;

/** A day of the calendar: its number leads to all of that day. */
export function MonthDay({ search, day, events: found }: {
  search: EventsSearch;
  day: string;
  events: SearchResult[];
}) {
  const { events } = useMessages();
  const format = useFormat();
  const date = Number(day.slice(-2));
  if (found.length === 0) {
    return (
      <td className="day">
        <span className="day-number soft">{date}</span>
      </td>
    );
  }
  const ofDay = { ...search, page: undefined, view: undefined, from: day, to: day };
  const count = format.number(found.length);
  return (
    <td className="day day--events">
      <Link
        className="day-number"
        to="/events"
        search={ofDay}
        preload={false}
        data-day={day}
        aria-label={events.dayEvents(format.day(day), found.length, count)}
      >
        {date}
      </Link>
      <ul>
        {found.slice(0, NAMED).map((event) => (
          <li key={event.event_id}>
            <Link
              className="day-event"
              data-stock={stockOf(event.event_type)}
              to="/events/$eventId"
              params={{ eventId: event.event_id }}
            >
              {unbroken(event.name)}
            </Link>
          </li>
        ))}
      </ul>
      {found.length > NAMED
        ? (
          <Link className="day-more" to="/events" search={ofDay} preload={false}>
            {events.moreOnDay(format.number(found.length - NAMED))}
          </Link>
        )
        : null}
    </td>
  );
}
