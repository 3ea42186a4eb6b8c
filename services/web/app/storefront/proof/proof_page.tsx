import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { eventQuery, proofQuery } from "../../api/events.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Head } from "../../parts/head.tsx";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { useApp } from "../../use_app.ts";
import { NotFoundPage } from "../not_found_page.tsx";
import { HowToCheck } from "./how_to_check.tsx";
import { LedgerHead } from "./ledger_head.tsx";
import { PoolTable } from "./pool_table.tsx";
import { SeatSum } from "./seat_sum.tsx";
import { Verdict } from "./verdict.tsx";

const route = getRouteApi("/events/$eventId/proof");

/** The state of an event's seat ledger, what it means, and how to check it. */
export function ProofPage() {
  const { api } = useApp();
  const { proof: texts } = useMessages();
  const { eventId } = route.useParams();
  const { data: event } = useQuery(eventQuery(api, eventId));
  const { data: proof } = useQuery(proofQuery(api, eventId));
  if (event === null || proof === null) return <NotFoundPage />;
  return (
    <article className="ledger" data-stock={event && stockOf(event.event_type)}>
      {event
        ? (
          <Head
            title={texts.headTitle(event.name)}
            description={texts.description(event.name)}
            path={`/events/${event.event_id}/proof`}
            image={`/og/${event.event_id}.png`}
          />
        )
        : null}
      <div className="on-stock ledger-band">
        <div className="page">
          <p className="crumb">
            <Link to="/events/$eventId" params={{ eventId }}>
              {event ? unbroken(event.name) : texts.back}
            </Link>
          </p>
          <h1>{texts.title}</h1>
        </div>
      </div>
      <div className="page ledger-body">
        {proof
          ? (
            <>
              <Verdict proof={proof} />
              <p className="lead measure">{texts.lead}</p>
              <SeatSum proof={proof} />
              <PoolTable pools={proof.pools} />
              <LedgerHead proof={proof} />
              <HowToCheck eventId={proof.event_id} />
            </>
          )
          : <div className="skeleton ledger-skeleton" />}
      </div>
    </article>
  );
}
