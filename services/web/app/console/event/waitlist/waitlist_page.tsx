import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useFormat } from "../../../messages/use_messages.ts";
import { Note } from "../../../parts/note.tsx";
import type { ManagedEvent } from "../../api/event.ts";
import { eventWaitlistQuery, PAGE_SIZE } from "../../api/event_waitlist.ts";
import { EmptyState } from "../../parts/empty_state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useMayChange } from "../../use_may_change.ts";
import { EventFrame } from "../event_frame.tsx";
import { useEventScope } from "../use_event_scope.ts";
import { LineRules } from "./line_rules.tsx";
import { PauseButton } from "./pause_button.tsx";
import { WaitlistTable } from "./waitlist_table.tsx";

const route = getRouteApi("/console/events/$eventId/waitlist");

/** Who waits for an event, what they are offered, and why they wait. */
export function EventWaitlistPage() {
  const { eventId } = route.useParams();
  const { eventWaitlist: texts } = useConsoleMessages();
  return (
    <EventFrame eventId={eventId} tab="waitlist" title={texts.title}>
      {(event) => <Waitlist event={event} />}
    </EventFrame>
  );
}

function Waitlist({ event }: { event: ManagedEvent }) {
  const { event_id: eventId, timezone } = event;
  const { page = 1 } = route.useSearch();
  const { api, scope } = useEventScope(eventId);
  const mayChange = useMayChange(event.organisation_id);
  const { eventWaitlist: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  const { data } = useQuery(eventWaitlistQuery(api, { ...scope, page }));
  const offers = data?.entries.filter(({ status }) => status === "offered").length ?? 0;
  const pausedAt = data?.paused_at && when(data.paused_at, timezone);
  return (
    <>
      {pausedAt
        ? <Note kind="warn">{texts.paused(`${pausedAt.short}, ${pausedAt.time}`)}</Note>
        : null}
      {data && mayChange && event.status !== "cancelled"
        ? <PauseButton scope={scope} isPaused={data.paused} />
        : null}
      {data?.total === 0
        ? (
          <EmptyState title={texts.none}>
            <p>{texts.noneText}</p>
          </EmptyState>
        )
        : (
          <>
            <p>
              {data
                ? (
                  <>
                    {texts.waits(data.total, number(data.total))}
                    {offers > 0 ? ` · ${texts.openOffers(offers, number(offers))}` : ""}
                  </>
                )
                : null}
            </p>
            <WaitlistTable event={event} entries={data?.entries} />
          </>
        )}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(to, text) => (
          <Link
            to="/console/events/$eventId/waitlist"
            params={{ eventId }}
            search={to > 1 ? { page: to } : {}}
          >
            {text}
          </Link>
        )}
      />
      <LineRules />
    </>
  );
}
