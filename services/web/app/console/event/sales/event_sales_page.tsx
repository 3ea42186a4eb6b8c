import { getRouteApi } from "@tanstack/react-router";
import { EventFrame } from "../event_frame.tsx";
import { EventActions } from "../actions/event_actions.tsx";
import { CancellationProgress } from "../actions/cancellation_progress.tsx";
import { useEventNews } from "../use_event_news.ts";
import { EventFigures } from "./event_figures.tsx";
import { EventWhen } from "./event_when.tsx";
import { LastSales } from "./last_sales.tsx";
import { SalesOverTime } from "./sales_over_time.tsx";
import { TypeTable } from "./type_table.tsx";
import type { ManagedEvent } from "../../api/event.ts";

const route = getRouteApi("/console/events/$eventId");

/** How an event sells, as it sells, and what its organiser can do with it. */
export function EventSalesPage() {
  const { eventId } = route.useParams();
  return (
    <EventFrame eventId={eventId} tab="sales">
      {(event) => <EventSales event={event} />}
    </EventFrame>
  );
}

function EventSales({ event }: { event: ManagedEvent }) {
  const isOpen = useEventNews(event.event_id, { isPublic: isOnShow(event) });
  return (
    <>
      <EventWhen event={event} isLive={isOpen} />
      {event.status === "cancelled" ? <CancellationProgress event={event} /> : null}
      <EventFigures event={event} />
      <div className="event-console__halves">
        <SalesOverTime eventId={event.event_id} />
        <LastSales event={event} />
      </div>
      <TypeTable event={event} />
      <EventActions event={event} />
    </>
  );
}

/** Whether people may see the event, and so its stream. */
function isOnShow({ status }: ManagedEvent): boolean {
  return status === "published" || status === "sold_out";
}
