import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../messages/use_messages.ts";
import { type ManagedEvent, managedTypesQuery } from "../../api/event.ts";
import type { WaitlistEntry } from "../../api/event_waitlist.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";
import { EntryState } from "./entry_state.tsx";

/** Those who wait, by place in line. */
export function WaitlistTable({ event, entries }: {
  event: ManagedEvent;
  /** `undefined`: not known yet. */
  entries: readonly WaitlistEntry[] | undefined;
}) {
  const { api, scope } = useEventScope(event.event_id);
  const { eventWaitlist: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  const { data: types } = useQuery(managedTypesQuery(api, scope));
  const names = new Map(types?.ticket_types.map((type) => [type.ticket_type_id, type.name]));
  const columns: Column<WaitlistEntry>[] = [
    {
      key: "who",
      head: texts.who,
      isHead: true,
      cell: ({ buyer_name: name, buyer_email: email }) => (
        <>
          {name ?? texts.gone}
          {email === undefined ? null : (
            <>
              <br />
              <span className="soft xs">{email}</span>
            </>
          )}
        </>
      ),
    },
    {
      key: "place",
      head: texts.place,
      isNumber: true,
      cell: ({ position }) =>
        position === 0
          ? <span className="tag tag--ok">{texts.offered}</span>
          : texts.nth(number(position)),
    },
    {
      key: "wants",
      head: texts.wants,
      cell: ({ quantity, min_quantity: least, ticket_type_ids: ids }) => (
        <>
          {least === quantity
            ? texts.wish(quantity, number(quantity))
            : texts.wishFewer(quantity, number(quantity), number(least))}
          {names.size > 1
            ? (
              <>
                <br />
                <span className="soft xs">
                  {texts.choices(ids.map((id) => names.get(id) ?? "–"))}
                </span>
              </>
            )
            : null}
        </>
      ),
    },
    {
      key: "since",
      head: texts.since,
      cell: ({ joined_at: at }) => {
        const { short, time } = when(at, event.timezone);
        return <time className="nb" dateTime={at}>{short}, {time}</time>;
      },
    },
    {
      key: "state",
      head: texts.state,
      cell: (entry) => <EntryState entry={entry} names={names} timeZone={event.timezone} />,
    },
  ];
  return (
    <Table
      caption={texts.title}
      columns={columns}
      rows={entries}
      keyOf={({ waitlist_id }) => waitlist_id}
    />
  );
}
