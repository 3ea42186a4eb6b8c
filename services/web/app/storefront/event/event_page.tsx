import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { eventQuery, type PublicEvent } from "../../api/events.ts";
import { stockOf } from "../../parts/stock.ts";
import { useApp } from "../../use_app.ts";
import { NotFoundPage } from "../not_found_page.tsx";
import { AlsoInCity } from "./also_in_city.tsx";
import { EventBand } from "./event_band.tsx";
import { EventHeadTags } from "./event_head_tags.tsx";
import { EventStory } from "./event_story.tsx";
import { findKnownEvent } from "./known_event.ts";
import { TicketPanel } from "./tickets/ticket_panel.tsx";
import { useLiveEvent } from "./use_live_event.ts";

const route = getRouteApi("/events/$eventId");

/** All about one event, and its tickets. */
export function EventPage() {
  const { eventId } = route.useParams();
  const { api } = useApp();
  const { data: event, isError, refetch } = useQuery(eventQuery(api, eventId));
  const queryClient = useQueryClient();
  if (event === null) return <NotFoundPage />;
  const head = event ?? findKnownEvent(queryClient, eventId);
  return (
    <article data-stock={head && stockOf(head.event_type)}>
      <EventBand event={head} />
      {event ? <LoadedEvent key={eventId} event={event} /> : <NoEvent {...{ isError, refetch }} />}
    </article>
  );
}

function LoadedEvent({ event: loaded }: { event: PublicEvent }) {
  const live = useLiveEvent(loaded);
  const { event } = live;
  return (
    <>
      <EventHeadTags event={event} />
      <div className="page event">
        <TicketPanel live={live} />
        <div className="story">
          <EventStory live={live} />
          <AlsoInCity event={event} />
        </div>
      </div>
    </>
  );
}

/** The shape of the page until the event is there, or the way to ask again. */
function NoEvent({ isError, refetch }: { isError: boolean; refetch(): unknown }) {
  const { common, event: texts } = useMessages();
  if (isError) {
    return (
      <div className="page event-unreachable">
        <Note kind="warn" role="status">
          {texts.unreachable}{" "}
          <button type="button" className="link" onClick={() => void refetch()}>
            {common.tryAgain}
          </button>
        </Note>
      </div>
    );
  }
  return (
    <div className="page event" aria-busy="true">
      <div className="buy skeleton" />
      <div className="story">
        <p className="visually-hidden">{texts.loading}</p>
        <div className="skeleton" />
      </div>
    </div>
  );
}
