import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ManagedEvent } from "../../api/event.ts";
import { eventHoldsQuery } from "../../api/event_holds.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { EventFrame } from "../event_frame.tsx";
import { useEventScope } from "../use_event_scope.ts";
import { HoldingAccounts } from "./holding_accounts.tsx";
import { HoldsFigures } from "./holds_figures.tsx";
import { HoldsWarning } from "./holds_warning.tsx";

const route = getRouteApi("/console/events/$eventId/holds");

/** What is held of an event and not paid, who holds the most, and who is blocked. */
export function EventHoldsPage() {
  const { eventId } = route.useParams();
  const { eventHolds: texts } = useConsoleMessages();
  return (
    <EventFrame eventId={eventId} tab="holds" title={texts.title}>
      {(event) => <Holds event={event} />}
    </EventFrame>
  );
}

function Holds({ event }: { event: ManagedEvent }) {
  const { api, scope } = useEventScope(event.event_id);
  const { data } = useQuery(eventHoldsQuery(api, scope));
  return (
    <>
      <HoldsWarning warning={data?.warning} />
      <HoldsFigures holds={data} />
      <HoldingAccounts event={event} holds={data} />
    </>
  );
}
