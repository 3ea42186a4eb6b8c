import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../messages/use_messages.ts";
import { Note } from "../../../parts/note.tsx";
import type { ManagedEvent } from "../../api/event.ts";
import { auditQuery } from "../../api/event_ledger.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";
import { AreaSums } from "./area_sums.tsx";
import { Differences } from "./differences.tsx";
import { SeatSum } from "./seat_sum.tsx";

/** The check of the seats in plain words, and the button that checks again. */
export function AuditResult({ event }: { event: ManagedEvent }) {
  const { api, scope } = useEventScope(event.event_id);
  const { eventLedger: texts } = useConsoleMessages();
  const { number, clock } = useFormat();
  const { data: audit, dataUpdatedAt, isFetching, isError, refetch } = useQuery(
    auditQuery(api, scope),
  );
  const time = clock(dataUpdatedAt);
  return (
    <section className="stack audit" aria-labelledby="audit" aria-busy={isFetching}>
      <h2 id="audit" className={audit && !audit.consistent ? "audit__wrong" : undefined}>
        {audit === undefined ? texts.sum : audit.consistent ? texts.fine : texts.wrong}
      </h2>
      {audit
        ? (
          <>
            <SeatSum accounts={audit.accounts} />
            {audit.consistent
              ? (
                <Note kind="ok" role="status">
                  {texts.fineText(time, audit.entries, number(audit.entries))}
                </Note>
              )
              : <Differences event={event} audit={audit} time={time} />}
            <AreaSums pools={audit.pools} />
            {audit.head_hash === "" ? null : (
              <p className="audit__head xs">
                {texts.head}: <code>{audit.head_hash}</code>
              </p>
            )}
          </>
        )
        : isError
        ? <Note kind="warn">{texts.notChecked}</Note>
        : <p className="skeleton console__skeleton" role="status">{texts.checking}</p>}
      <div className="row-of-buttons">
        <button
          className="btn btn--second"
          type="button"
          aria-disabled={isFetching}
          aria-busy={isFetching}
          onClick={() => void refetch()}
        >
          {isFetching ? texts.checking : texts.checkNow}
        </button>
      </div>
    </section>
  );
}
