import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { managedEventsQuery } from "../api/events.ts";
import { EventTable } from "../parts/event_table.tsx";
import { SeatsLegend } from "../parts/seats_by_state.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";

/** So many events are shown; all others are a press away. */
const SHOWN = 7;

/** The soonest of the events on sale. */
export function EventsAtAGlance() {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { overview } = useConsoleMessages();
  const { data } = useQuery(
    managedEventsQuery(api, adminId, {
      state: "published",
      sort: "start",
      limit: SHOWN,
      include: "revenue",
    }),
  );
  if (data?.events.length === 0) return null;
  return (
    <section className="glance" aria-labelledby="glance-title">
      <div className="section-head">
        <h2 id="glance-title">{overview.soonest}</h2>
        <SeatsLegend />
        <Link to="/console/events">{overview.allEvents}</Link>
      </div>
      <EventTable caption={overview.soonest} events={data?.events} />
    </section>
  );
}
