import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import { type LedgerEntry, ledgerQuery, PAGE_SIZE } from "../../api/event_ledger.ts";
import { EmptyState } from "../../parts/empty_state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";

/** How the seats moved, the latest first. */
export function EntriesTable({ event, page }: { event: ManagedEvent; page: number }) {
  const { event_id: eventId, timezone } = event;
  const { api, scope } = useEventScope(eventId);
  const { eventLedger: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  const { data } = useQuery(ledgerQuery(api, { ...scope, page }));
  const accountOf = (name: string) => texts.accounts[name] ?? name;
  const columns: Column<LedgerEntry>[] = [
    {
      key: "what",
      head: texts.what,
      isHead: true,
      cell: ({ operation, pool }) => (
        <>
          {texts.operations[operation] ?? texts.operationOther}
          {pool === undefined
            ? null
            : <span className="soft xs">{` · ${texts.area(number(pool))}`}</span>}
        </>
      ),
    },
    { key: "seq", head: texts.number, isNumber: true, cell: ({ seq }) => number(seq) },
    {
      key: "time",
      head: texts.time,
      cell: ({ recorded_at: at }) => {
        const { short, time } = when(at, timezone);
        return <time className="nb" dateTime={at}>{short}, {time}</time>;
      },
    },
    {
      key: "moved",
      head: texts.movedHead,
      cell: ({ seats, debit, credit }) =>
        seats === 0 ? "–" : texts.moved(seats, number(seats), accountOf(debit), accountOf(credit)),
    },
    {
      key: "after",
      head: texts.after,
      isNumber: true,
      cell: ({ sold, held, available }) =>
        texts.afterCounts(number(sold), number(held), number(available)),
    },
  ];
  return (
    <section className="stack" aria-labelledby="entries">
      <h2 id="entries">{texts.entries}</h2>
      {data?.total === 0
        ? (
          <EmptyState title={texts.noEntries}>
            <p>{texts.noEntriesText}</p>
          </EmptyState>
        )
        : (
          <Table
            caption={texts.entries}
            columns={columns}
            rows={data?.entries}
            keyOf={({ seq }) => String(seq)}
          />
        )}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(to, text) => (
          <Link
            to="/console/events/$eventId/ledger"
            params={{ eventId }}
            search={to > 1 ? { page: to } : {}}
          >
            {text}
          </Link>
        )}
      />
      <p className="soft small">{texts.downloadHint}</p>
    </section>
  );
}
