import { Link } from "@tanstack/react-router";
import type { SearchResult } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Poster } from "../../parts/poster.tsx";
import { HOME_TRENDING } from "./queries.ts";

/** Events that sell fast, as pictures: the first one large. */
export function Posters({ events }: { events: SearchResult[] | undefined }) {
  const { home } = useMessages();
  return (
    <section aria-labelledby="selling">
      <div className="head">
        <h2 id="selling">{home.sellingNow}</h2>
        <Link to="/events" search={{ sort: "popularity" }}>{home.allTrending}</Link>
      </div>
      <div className="posters">
        {events
          ? events.map((event, index) => (
            <Poster key={event.event_id} event={event} first={index === 0} />
          ))
          : Array.from(
            { length: HOME_TRENDING },
            (_, index) => (
              <div key={index} className="poster poster--empty" aria-hidden="true">
                <span className="picture" />
                <span className="cap" />
              </div>
            ),
          )}
      </div>
    </section>
  );
}
