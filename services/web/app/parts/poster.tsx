import { Link } from "@tanstack/react-router";
import type { SearchResult } from "../api/events.ts";
import { useFormat } from "../messages/use_messages.ts";
import { Cover } from "./cover.tsx";
import { usePriceRange } from "./price_range.ts";
import { SeatsLeft } from "./seats_left.tsx";
import { unbroken } from "./unbroken.ts";

/** An event as a picture with a caption. `first` is the large one, whose picture is loaded at once. */
export function Poster({ event, first = false }: { event: SearchResult; first?: boolean }) {
  const format = useFormat();
  const priceRange = usePriceRange();
  const when = format.when(event.start_datetime, event.timezone);
  return (
    <Link className="poster" to="/events/$eventId" params={{ eventId: event.event_id }}>
      <Cover event={event} first={first} />
      <span className="cap">
        <h3>{unbroken(event.name)}</h3>
        <p>
          {when.short}, {when.time} · {event.venue_city} ·{" "}
          {priceRange(event.price_min, event.price_max, event.currency)}
        </p>
        <p className="why">
          <SeatsLeft event={event} />
        </p>
        {first && event.description ? <p className="about">{event.description}</p> : null}
      </span>
    </Link>
  );
}
