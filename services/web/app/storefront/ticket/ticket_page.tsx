import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ticketQuery } from "../../api/tickets.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { Note } from "../../parts/note.tsx";
import { useApp } from "../../use_app.ts";
import { NotFoundPage } from "../not_found_page.tsx";
import { useKeptOffline } from "./keep_offline.ts";
import { TicketNotes } from "./ticket_notes.tsx";
import { TicketPaper } from "./ticket_paper.tsx";
import { TicketSide } from "./ticket_side.tsx";

const route = getRouteApi("/tickets/$code");

/** The tickets of a booking, to show at the door, to print, and to open without a network. */
export function TicketPage() {
  const { api } = useApp();
  const { ticket: texts, common } = useMessages();
  const { code } = route.useParams();
  const { data, isError, refetch } = useQuery(ticketQuery(api, code));
  const isJustPaid = useJustPaid();
  useKeptOffline(code, data?.ticket.status === "valid" && !data.keptAt);
  if (data === null) return <NotFoundPage />;
  return (
    <div className="page ticket-page">
      <Head title={data ? texts.titleOf(data.ticket.event.name) : texts.title} noindex />
      {data
        ? (
          <>
            <TicketNotes shown={data} isJustPaid={isJustPaid} />
            <TicketPaper ticket={data.ticket} code={code} isTorn={isJustPaid} />
            <TicketSide ticket={data.ticket} />
          </>
        )
        : (
          <>
            <h1 className="title ticket-page__title">{texts.title}</h1>
            {isError
              ? (
                <Note kind="warn" role="status">
                  {texts.unreachable}{" "}
                  <button className="link" type="button" onClick={() => refetch()}>
                    {common.tryAgain}
                  </button>
                </Note>
              )
              : <div className="skeleton skeleton--paper" aria-busy="true" />}
          </>
        )}
    </div>
  );
}

/** Whether this page is shown because the tickets were just paid for; a reload says it no more. */
function useJustPaid(): boolean {
  const paid = useRouterState({ select: ({ location }) => location.state.paid === true });
  const [isJustPaid] = useState(paid);
  useEffect(() => {
    if (paid) history.replaceState({ ...history.state, paid: false }, "");
  }, [paid]);
  return isJustPaid;
}
