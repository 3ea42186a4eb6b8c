import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { readForm } from "../../parts/read_form.ts";
import { type Venue, venuesQuery } from "../api/venues.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { Failure } from "../parts/failure.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useMayChange } from "../use_may_change.ts";
import { useOrganiser } from "../use_organiser.ts";

const route = getRouteApi("/console/venues");

const PAGE_SIZE = 20;

/** Every venue: all organisers may use it, and its own may change it. */
export function VenuesPage() {
  const { q, page = 1 } = route.useSearch();
  const { api } = useConsole();
  const { adminId, canChange } = useOrganiser();
  const { venues } = useConsoleMessages();
  const { number } = useFormat();
  const { data, error } = useQuery(venuesQuery(api, adminId, { search: q, page }));
  return (
    <>
      <PageHead title={venues.title}>
        {canChange ? <Link className="btn" to="/console/venues/new">{venues.newVenue}</Link> : null}
      </PageHead>
      <FindVenue q={q} />
      <Failure error={data ? undefined : error} />
      {data?.total === 0 ? <EmptyState title={q ? venues.noneFound : venues.none} /> : (
        <Table
          caption={venues.title}
          rows={data?.venues}
          keyOf={({ venue_id }) => venue_id}
          columns={[
            {
              key: "name",
              head: venues.venue,
              isHead: true,
              cell: (venue) => <VenueName venue={venue} />,
            },
            { key: "address", head: venues.address, cell: ({ address }) => address },
            { key: "city", head: venues.city, cell: ({ city }) => city },
            {
              key: "capacity",
              head: venues.capacity,
              cell: ({ capacity }) => number(capacity),
              isNumber: true,
            },
          ]}
        />
      )}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(page, text) => (
          <Link
            to="/console/venues"
            search={{ ...(q ? { q } : {}), page: page === 1 ? undefined : page }}
          >
            {text}
          </Link>
        )}
      />
    </>
  );
}

/** The name of a venue; a link for those who may change it. */
function VenueName({ venue: { venue_id, name, organisation_id } }: { venue: Venue }) {
  const mayChange = useMayChange(organisation_id);
  if (!mayChange) return name;
  return <Link to="/console/venues/$venueId/edit" params={{ venueId: venue_id }}>{name}</Link>;
}

function FindVenue({ q }: { q: string | undefined }) {
  const { venues, events } = useConsoleMessages();
  const navigate = useNavigate();
  const id = useId();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { q: words } = readForm(event.currentTarget);
    void navigate({ to: "/console/venues", search: words ? { q: words } : {} });
  };
  return (
    <form className="list-filter" role="search" onSubmit={onSubmit}>
      <div className="field list-filter__words">
        <label htmlFor={id}>{venues.find}</label>
        <span className="list-filter__find">
          <input key={q} id={id} name="q" type="search" defaultValue={q} />
          <button className="btn btn--second" type="submit">{events.search}</button>
        </span>
      </div>
    </form>
  );
}
