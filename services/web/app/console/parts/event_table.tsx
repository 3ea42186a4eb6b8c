import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { useApp } from "../../use_app.ts";
import type { ManagedEvent } from "../api/events.ts";
import { useConsoleMessages } from "../use_console.ts";
import { eventStateOf } from "./event_state.ts";
import { SeatsByState } from "./seats_by_state.tsx";
import { StateTag } from "./state_tag.tsx";
import { type Column, Table } from "./table.tsx";

/** Events with their seats by state. */
export function EventTable({ caption, events, actions }: {
  caption: string;
  events: readonly ManagedEvent[] | undefined;
  /** What can be done with an event, in a column of its own. */
  actions?: ((event: ManagedEvent) => ReactNode) | undefined;
}) {
  const columns = useColumns();
  const { parts } = useConsoleMessages();
  const all = actions ? [...columns, { key: "do", head: parts.doColumn, cell: actions }] : columns;
  return (
    <Table
      className="event-table"
      caption={caption}
      rows={events}
      keyOf={({ event_id }) => event_id}
      columns={all}
    />
  );
}

function useColumns(): Column<ManagedEvent>[] {
  const { overview, parts } = useConsoleMessages();
  const { number, money, when } = useFormat();
  const { clock } = useApp();
  return [
    {
      key: "name",
      head: parts.event,
      isHead: true,
      cell: ({ event_id, name, event_type }) => (
        <Link
          className="event-table__name"
          to="/console/events/$eventId"
          params={{ eventId: event_id }}
        >
          <i data-stock={stockOf(event_type)} />
          <span>{unbroken(name)}</span>
        </Link>
      ),
    },
    {
      key: "date",
      head: parts.date,
      cell: ({ start_datetime, timezone }) => {
        const { short, time } = when(start_datetime, timezone);
        return <span className="nb">{short}, {time}</span>;
      },
    },
    {
      key: "state",
      head: parts.state,
      cell: (event) => <StateTag state={eventStateOf(event, clock.now())} />,
    },
    {
      key: "seats",
      head: parts.seatsColumn,
      cell: (event) => (
        <SeatsByState
          capacity={event.total_capacity}
          sold={event.tickets_sold}
          held={event.held_seats}
          free={event.available_seats}
        />
      ),
    },
    {
      key: "sold",
      head: parts.sold,
      cell: (event) => number(event.tickets_sold),
      isNumber: true,
    },
    { key: "held", head: parts.held, cell: (event) => number(event.held_seats), isNumber: true },
    {
      key: "free",
      head: parts.free,
      cell: (event) => number(event.available_seats),
      isNumber: true,
    },
    {
      key: "revenue",
      head: overview.revenue,
      cell: ({ revenue = [], currency }) => (
        <b>
          {revenue.length === 0
            ? money(0, currency)
            : revenue.map(({ amount, currency }) => money(amount, currency)).join(" + ")}
        </b>
      ),
      isNumber: true,
    },
  ];
}
