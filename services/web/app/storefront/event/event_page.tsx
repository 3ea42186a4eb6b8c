import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { eventQuery } from "../../api/events.ts";
import { useApp } from "../../use_app.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { unbroken } from "../../parts/unbroken.ts";
import { NotFoundPage } from "../not_found_page.tsx";

const route = getRouteApi("/events/$eventId");

/** All about one event. */
export function EventPage() {
  const { api } = useApp();
  const { event: texts } = useMessages();
  const { eventId } = route.useParams();
  const { data: event } = useQuery(eventQuery(api, eventId));
  if (event === null) return <NotFoundPage />;
  return (
    <article className="page">
      {event ? <Head title={event.name} path={`/events/${eventId}`} /> : null}
      <h1>{event ? unbroken(event.name) : ""}</h1>
      <h2>{texts.about}</h2>
      <p>{event?.description}</p>
    </article>
  );
}
