import { useQuery } from "@tanstack/react-query";
import { searchQuery, trendingQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { EventRow } from "../../parts/event_row.tsx";
import { Head } from "../../parts/head.tsx";
import { Poster } from "../../parts/poster.tsx";
import { HOME_SOONEST, HOME_TRENDING } from "./queries.ts";

/** What is on, soonest and most wanted. */
export function HomePage() {
  const { api } = useApp();
  const { home } = useMessages();
  const { data: trending } = useQuery(trendingQuery(api, HOME_TRENDING));
  const { data: soonest } = useQuery(searchQuery(api, HOME_SOONEST));
  return (
    <>
      <Head title={home.title} description={home.description} path="/" />
      <section className="page hero">
        <h1>{home.loudWithout}</h1>
        <p className="lead">{home.lead}</p>
      </section>
      <div className="page">
        <div className="head">
          <h2>{home.sellingNow}</h2>
        </div>
        <div className="posters">
          {trending?.events.map((event, index) => (
            <Poster key={event.event_id} event={event} first={index === 0} />
          ))}
        </div>
        <div className="head">
          <h2>{home.soonest}</h2>
        </div>
        <ul className="rows">
          {soonest?.results.map((event) => <EventRow key={event.event_id} event={event} />)}
        </ul>
      </div>
    </>
  );
}
