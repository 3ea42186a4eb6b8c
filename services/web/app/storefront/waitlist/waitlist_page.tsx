import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { eventQuery } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Note } from "../../parts/note.tsx";
import { stockOf } from "../../parts/stock.ts";
import { useApp } from "../../use_app.ts";
import { EventBand } from "../event/event_band.tsx";
import { NotFoundPage } from "../not_found_page.tsx";
import { WaitlistOf } from "./waitlist_of.tsx";

const route = getRouteApi("/waitlist/$eventId");

/** Waiting for tickets of an event, and taking them when they come. */
export function WaitlistPage() {
  const { eventId } = route.useParams();
  const { n, type } = route.useSearch();
  const { api } = useApp();
  const { waitlist } = useMessages();
  const { data: event, isError, refetch } = useQuery(eventQuery(api, eventId));
  if (event === null) return <NotFoundPage />;
  if (event) {
    return (
      <article data-stock={stockOf(event.event_type)}>
        <WaitlistOf key={eventId} event={event} asked={{ count: n, ticketTypeId: type }} />
      </article>
    );
  }
  return (
    <>
      <Head title={waitlist.titleShort} noindex />
      {isError
        ? (
          <div className="page page--plain stack">
            <h1 className="title">{waitlist.titleShort}</h1>
            <Note kind="warn" role="status">
              {waitlist.cannotRead}{" "}
              <button type="button" className="link" onClick={() => void refetch()}>
                {waitlist.tryAgain}
              </button>
            </Note>
          </div>
        )
        : <EventBand event={undefined} />}
    </>
  );
}
