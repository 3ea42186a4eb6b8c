import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { EventFrame } from "../event_frame.tsx";
import { EventActions } from "../actions/event_actions.tsx";
import { CancellationProgress } from "../actions/cancellation_progress.tsx";
import { useEventNews } from "../use_event_news.ts";
import { eventHoldsQuery } from "../../api/event_holds.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { HoldsWarning } from "../holds/holds_warning.tsx";
import { useEventScope } from "../use_event_scope.ts";
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
  const { event_id: eventId } = event;
  const isOpen = useEventNews(eventId, { isPublic: isOnShow(event) });
  const { api, scope } = useEventScope(eventId);
  const { eventHolds } = useConsoleMessages();
  const { data: holds } = useQuery({ ...eventHoldsQuery(api, scope), enabled: isOnShow(event) });
  return (
    <>
      <EventWhen event={event} isLive={isOpen} />
      {event.status === "cancelled" ? <CancellationProgress event={event} /> : null}
      <HoldsWarning warning={holds?.warning}>
        <Link to="/console/events/$eventId/holds" params={{ eventId }}>{eventHolds.look}</Link>
      </HoldsWarning>
      <EventFigures event={event} />
      <div className="event-console__halves">
        <SalesOverTime eventId={eventId} />
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
