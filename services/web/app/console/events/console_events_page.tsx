import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { copyEvent } from "../api/event.ts";
import {
  eventsChanged,
  eventsFilePath,
  type ManagedEvent,
  managedEventsQuery,
} from "../api/events.ts";
import { DownloadButton } from "../parts/download_button.tsx";
import { EmptyState } from "../parts/empty_state.tsx";
import { EventTable } from "../parts/event_table.tsx";
import { Failure } from "../parts/failure.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { Pager } from "../parts/pager.tsx";
import { SeatsLegend } from "../parts/seats_by_state.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { EventsFilter } from "./events_filter.tsx";

const route = getRouteApi("/console/events");

const PAGE_SIZE = 20;

/** All events of the organiser: find, filter, duplicate, save as a file. */
export function ConsoleEventsPage() {
  const search = route.useSearch();
  const { page = 1, ...filter } = search;
  const { api } = useConsole();
  const { adminId, canChange } = useOrganiser();
  const { events } = useConsoleMessages();
  const { number } = useFormat();
  const { data, error } = useQuery(
    managedEventsQuery(api, adminId, { ...filter, page, limit: PAGE_SIZE, include: "revenue" }),
  );
  const isFiltered = filter.q !== undefined || filter.state !== undefined;
  return (
    <>
      <PageHead title={events.title}>
        {canChange ? <Link className="btn" to="/console/events/new">{events.newEvent}</Link> : null}
      </PageHead>
      <EventsFilter search={search} />
      <div className="section-head">
        <p role="status">{data ? events.found(data.total, number(data.total)) : " "}</p>
        <SeatsLegend />
        {data && data.total > 0
          ? (
            <DownloadButton file={{ path: eventsFilePath(filter), name: "events.csv" }}>
              {events.downloadCsv}
            </DownloadButton>
          )
          : null}
      </div>
      <Failure error={data ? undefined : error} />
      {data?.total === 0
        ? (
          <EmptyState title={isFiltered ? events.noneFound : events.none}>
            {isFiltered
              ? <Link className="btn btn--second" to="/console/events">{events.showAll}</Link>
              : canChange
              ? <Link className="btn" to="/console/events/new">{events.newEvent}</Link>
              : null}
          </EmptyState>
        )
        : (
          <EventTable
            caption={events.title}
            events={data?.events}
            actions={canChange ? (event) => <Duplicate event={event} /> : undefined}
          />
        )}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(page, text) => (
          <Link
            to="/console/events"
            search={{ ...search, page: page === 1 ? undefined : page }}
          >
            {text}
          </Link>
        )}
      />
    </>
  );
}

/** Makes a draft like an event, and leads to it. */
function Duplicate({ event }: { event: ManagedEvent }) {
  const { api } = useConsole();
  const { events } = useConsoleMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const duplicate = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const { event_id } = await copyEvent(api, event);
      void eventsChanged(queryClient);
      await navigate({ to: "/console/events/$eventId/edit", params: { eventId: event_id } });
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <>
      <button
        className="link"
        type="button"
        disabled={busy}
        aria-label={events.duplicateOf(event.name)}
        onClick={duplicate}
      >
        {events.duplicate}
      </button>
      <Failure error={error} />
    </>
  );
}
