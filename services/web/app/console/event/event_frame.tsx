import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useApp } from "../../use_app.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { type ManagedEvent, managedEventQuery } from "../api/event.ts";
import { NotFoundInConsole } from "../frame/not_found_in_console.tsx";
import { eventStateOf } from "../parts/event_state.ts";
import { PageHead } from "../parts/page_head.tsx";
import { StateTag } from "../parts/state_tag.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { type EventTab, EventTabs } from "./event_tabs.tsx";
import { useEventScope } from "./use_event_scope.ts";

/** What every page of one event has around it: its name and state, and the way to its other pages. */
export function EventFrame({ eventId, tab, title, hasErrors = false, actions, children }: {
  eventId: string;
  tab: EventTab;
  /** Of the page; the name of the event, where absent. */
  title?: string | undefined;
  hasErrors?: boolean;
  actions?: (event: ManagedEvent) => ReactNode;
  children: (event: ManagedEvent) => ReactNode;
}) {
  const { api, scope } = useEventScope(eventId);
  const { clock } = useApp();
  const { event: texts, frame } = useConsoleMessages();
  const { data: event } = useQuery(managedEventQuery(api, scope));
  if (event === null) return <NotFoundInConsole />;
  const name = event ? unbroken(event.name) : texts.loading;
  return (
    <div className="stack event-console" aria-busy={event === undefined}>
      <PageHead
        title={title ?? name}
        hasErrors={hasErrors}
        before={title === undefined
          ? <Link to="/console/events">{frame.events}</Link>
          : <Link to="/console/events/$eventId" params={{ eventId }}>{name}</Link>}
        beside={event && title === undefined
          ? <StateTag state={eventStateOf(event, clock.now())} />
          : null}
      >
        {event && actions ? actions(event) : null}
      </PageHead>
      <EventTabs eventId={eventId} tab={tab} />
      {event ? children(event) : (
        <>
          <div className="skeleton console__skeleton" aria-hidden="true" />
          <div className="skeleton console__skeleton console__skeleton--tall" aria-hidden="true" />
        </>
      )}
    </div>
  );
}
