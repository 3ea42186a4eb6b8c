import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Change, changesQuery } from "../api/organisations.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganisation } from "../use_organisation.ts";
import { useOrganiser } from "../use_organiser.ts";
import { useClockText } from "../webhooks/use_clock_text.ts";
import { ChangedFields } from "./changed_fields.tsx";

const route = getRouteApi("/console/changes");

/** Who changed what in the organisation, the latest first. */
export function ChangesPage() {
  const { before } = route.useSearch();
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { team: texts } = useConsoleMessages();
  const clockText = useClockText();
  const { current } = useOrganisation(adminId);
  const organisationId = current?.organisation_id;
  const { data } = useQuery({
    ...changesQuery(api, { adminId, organisationId: organisationId ?? "", before }),
    enabled: organisationId !== undefined,
  });
  const columns: Column<Change>[] = [
    {
      key: "when",
      head: texts.when,
      cell: ({ happened_at: at }) => <time className="nb" dateTime={at}>{clockText(at)}</time>,
    },
    { key: "who", head: texts.who, cell: ({ admin_name: name }) => name },
    { key: "what", head: texts.what, isHead: true, cell: (change) => <What change={change} /> },
  ];
  return (
    <div className="stack">
      <PageHead
        title={texts.changes}
        before={<Link to="/console/team">{texts.title}</Link>}
        beside={current ? <span className="soft">{current.name}</span> : null}
      />
      <p className="measure">{texts.changesLead}</p>
      {data?.changes.length === 0
        ? (
          <EmptyState title={texts.noChanges}>
            <p>{texts.noChangesText}</p>
          </EmptyState>
        )
        : (
          <Table
            caption={texts.changes}
            columns={columns}
            rows={data?.changes}
            keyOf={({ change_id }) => change_id}
          />
        )}
      <p className="row-of-buttons">
        {before === undefined
          ? null
          : <Link to="/console/changes" search={{}}>{texts.latest}</Link>}
        {data?.next === undefined
          ? null
          : <Link to="/console/changes" search={{ before: data.next }}>{texts.older}</Link>}
      </p>
    </div>
  );
}

/** What was done to what, and its fields before and after. */
function What({ change }: { change: Change }) {
  const { team: texts } = useConsoleMessages();
  const { action, subject_name: name, event_id: eventId, fields } = change;
  const text = texts.actions[action] ?? action;
  return (
    <>
      {text} {eventId
        ? <Link to="/console/events/$eventId" params={{ eventId }}>{name}</Link>
        : <span className="address">{name}</span>}
      {fields.length > 0 ? <ChangedFields fields={fields} /> : null}
    </>
  );
}
