import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { eventsChanged, type ManagedEvent } from "../api/events.ts";
import {
  poolsQuery,
  removeTicketType,
  saveTicketType,
  type TicketType,
  ticketTypesQuery,
} from "../api/ticket_types.ts";
import { eventWaitlistQuery } from "../api/event_waitlist.ts";
import { waitingByType } from "../event/sales/waiting_by_type.ts";
import { Failure } from "../parts/failure.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { Pools } from "./pools.tsx";
import { sharedPools } from "./shared_pools.ts";
import { TypeForm } from "./type_form.tsx";

/** The ticket types of an event, in their order, with what is sold, held and free of each; and the pools they share. */
export function TicketTypes({ event, isOpen }: { event: ManagedEvent; isOpen: boolean }) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { editor } = useConsoleMessages();
  const [edited, setEdited] = useState<TicketType | "new">();
  const { data: types, error } = useQuery(ticketTypesQuery(api, adminId, event.event_id));
  const { data: pools } = useQuery(poolsQuery(api, adminId, event.event_id));
  const shared = sharedPools(pools ?? [], types ?? [], event.event_id);
  const { data: line } = useQuery(
    eventWaitlistQuery(api, { adminId, eventId: event.event_id, page: 1 }),
  );
  const columns = useColumns(shared, line && waitingByType(line));
  const shown = types?.filter(({ status }) => status !== "archived");
  return (
    <section className="editor__part" aria-labelledby="types-title">
      <h2 id="types-title">{editor.types}</h2>
      <div className="stack">
        <p className="soft">{editor.typesHint}</p>
        <Failure error={types ? undefined : error} />
        <Table
          caption={editor.types}
          rows={shown}
          keyOf={({ ticket_type_id }) => ticket_type_id}
          columns={isOpen && shown
            ? [...columns, {
              key: "do",
              head: editor.doType,
              cell: (type: TicketType) => (
                <TypeActions
                  type={type}
                  types={shown}
                  eventId={event.event_id}
                  onEdit={() => setEdited(type)}
                />
              ),
            }]
            : columns}
        />
        {isOpen && edited === undefined
          ? (
            <p>
              <button
                className="btn btn--second"
                type="button"
                onClick={() => setEdited("new")}
              >
                {editor.addType}
              </button>
            </p>
          )
          : null}
        {isOpen && edited !== undefined
          ? (
            <TypeForm
              key={edited === "new" ? "new" : edited.ticket_type_id}
              event={event}
              type={edited === "new" ? undefined : edited}
              pools={shared}
              onEnd={() => setEdited(undefined)}
            />
          )
          : null}
        <Pools event={event} pools={shared} isOpen={isOpen} />
      </div>
    </section>
  );
}

function useColumns(
  shared: readonly { pool_id: string; name: string }[],
  waiting: ReadonlyMap<string, number> | undefined,
): Column<TicketType>[] {
  const { editor, overview, parts } = useConsoleMessages();
  const { number, money } = useFormat();
  return [
    { key: "name", head: editor.type, isHead: true, cell: ({ name }) => name },
    {
      key: "price",
      head: editor.fields.price,
      isNumber: true,
      cell: ({ price, currency }) => price === 0 ? editor.free : money(price, currency),
    },
    {
      key: "share",
      head: editor.share,
      cell: ({ capacity, pools }) => {
        const names = pools.flatMap(({ pool_id }) =>
          shared.find((pool) => pool.pool_id === pool_id)?.name ?? []
        );
        const own = capacity === undefined ? [] : [editor.ownSeats(capacity, number(capacity))];
        const all = [...own, ...names];
        return all.length === 0 ? editor.wholeHouse : all.join(", ");
      },
    },
    { key: "sold", head: parts.sold, isNumber: true, cell: ({ sold }) => number(sold) },
    { key: "held", head: parts.held, isNumber: true, cell: ({ held }) => number(held) },
    { key: "free", head: parts.free, isNumber: true, cell: ({ available }) => number(available) },
    {
      key: "waiting",
      head: overview.waiting,
      isNumber: true,
      cell: ({ ticket_type_id }) => waiting ? number(waiting.get(ticket_type_id) ?? 0) : "–",
    },
    { key: "state", head: parts.state, cell: ({ state }) => editor.typeStates[state] },
  ];
}

function TypeActions({ type, types, eventId, onEdit }: {
  type: TicketType;
  types: readonly TicketType[];
  eventId: string;
  onEdit: () => void;
}) {
  const { api } = useConsole();
  const { editor } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const typeId = type.ticket_type_id;
  const index = types.indexOf(type);
  const run = async (act: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      await eventsChanged(queryClient);
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  const change = (body: { position?: number; status?: "active" | "paused" }) =>
    run(() => saveTicketType(api, { eventId, typeId, body: { ...body, version: type.version } }));
  const isPaused = type.status === "paused";
  const above = types[index - 1];
  const button = (text: string, act: () => void) => (
    <button
      className="link"
      type="button"
      disabled={busy}
      aria-label={`${text}: ${type.name}`}
      onClick={act}
    >
      {text}
    </button>
  );
  return (
    <span className="actions">
      {button(editor.edit, onEdit)}
      {above ? button(editor.up, () => void change({ position: above.position })) : null}
      {button(
        isPaused ? editor.resume : editor.pause,
        () => void change({ status: isPaused ? "active" : "paused" }),
      )}
      {types.length > 1
        ? button(editor.remove, () => void run(() => removeTicketType(api, eventId, typeId)))
        : null}
      <Failure error={error} texts={{ STALE_VERSION: editor.staleAgain }} />
    </span>
  );
}
