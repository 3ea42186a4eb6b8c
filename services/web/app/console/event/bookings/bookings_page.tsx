import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import { eventBookingsQuery, PAGE_SIZE } from "../../api/event_bookings.ts";
import { DownloadButton } from "../../parts/download_button.tsx";
import { EmptyState } from "../../parts/empty_state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { EventFrame } from "../event_frame.tsx";
import { useEventScope } from "../use_event_scope.ts";
import { BookingsForm } from "./bookings_form.tsx";
import type { BookingsSearch } from "./bookings_search.ts";
import { BookingsTable } from "./bookings_table.tsx";

const route = getRouteApi("/console/events/$eventId/bookings");

/** The bookings of an event, found by reference, name or e-mail, and by state. */
export function EventBookingsPage() {
  const { eventId } = route.useParams();
  const search = route.useSearch();
  const { eventBookings: texts } = useConsoleMessages();
  return (
    <EventFrame
      eventId={eventId}
      tab="bookings"
      title={texts.title}
      actions={(event) => (
        <DownloadButton file={fileOf(event, search)}>{texts.download}</DownloadButton>
      )}
    >
      {(event) => <Bookings event={event} search={search} />}
    </EventFrame>
  );
}

function Bookings({ event, search }: { event: ManagedEvent; search: BookingsSearch }) {
  const { event_id: eventId } = event;
  const { page = 1, ...wanted } = search;
  const { api, scope } = useEventScope(eventId);
  const { eventBookings: texts } = useConsoleMessages();
  const { number } = useFormat();
  const { data } = useQuery(eventBookingsQuery(api, { ...scope, ...wanted, page }));
  const isWanted = wanted.q !== undefined || wanted.status !== undefined;
  return (
    <>
      <BookingsForm eventId={eventId} search={search} />
      <p role="status" className="soft">
        {data ? texts.found(data.total, number(data.total)) : null}
      </p>
      {data?.total === 0
        ? (
          <EmptyState title={isWanted ? texts.noneFound : texts.none}>
            <p>{isWanted ? texts.noneFoundText : texts.noneText}</p>
            {isWanted
              ? (
                <Link to="/console/events/$eventId/bookings" params={{ eventId }}>
                  {texts.clear}
                </Link>
              )
              : null}
          </EmptyState>
        )
        : <BookingsTable event={event} bookings={data?.bookings} />}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(to, text) => (
          <Link
            to="/console/events/$eventId/bookings"
            params={{ eventId }}
            search={{ ...wanted, ...(to > 1 ? { page: to } : {}) }}
          >
            {text}
          </Link>
        )}
      />
    </>
  );
}

/** All that the search finds, as a file. */
function fileOf({ event_id: id }: ManagedEvent, { q, status }: BookingsSearch) {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(status ? { status } : {}) });
  return {
    path: `/api/event/admin/events/${id}/bookings${query.size > 0 ? `?${query}` : ""}`,
    name: `bookings-${id}.csv`,
  };
}
