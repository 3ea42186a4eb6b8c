import { getRouteApi } from "@tanstack/react-router";
import type { ManagedEvent } from "../../api/event.ts";
import { DownloadButton } from "../../parts/download_button.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { EventFrame } from "../event_frame.tsx";
import { AuditResult } from "./audit_result.tsx";
import { EntriesTable } from "./entries_table.tsx";

const route = getRouteApi("/console/events/$eventId/ledger");

/** Whether every seat of an event is accounted for, and how the seats moved. */
export function EventLedgerPage() {
  const { eventId } = route.useParams();
  const { page = 1 } = route.useSearch();
  const { eventLedger: texts } = useConsoleMessages();
  return (
    <EventFrame
      eventId={eventId}
      tab="ledger"
      title={texts.title}
      actions={(event) => <DownloadButton file={fileOf(event)}>{texts.download}</DownloadButton>}
    >
      {(event) => (
        <>
          <AuditResult event={event} />
          <EntriesTable event={event} page={page} />
        </>
      )}
    </EventFrame>
  );
}

/** All entries with all that their seals cover. */
function fileOf({ event_id: id }: ManagedEvent) {
  return { path: `/api/event/admin/events/${id}/ledger`, name: `ledger-${id}.csv` };
}
