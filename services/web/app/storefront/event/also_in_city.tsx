import { useQuery } from "@tanstack/react-query";
import { inCityQuery, type PublicEvent } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { EventRow } from "../../parts/event_row.tsx";
import { useApp } from "../../use_app.ts";
import { ALSO_ROWS, alsoIn } from "./queries.ts";

/** What else is on in the event's city, soonest first. */
export function AlsoInCity({ event }: { event: PublicEvent }) {
  const { api } = useApp();
  const { event: texts } = useMessages();
  const { data } = useQuery(inCityQuery(api, alsoIn(event)));
  const others = data?.results.filter(({ event_id }) => event_id !== event.event_id) ?? [];
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="also">
      <h2 id="also">{texts.alsoIn(event.venue_city)}</h2>
      <ul className="rows">
        {others.slice(0, ALSO_ROWS).map((other) => <EventRow key={other.event_id} event={other} />)}
      </ul>
    </section>
  );
}
