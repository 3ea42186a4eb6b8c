import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import { type Discrepancy, entryQuery, type SeatAudit } from "../../api/event_ledger.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";

/** What differs, where, and since when; and what to do. */
export function Differences({ event, audit, time }: {
  event: ManagedEvent;
  audit: SeatAudit;
  time: string;
}) {
  const { eventLedger: texts } = useConsoleMessages();
  const { number } = useFormat();
  const { discrepancies } = audit;
  const columns: Column<Discrepancy>[] = [
    {
      key: "what",
      head: texts.whatHead,
      isHead: true,
      cell: ({ kind, message }) => (
        <>
          {texts.kinds[kind] ?? texts.otherKind}
          <details>
            <summary>{texts.details}</summary>
            <p lang="en">{message}</p>
          </details>
        </>
      ),
    },
    {
      key: "where",
      head: texts.whereHead,
      cell: ({ pool }) => pool === undefined ? texts.house : texts.area(number(pool)),
    },
    {
      key: "since",
      head: texts.sinceHead,
      cell: ({ seq }) =>
        seq === undefined ? texts.sinceUnknown : <SinceEntry event={event} seq={seq} />,
    },
  ];
  return (
    <div className="stack audit__differences" role="alert">
      <p>
        {texts.wrongText(time, discrepancies.length, number(discrepancies.length))}{" "}
        {texts.wrongMore}
      </p>
      <Table
        caption={texts.wrong}
        columns={columns}
        rows={discrepancies}
        keyOf={({ message }) => message}
      />
      <p>{texts.wrongDo}</p>
    </div>
  );
}

/** An entry by its number, and when it was written. */
function SinceEntry({ event, seq }: { event: ManagedEvent; seq: number }) {
  const { api, scope } = useEventScope(event.event_id);
  const { eventLedger: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  const { data: entry } = useQuery(entryQuery(api, { ...scope, seq }));
  const at = entry && when(entry.recorded_at, event.timezone);
  return (
    <>
      {texts.sinceEntry(number(seq))}
      {at ? `, ${at.short}, ${at.time}` : ""}
    </>
  );
}
