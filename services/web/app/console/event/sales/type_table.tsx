import { useQuery } from "@tanstack/react-query";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { type ManagedEvent, type ManagedTicketType, managedTypesQuery } from "../../api/event.ts";
import { eventWaitlistQuery } from "../../api/event_waitlist.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";
import { waitingByType } from "./waiting_by_type.ts";

const TAG_OF: Readonly<Record<ManagedTicketType["state"], string>> = {
  on_sale: "tag--ok",
  soon: "tag--info",
  ended: "",
  sold_out: "tag--bad",
  waitlist: "tag--bad",
  paused: "tag--warn",
  archived: "",
};

/** What is sold, held and left of each ticket type, and how many people wait for it. */
export function TypeTable({ event }: { event: ManagedEvent }) {
  const { api, scope } = useEventScope(event.event_id);
  const { event: texts } = useConsoleMessages();
  const { common } = useMessages();
  const { number, money } = useFormat();
  const { data } = useQuery(managedTypesQuery(api, scope));
  const { data: line } = useQuery(eventWaitlistQuery(api, { ...scope, page: 1 }));
  const waiting = line && waitingByType(line);
  const count = (key: string, head: string, of: (type: ManagedTicketType) => number) => ({
    key,
    head,
    isNumber: true,
    cell: (type: ManagedTicketType) => number(of(type)),
  });
  const columns: Column<ManagedTicketType>[] = [
    { key: "name", head: texts.type, isHead: true, cell: ({ name }) => name },
    {
      key: "state",
      head: texts.state,
      cell: ({ state }) => <span className={`tag ${TAG_OF[state]}`}>{texts.typeStates[state]}
      </span>,
    },
    {
      key: "price",
      head: texts.price,
      isNumber: true,
      cell: ({ price, currency }) => price === 0 ? common.free : money(price, currency),
    },
    count("sold", texts.sold, ({ sold }) => sold),
    count("held", texts.held, ({ held }) => held),
    count("free", texts.free, ({ available }) => available),
    ...(waiting
      ? [count("waiting", texts.waiting, ({ ticket_type_id: id }) => waiting.get(id) ?? 0)]
      : []),
  ];
  return (
    <section className="stack" aria-labelledby="by-type">
      <h2 id="by-type">{texts.byType}</h2>
      <Table
        caption={texts.byType}
        columns={columns}
        rows={data?.ticket_types.filter(({ status, sold }) => status !== "archived" || sold > 0)}
        keyOf={({ ticket_type_id }) => ticket_type_id}
      />
    </section>
  );
}
